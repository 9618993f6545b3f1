import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ensureSigningKey,
  openSealStore,
  publicKeyFileOf,
  readTrustedKeys,
  type TrustedKeys,
} from '@aika/audit';
import type { LogRecord, MessageLog, OutgoingRecord } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog, type KafkaAdmin } from '@aika/messaging/kafka';
import { editSegments, loadTopics, repositoryRoot, resume, suspend } from '@aika/testing';
import { eventually, PARTITIONS, SealedWorld } from './sealer.fixtures.js';

const TIMEOUT_MS = 90_000;
const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
const made: string[] = [];
let admin: KafkaAdmin;

const connect = (clientId: string): MessageLog => createKafkaLog({ brokers, clientId, compression: 'none' });

async function trail(name: string): Promise<SealedWorld> {
  const namespace = `${name}-${Date.now().toString(36)}`;
  const topics = loadTopics({ environment: 'test', namespace }).filter(({ name: topic }) =>
    topic.includes('.audit'),
  );
  await admin.ensureTopics(topics);
  made.push(...topics.map(({ name: topic }) => topic));
  return new SealedWorld(namespace, connect, connect(namespace));
}

beforeAll(() => {
  admin = createKafkaAdmin({ brokers, clientId: 'audit-test' });
});
afterAll(async () => {
  await admin.deleteTopics(made);
  await admin.close();
}, TIMEOUT_MS);

describe('a trail on the real brokers', () => {
  let world: SealedWorld;

  beforeAll(async () => {
    world = await trail('sealed');
    const sealer = world.sealer('a');
    await world.write(200);
    await world.whole(200);
    await sealer.stop();
  }, TIMEOUT_MS);
  afterAll(() => world.close(), TIMEOUT_MS);

  // Given brokers keep their disks to themselves.
  (stateFile ? it : it.skip)(
    'tells which record was changed on the disks, and is clean when it is changed back',
    async () => {
      const [before, after] = ['"messageId":"msg-42"', '"messageId":"msg-43"'];
      const partition = `${world.topic}-${42 % PARTITIONS}`;
      expect(editSegments(stateFile!, partition, before, after)).toBe(3);
      expect(await world.verify()).toMatchObject({
        findings: [{ kind: 'CHANGED', partition: 42 % PARTITIONS, offset: 10 }],
      });
      editSegments(stateFile!, partition, after, before);
      expect(await world.verify()).toMatchObject({ verified: 200, findings: [] });
    },
    TIMEOUT_MS,
  );

  it(
    'tells what was left out, put in between and moved, where the partition was written anew',
    async () => {
      const forged = `${world.namespace}.forged`;
      const [shape] = loadTopics({ environment: 'test', namespace: world.namespace });
      // Whoever writes a topic anew can give the records their old times.
      const config = { ...shape!.config, 'message.timestamp.type': 'CreateTime' };
      await admin.ensureTopics([{ ...shape!, name: forged, config }]);
      made.push(forged);
      const copy = async (partition: number, forge: (records: LogRecord[]) => readonly LogRecord[]) => {
        const records = await everythingIn(world.log, world.topic, partition);
        const writer = await world.log.createWriter();
        await writer.send(forge(records).map((record) => outgoing(record, forged)));
        await writer.close();
      };
      await copy(0, (records) => records);
      await copy(1, (records) => records.filter(({ offset }) => offset !== 7));
      await copy(2, (records) => records.toSpliced(7, 0, { ...records[7]!, value: Buffer.from('{}') }));
      await copy(3, (records) => records.with(7, records[9]!).with(9, records[7]!));
      const { findings } = await verifyInstead(world, forged);
      expect(findings.filter(({ kind }) => kind !== 'SHIFTED')).toMatchObject([
        { kind: 'DROPPED', partition: 1, offset: 7 },
        { kind: 'INSERTED', partition: 2, offset: 7 },
        { kind: 'REORDERED', partition: 3, offset: 7, sealedAt: 9 },
        { kind: 'REORDERED', partition: 3, offset: 9, sealedAt: 7 },
      ]);
    },
    TIMEOUT_MS,
  );
});

describe('sealers that are killed and frozen', () => {
  const children: ChildProcess[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'aika-audit-'));
  let world: SealedWorld;
  let keys: TrustedKeys;

  beforeAll(async () => {
    world = await trail('frozen');
    world.store = openSealStore(pathToFileURL(join(folder, 'seals')).href);
    ensureSigningKey(join(folder, 'key.pem'));
    keys = readTrustedKeys(publicKeyFileOf(join(folder, 'key.pem')));
  }, TIMEOUT_MS);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await world.close();
    rmSync(folder, { recursive: true });
  }, TIMEOUT_MS);

  function start(instanceId: string): ChildProcess {
    const child = fork(join(repositoryRoot(), 'apps/audit-sealer/dist/main.js'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        AIKA_NAMESPACE: world.namespace,
        AIKA_INSTANCE_ID: instanceId,
        AIKA_HTTP_PORT: '0',
        AIKA_AUDIT_KEY_FILE: join(folder, 'key.pem'),
        AIKA_AUDIT_STORE: pathToFileURL(join(folder, 'seals')).href,
        AIKA_AUDIT_INTERVAL_MS: '100',
        AIKA_SESSION_TIMEOUT_MS: '2000',
        AIKA_TRANSACTION_TIMEOUT_MS: '2000',
      },
    });
    children.push(child);
    return child;
  }

  it(
    'leave one whole chain, in the topic and in the second place',
    async () => {
      const [killed, frozen] = [start('killed'), start('frozen')];
      const sealed = async () => (await world.verify(keys)).verified;
      await world.write(400);
      await eventually(async () => expect(await sealed()).toBeGreaterThan(0), 30_000);
      await world.write(200, { inTransactions: true });
      killed.kill('SIGKILL');
      await suspend(frozen.pid!);
      await world.write(200);
      const third = start('third');
      // The third one has everything: both others are out of the group.
      await world.whole(400 + 160 + 200, keys);
      resume(frozen.pid!);
      await world.write(400);
      await world.whole(400 + 160 + 200 + 400, keys);
      const ended = once(third, 'exit');
      third.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      expect(frozen.exitCode).toBeNull();
    },
    TIMEOUT_MS,
  );
});

async function everythingIn(log: MessageLog, topic: string, partition: number): Promise<LogRecord[]> {
  const { start, end } = await log.offsets({ topic, partition });
  const records: LogRecord[] = [];
  for await (const batch of log.read({ topic, partition }, { from: start, until: end }))
    records.push(...batch);
  return records;
}

function outgoing({ partition, key, value, headers, timestamp }: LogRecord, topic: string): OutgoingRecord {
  return { topic, partition, key, value, headers, timestamp };
}

/** As if the forged topic stood under the name of the trail. */
function verifyInstead(world: SealedWorld, forged: string) {
  const { log, topic } = world;
  const real = (name: string): string => (name === topic ? forged : name);
  const disguised: MessageLog = Object.assign(Object.create(log) as MessageLog, {
    offsets: (at: { topic: string; partition: number }) => log.offsets({ ...at, topic: real(at.topic) }),
    async *read(at: { topic: string; partition: number }, range: { from: number; until: number }) {
      for await (const batch of log.read({ ...at, topic: real(at.topic) }, range)) {
        yield batch.map((record) => ({ ...record, topic: at.topic }));
      }
    },
  });
  return world.verify(undefined, disguised);
}
