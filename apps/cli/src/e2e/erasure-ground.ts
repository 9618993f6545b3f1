import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTrustedKeys, openSealStore } from '@aika/audit';
import { catalogue, ClaimPaid, ClaimReserved, type Money, PolicyBound, topicOf } from '@aika/contracts';
import { type LogRecord, partitionFor } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { exportPerson, type PersonExport, withPersonalData } from '@aika/personal-data';
import {
  createTestDatabase,
  findInBrokerFiles,
  findInFolder,
  freePort,
  loadTopics,
  type ManagedProcess,
  type TestDatabase,
} from '@aika/testing';
import { auditPlaces } from '../audit/audit-places.js';
import { prepareLocalIdentity } from '../identity/local-logins.js';
import { personalDataSettings } from '../person/personal-data-settings.js';
import { type EdgeOptions, EdgeProcesses } from '../processes/edge-processes.js';
import { startSealer } from '../processes/sealer-process.js';
import { isWhollySealed, until } from './until.js';
import { World } from './world.js';

const BOUND_MS = 60_000;

/** Of the topics of state: what is written later begins a new segment. */
export const SEGMENT_MS = 500;

/** So that the log cleaner does in seconds what it does in hours. */
const SOON_CLEANED = {
  'segment.ms': String(SEGMENT_MS),
  'min.cleanable.dirty.ratio': '0',
  'min.compaction.lag.ms': '0',
  'file.delete.delay.ms': '100',
};

export interface Answer {
  readonly status: number;
  // The test asks for members of many shapes.
  readonly body: Readonly<Record<string, unknown>>;
}

/** Money in minor units of GBP. */
export interface Totals {
  readonly policies: number;
  readonly premium: number;
  readonly reserved: number;
  readonly paid: number;
}

/**
 * All of Aika with personal data sealed: agents, projector, gateway with logins, sealer of the audit trail. Two databases:
 * of the views, and of the customers' keys.
 */
export class ErasureGround {
  private constructor(
    readonly world: World,
    readonly edge: EdgeProcesses,
    readonly views: TestDatabase,
    readonly keys: TestDatabase,
    private readonly sealer: ManagedProcess,
    private readonly folder: string,
    private readonly token: string,
    private readonly stateFile: string,
  ) {}

  static async create(): Promise<ErasureGround> {
    const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
    if (stateFile === undefined) throw new Error('Given brokers: their files cannot be seen.');
    const folder = mkdtempSync(join(tmpdir(), 'aika-erasure-'));
    const [views, keys] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    // Every process of this test is started with it, and what runs in this one reads it too.
    Object.assign(process.env, {
      DATABASE_URL: views.url,
      AIKA_RUN_DIR: folder,
      AIKA_PERSONAL_DATA: 'on',
      AIKA_KEY_STORE: keys.url,
      AIKA_MASTER_KEY: randomBytes(32).toString('base64'),
      AIKA_AUDIT_INTERVAL_MS: '200',
      AIKA_ACCESS_TRAIL_INTERVAL_MS: '100',
      // What is compressed cannot be found on a disk, sealed or not.
      AIKA_COMPRESSION: 'none',
    });
    const namespace = `erasure-${randomUUID().slice(0, 8)}`;
    const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
    await createCleanedTopics(brokers, namespace);
    const logDir = join(folder, 'logs');
    const [world, { edge, token }] = await Promise.all([
      World.create({ namespace }),
      startEdge({ brokers, namespace, databaseUrl: views.url, logDir }),
    ]);
    const sealer = startSealer({ brokers, namespace, logDir });
    return new ErasureGround(world, edge, views, keys, sealer, folder, token, stateFile);
  }

