import { setTimeout as delay } from 'node:timers/promises';
import { RegisterCustomer } from '@aika/contracts';
import {
  type Failpoint,
  type FailpointAction,
  killPostgres,
  type PostgresHandle,
  resume,
  whileBrokersDown,
  whilePostgresSuspended,
  whileWaitingForTable,
} from '@aika/testing';
import { until } from '../../e2e/until.js';
import type { FaultField } from '../fault-field.js';
import type { Draws, FaultKind } from '../fault-kind.js';
import {
  AGENTS_NAME,
  DESK_NAME,
  KEY_ANSWER_MS,
  KEYS_TABLE,
  type KeysField,
  keysOf,
} from '../trust/keys-field.js';
import { SEALERS_NAME, SEALS_TABLE, type SealsField, sealsOf } from '../trust/seals-field.js';

const REACHED_WITHIN_MS = 20_000;
const TAKEN_OVER_WITHIN_MS = 30_000;
const LEADER_AWAY_MS = 8_000;
/** Seals of a run: more than so many are made in any. */
const WITHIN = 3;
/** Until what was under way at the freeze has come to its end, or hangs. */
const SETTLES_MS = 1_500;

/** Points of a seal's way up to the answer of its commit. */
const IN_SEALING: readonly Failpoint[] = [
  'before-send',
  'after-send',
  'after-offsets',
  'before-end',
  'end-sent',
];

/** Some sealer dies (or freezes) at the point. @returns its process id */
async function sealerAt(
  { failpoints }: SealsField,
  draws: Draws,
  point: Failpoint,
  action: FailpointAction = 'kill',
): Promise<number> {
  failpoints.order(point, { at: 1 + draws.upTo(WITHIN), action });
  const { pid } = await failpoints.fired(REACHED_WITHIN_MS).finally(() => failpoints.withdraw());
  return pid;
}

async function sealerDies(field: FaultField, draws: Draws, point: Failpoint): Promise<void> {
  const seals = sealsOf(field);
  await sealerAt(seals, draws, point);
  await seals.someoneDied();
  seals.startTheDead();
}

async function restartPostgres(postgres: PostgresHandle, draws: Draws): Promise<void> {
  await killPostgres(postgres);
  await delay(draws.upTo(2_000));
  await postgres.start();
}

/** Does something while a sealer is about to write to the second place, and waits for its table. */
function withinCopy({ database }: SealsField, work: () => Promise<void>): Promise<void> {
  const held = { table: SEALS_TABLE, applicationName: SEALERS_NAME, withinMs: REACHED_WITHIN_MS };
  return whileWaitingForTable({ url: database.url, ...held }, work);
}

/** Does something while processes are about to make a key, and wait for its table. */
function withinKeyMaking(
  { databaseUrl }: KeysField,
  applicationName: string | readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const held = { table: KEYS_TABLE, applicationName, withinMs: REACHED_WITHIN_MS };
  return whileWaitingForTable({ url: databaseUrl, ...held }, work);
}

/** The other sealer has all partitions, and has sealed everything, with it what the frozen one holds in its hands. */
async function takenOver(field: FaultField, frozen: number): Promise<void> {
  const seals = sealsOf(field);
  const other = 1 - seals.numberOf(frozen);
  const count = await field.world.log.partitionCount(seals.topic);
  await until('the other sealer has taken over', TAKEN_OVER_WITHIN_MS, async () => {
    const health = await seals.health(other);
    return health?.partitions.length === count && (await seals.isWhole());
  });
}

/** Lines that are written from now on are sealed; somebody is registered again and again, so that there are some. */
async function sealingGoesOn(field: FaultField): Promise<void> {
  const { world } = field;
  const seals = sealsOf(field);
  const before = await seals.sealsMade();
  let count = 0;
  await until('sealing goes on without the second place', TAKEN_OVER_WITHIN_MS, async () => {
    count += 1;
    const customerId = `cust-${world.namespace}-meanwhile-${before}-${count}`;
    await world.send(`conv-${customerId}`, RegisterCustomer, { customerId });
    return (await seals.sealsMade()) > before;
  });
}

