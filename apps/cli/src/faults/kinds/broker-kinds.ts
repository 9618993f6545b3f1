import { setTimeout as delay } from 'node:timers/promises';
import {
  canFillDisk,
  fillDisk,
  findCoordinator,
  freeDisk,
  haltedByFullDisk,
  whileBrokersDown,
  whileBrokersSuspended,
} from '@aika/testing';
import type { FaultField } from '../fault-field.js';
import type { Draws, FaultKind } from '../fault-kind.js';

const BROKERS = [1, 2, 3] as const;
/** The controller notices a silent broker after 6 s and gives its partitions other leaders. */
const NOTICED_MS = 8_000;
const BRIEF_MS = 3_000;

async function down(field: FaultField, ids: readonly number[], ms: number): Promise<void> {
  await whileBrokersDown(field.cluster, ids, () => delay(ms));
}

const claimsGroup = (field: FaultField): string => `${field.world.namespace}.claims-processing-agent`;

/** Brokers that die, freeze or run out of space. */
export const BROKER_KINDS: readonly FaultKind[] = [
  {
    name: 'leader-killed',
    about: 'kill -9 of the broker that leads a partition of the events; it stays away until others lead',
    strike: async (field, draws) => {
      const topic = `${field.world.namespace}.events`;
      await down(field, [await field.admin.leader({ topic, partition: draws.upTo(4) })], NOTICED_MS);
    },
  },
  {
    name: 'transaction-coordinator-killed',
    about: 'kill -9 of the broker that coordinates the transactions of a claims agent',
    strike: async (field, draws) => {
      const instance = draws.pick(['claims-agent', 'claims-agent-2']);
      const id = `${claimsGroup(field)}-${instance}-${draws.upTo(2)}`;
      await down(field, [await findCoordinator(field.cluster.brokers, 'transaction', id)], NOTICED_MS);
    },
  },
  {
    name: 'group-coordinator-killed',
    about: 'kill -9 of the broker that coordinates the group of the claims agents',
    strike: async (field) => {
      await down(
        field,
        [await findCoordinator(field.cluster.brokers, 'group', claimsGroup(field))],
        NOTICED_MS,
      );
    },
  },
  {
    name: 'two-brokers-killed',
    about: 'kill -9 of two brokers at once: too few replicas to write, and no controller',
    strike: async (field, draws) => {
      const kept = draws.pick(BROKERS);
      await down(
        field,
        BROKERS.filter((id) => id !== kept),
        BRIEF_MS,
      );
    },
  },
  {
    name: 'broker-restarted',
    about: 'kill -9 of a broker that comes back at once',
    strike: (field, draws) => down(field, [draws.pick(BROKERS)], draws.upTo(1000)),
  },
  {
    name: 'broker-frozen',
    about: 'SIGSTOP of a broker until others lead its partitions, then SIGCONT',
    strike: (field: FaultField, draws: Draws) =>
      whileBrokersSuspended(field.cluster, [draws.pick(BROKERS)], () => delay(NOTICED_MS)),
  },
  {
    name: 'disk-full',
    about: 'a broker cannot write to its disk any more and halts; it comes back with space',
    possible: canFillDisk,
    strike: async (field, draws) => {
      const id = draws.pick(BROKERS);
      await fillDisk(field.cluster, id);
      try {
        await haltedByFullDisk(field.cluster, id);
      } finally {
        await freeDisk(field.cluster, id);
      }
    },
  },
];