  /** A request of a manager, which waits for its outcome. */
  async call(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.edge.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        prefer: 'wait=10',
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  /** What came of a command that is carried out. @throws Error with the answer when it is not */
  async done(method: string, path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.call(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return (answer.body['outcome'] as { readonly payload: Readonly<Record<string, unknown>> }).payload;
  }

  /** Writes to `aika.commands` as a program that is not Aika's: with no key, and in plain text. */
  async writeAsStranger(customerId: string, value: string): Promise<void> {
    const { brokers, namespace } = this.world;
    const log = createKafkaLog({ brokers: [...brokers], clientId: 'stranger', compression: 'none' });
    const topic = topicOf(namespace, 'commands');
    const partition = partitionFor(customerId, await log.partitionCount(topic));
    const writer = await log.createWriter();
    await writer.send([{ topic, partition, key: customerId, value }]);
    await writer.close();
    await log.close();
  }

  /** All about somebody, as a process reads it that has held no key before. */
  async exported(customerId: string): Promise<PersonExport> {
    const { brokers, namespace } = this.world;
    const bare = createKafkaLog({ brokers: [...brokers], clientId: 'fresh' });
    const log = withPersonalData(bare, { ...personalDataSettings(), namespace });
    try {
      return await exportPerson({ log, catalogue, namespace }, customerId);
    } finally {
      await log.close();
    }
  }

  /** Records of a topic as they stand there, sealed. */
  async records(name: string): Promise<readonly LogRecord[]> {
    const { brokers, namespace } = this.world;
    const log = createKafkaLog({ brokers: [...brokers], clientId: 'bare' });
    const topic = topicOf(namespace, name);
    const found: LogRecord[] = [];
    for (let partition = 0; partition < (await log.partitionCount(topic)); partition++) {
      const { start, stableEnd } = await log.offsets({ topic, partition });
      for await (const some of log.read({ topic, partition }, { from: start, until: stableEnd })) {
        found.push(...some);
      }
    }
    await log.close();
    return found;
  }

  /** Where texts stand: topics on the brokers' disks, agents' copies of state, tables, logs of processes; as `place: text`. */
  async findTexts(texts: readonly string[]): Promise<readonly string[]> {
    const onDisks = await findInBrokerFiles(this.stateFile, this.world.namespace, texts);
    const inCopies = await findInFolder(this.world.stateDir, texts);
    const rows = await Promise.all([rowsOf(this.views), rowsOf(this.keys)]);
    const logs = await Promise.all(
      [this.folder, this.world.folder].map((folder) => logsIn(join(folder, 'logs'))),
    );
    const found = [...rows.flat(), ...logs.flat()].flatMap(({ place, content }) =>
      texts.filter((text) => content.includes(text)).map((text) => ({ place, text })),
    );
    return [...new Set([...onDisks, ...inCopies, ...found].map(({ place, text }) => `${place}: ${text}`))];
  }

  /** Which topics hold one of the texts on the brokers' disks. */
  async topicsWith(texts: readonly string[]): Promise<readonly string[]> {
    const found = await findInBrokerFiles(this.stateFile, this.world.namespace, texts);
    return [...new Set(found.map(({ place }) => place))];
  }

  /** By the events on the log. */
  async totalsOnLog(): Promise<Totals> {
    const totals = { policies: 0, premium: 0, reserved: 0, paid: 0 };
    for (const { value } of (
      await Promise.all(catalogue.eventTopics().map((name) => this.records(name)))
    ).flat()) {
      const { messageType, payload } = JSON.parse(value?.toString() ?? '{}') as {
        readonly messageType?: string;
        readonly payload: Readonly<Record<'premium' | 'reserve' | 'amount', Money>>;
      };
      if (messageType === PolicyBound.type) {
        totals.policies += 1;
        totals.premium += payload.premium.amount;
      }
      if (messageType === ClaimReserved.type) totals.reserved += payload.reserve.amount;
      if (messageType === ClaimPaid.type) totals.paid += payload.amount.amount;
    }
    return totals;
  }

  /** By the views; `reserved` is what is set aside now. */
  async totalsInViews(): Promise<Totals> {
    const [row] = await this.views.query<Record<keyof Totals, string>>(`
      select count(*) as policies, sum(premium_amount) as premium,
        (select sum(reserve_amount) from aika_views.claims) as reserved,
        (select sum(paid_amount) from aika_views.claims) as paid
      from aika_views.policies`);
    const { policies, premium, reserved, paid } = row ?? {};
    return {
      policies: Number(policies),
      premium: Number(premium),
      reserved: Number(reserved),
      paid: Number(paid),
    };
  }

  /** Resolves when every line of the audit trail is sealed, in both places. */
  async untilSealed(): Promise<void> {
    const { log, namespace } = this.world;
    const { keysFile, store: address } = auditPlaces();
    const store = openSealStore(address);
    const trail = { log, topic: topicOf(namespace, 'audit'), store, keys: readTrustedKeys(keysFile) };
    await this.until('every audit line is sealed', () => isWhollySealed(trail)).finally(() => store.close());
  }

  /** @throws Error that says what did not come true in time */
  until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    return until(what, BOUND_MS, isSo);
  }

  async close(): Promise<void> {
    await this.edge.stop();
    await this.sealer.stop();
    await this.world.close();
    await Promise.all([this.views.drop(), this.keys.drop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Projector and gateway, and the login of a manager. */
async function startEdge(place: Omit<EdgeOptions, 'ports' | 'env'>) {
  const identity = await prepareLocalIdentity();
  const edge = await EdgeProcesses.start({
    ...place,
    ports: { gateway: await freePort(), projector: await freePort() },
    env: { ...identity.env, AIKA_SESSION_TIMEOUT_MS: '3000' },
  });
  const { token = '' } = identity.logins.find(({ role }) => role === 'manager') ?? {};
  return { edge, token };
}

async function createCleanedTopics(brokers: readonly string[], namespace: string): Promise<void> {
  const admin = createKafkaAdmin({ brokers, clientId: 'e2e' });
  const topics = loadTopics({ environment: 'test', namespace });
  await admin.ensureTopics(
    topics.map((topic) =>
      topic.name.includes('.state.') ? { ...topic, config: { ...topic.config, ...SOON_CLEANED } } : topic,
    ),
  );
  await admin.close();
}

/** Every table of a database, its rows as text. */
async function rowsOf(database: TestDatabase) {
  const tables = await database.query<{ schema: string; name: string }>(`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
  return Promise.all(
    tables.map(async ({ schema, name }) => {
      const rows = await database.query<{ text: string }>(
        `select t::text as text from "${schema}"."${name}" t`,
      );
      return { place: `${schema}.${name}`, content: rows.map(({ text }) => text).join('\n') };
    }),
  );
}

async function logsIn(folder: string) {
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => ({ place: name, content: await readFile(join(folder, name), 'utf8') })),
  );
}