const SEAL_KINDS: readonly FaultKind[] = [
  {
    name: 'sealer-killed',
    about: 'kill -9 of a sealer of the audit trail in the middle of sealing; it starts again',
    strike: (field, draws) => sealerDies(field, draws, draws.pick(IN_SEALING)),
  },
  {
    name: 'sealer-killed-between-places',
    about: 'kill -9 of a sealer whose seal is committed to the topic and not yet in the second place',
    strike: (field, draws) => sealerDies(field, draws, 'after-end'),
  },
  {
    name: 'sealer-frozen',
    about:
      'SIGSTOP of a sealer with a seal in its hands, until the other one has sealed the same; it goes on as a zombie',
    strike: async (field, draws) => {
      const pid = await sealerAt(sealsOf(field), draws, 'before-send', 'stop');
      await takenOver(field, pid).finally(() => resume(pid));
    },
  },
  {
    name: 'sealer-frozen-in-transaction',
    about: 'SIGSTOP of a sealer with its transaction open, past its session; it goes on as a zombie',
    strike: async (field, draws) => {
      const pid = await sealerAt(sealsOf(field), draws, 'after-offsets', 'stop');
      await delay(field.sessionMs * 2.5).finally(() => resume(pid));
    },
  },
  {
    name: 'second-place-killed',
    about: 'kill -9 of the PostgreSQL of the second place while a seal is on its way there; it recovers',
    strike: async (field, draws) => {
      const seals = sealsOf(field);
      await withinCopy(seals, () => killPostgres(seals.postgres));
      await delay(draws.upTo(2_000));
      await seals.postgres.start();
    },
  },
  {
    name: 'second-place-frozen',
    about: 'SIGSTOP of the PostgreSQL of the second place; sealing goes on without it, then SIGCONT',
    strike: (field) =>
      whilePostgresSuspended(sealsOf(field).postgres, async () => {
        await delay(SETTLES_MS);
        await sealingGoesOn(field);
      }),
  },
  {
    name: 'sealing-broker-killed',
    about:
      'kill -9 of the broker that leads a partition of the trail or of its seals, within a sealing transaction',
    strike: async (field, draws) => {
      const seals = sealsOf(field);
      const topic = draws.pick([seals.topic, seals.sealsTopic]);
      const count = await field.world.log.partitionCount(topic);
      const id = await field.admin.leader({ topic, partition: draws.upTo(count) });
      const pid = await sealerAt(seals, draws, 'after-send', 'stop');
      await whileBrokersDown(field.cluster, [id], () => {
        resume(pid);
        return delay(LEADER_AWAY_MS);
      }).finally(() => resume(pid));
    },
  },
];

const KEY_KINDS: readonly FaultKind[] = [
  {
    name: 'key-store-killed',
    about:
      'kill -9 of the PostgreSQL of the key store while an agent makes a key; it starts again and recovers',
    strike: async (field, draws) => {
      const keys = keysOf(field);
      await withinKeyMaking(keys, AGENTS_NAME, () => killPostgres(keys.postgres));
      await delay(draws.upTo(2_000));
      await keys.postgres.start();
    },
  },
  {
    name: 'key-store-frozen',
    about:
      'SIGSTOP of the PostgreSQL of the key store for longer than an agent waits for an answer, then SIGCONT',
    strike: async (field) => {
      const keys = keysOf(field);
      await withinKeyMaking(keys, AGENTS_NAME, () =>
        whilePostgresSuspended(keys.postgres, () => delay(KEY_ANSWER_MS * 2)),
      );
    },
  },
  {
    name: 'first-keys-agents-killed',
    about: 'kill -9 of the customer agents while they and the desk make the first keys of the same customers',
    strike: async (field) => {
      const agents = [0, 1].map((number) => ({ app: 'customer-agent', number }) as const);
      await withinKeyMaking(keysOf(field), [AGENTS_NAME, DESK_NAME], async () => {
        await Promise.all(agents.map((agent) => field.kill(agent)));
      });
      field.startTheDead();
    },
  },
  {
    name: 'erased-and-key-store-killed',
    about:
      'a customer is erased under load, and kill -9 of the key store right after; who erased asks for it again',
    strike: async (field, draws) => {
      const keys = keysOf(field);
      const leaver = keys.leavers.find((id) => !keys.erased.includes(id));
      if (leaver === undefined) throw new Error('Nobody is left to be erased.');
      await keys.erase(leaver);
      await restartPostgres(keys.postgres, draws);
      await keys.erase(leaver);
      await keys.write(leaver, `conv-${leaver}`, 'afterwards');
    },
  },
];

/** The sealers of the audit trail and the store of the customers' keys. */
export const TRUST_KINDS: readonly FaultKind[] = [
  ...SEAL_KINDS.map((kind) => ({ ...kind, needs: { seals: true } })),
  ...KEY_KINDS.map((kind) => ({ ...kind, needs: { keys: true } })),
];
