import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LogError, type MessageLog, type TransactionalWriter } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { findCoordinator } from './broker-question.js';
import { KafkaProxy } from './kafka-proxy.js';

jest.setTimeout(60_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const topic = `proxy-${randomUUID().slice(0, 8)}`;
const admin = createKafkaAdmin({ brokers, clientId: 'proxy-test' });
let proxy: KafkaProxy;
let log: MessageLog;
let writer: TransactionalWriter;
let turn = 0;

beforeAll(async () => {
  proxy = await KafkaProxy.start({ brokers });
  await admin.ensureTopics([
    { name: topic, partitions: 3, replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
  ]);
});

afterEach(async () => {
  proxy.heal();
  await log.close();
});

afterAll(async () => {
  await proxy.close();
  await admin.deleteTopics([topic]);
  await admin.close();
  expect(proxy.failures).toEqual([]);
});

async function open(requestTimeoutMs = 10_000): Promise<void> {
  log = createKafkaLog({ brokers: [...proxy.brokers], clientId: 'behind-the-proxy', requestTimeoutMs });
  const transactionalId = `${topic}-${turn++}`;
  writer = await log.createTransactionalWriter({ transactionalId, transactionTimeoutMs: 10_000 });
}

const record = (text: string, partition: number) => ({
  topic,
  partition,
  key: Buffer.from(text),
  value: Buffer.from(text),
  headers: {},
  timestamp: 1_700_000_000_000,
});

async function committed(): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const partition of [0, 1, 2]) {
    const { start, end } = await log.offsets({ topic, partition });
    for await (const records of log.read({ topic, partition }, { from: start, until: end })) {
      texts.push(...records.map(({ value }) => value?.toString() ?? ''));
    }
  }
  return texts.sort();
}

async function commit(texts: readonly string[]): Promise<void> {
  const transaction = await writer.begin();
  await transaction.send(texts.map((text, n) => record(text, n % 3)));
  await transaction.commit();
}

describe('a proxy before a real cluster', () => {
  it('carries transactions and reads of clients that never leave it', async () => {
    await open();
    const before = proxy.counts;
    await commit(['one', 'two', 'three']);
    expect(await committed()).toEqual(['one', 'three', 'two']);
    const { requests, answers } = proxy.counts;
    // All leaders and coordinators were met through the proxy, or these would be missing.
    expect((requests['EndTxn'] ?? 0) - (before.requests['EndTxn'] ?? 0)).toBe(1);
    expect(requests['Produce']).toBe(3);
    expect(answers['Produce']).toBe(3);
    expect(requests['Fetch']).toBeGreaterThanOrEqual(3);
  });

  it('carries groups: a member joins and reads what is written', async () => {
    await open();
    const member = await log.joinGroup({
      groupId: `${topic}-group`,
      topics: [topic],
      sessionTimeoutMs: 6_000,
      rebalanceTimeoutMs: 10_000,
      heartbeatIntervalMs: 500,
      maxBytesPerPartition: 1_048_576,
      maxBuffered: 100,
    });
    await commit(['for the group']);
    const read: string[] = [];
    const deadline = Date.now() + 30_000;
    while (!read.includes('for the group') && Date.now() < deadline) {
      for (const { value } of await member.poll({ maxRecords: 10, waitMs: 500 })) {
        read.push(value?.toString() ?? '');
      }
    }
    expect(read).toContain('for the group');
    await member.leave();
  });

  it('loses the answer to a commit: the client learns nothing, and the log holds the records', async () => {
    await open(1_000);
    const lost = proxy.add({ api: 'EndTxn', direction: 'answer', action: 'drop', count: 1 });
    // The adapter asks again on another connection, and the coordinator says that it is committed.
    await commit(['commit without an answer']);
    expect(lost.hits).toBe(1);
    expect(await committed()).toContain('commit without an answer');
  });

  it('keeps every answer to a commit back: the outcome is unknown to the client', async () => {
    log = createKafkaLog({ brokers: [...proxy.brokers], clientId: 'behind', requestTimeoutMs: 500 });
    writer = await log.createTransactionalWriter({
      transactionalId: `${topic}-${turn++}`,
      transactionTimeoutMs: 2_000,
    });
    proxy.add({ api: 'EndTxn', direction: 'answer', action: 'drop' });
    const failure: unknown = await commit(['unknown to its writer']).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LogError);
    expect((failure as LogError).code).toBe('COMMIT_OUTCOME_UNKNOWN');
    proxy.heal();
    expect(await committed()).toContain('unknown to its writer');
  });

  it('resets a connection in the middle of a write: the client writes it again, once', async () => {
    await open();
    const cut = proxy.next({ api: 'Produce', direction: 'request', action: 'reset-after' });
    await commit(['written over a reset']);
    expect(cut.hits).toBe(1);
    expect((await committed()).filter((text) => text === 'written over a reset')).toHaveLength(1);
  });

  it('cuts the connections to every broker: a reader comes back by itself', async () => {
    await open();
    await commit(['before the cut']);
    expect(await committed()).toContain('before the cut');
    for (const nodeId of [1, 2, 3]) proxy.cut(nodeId);
    // The same client, whose connections are gone.
    expect(await committed()).toContain('before the cut');
  });

  it('says which broker coordinates what, so that it can be killed or cut off', async () => {
    await open();
    for (const kind of ['group', 'transaction'] as const) {
      const nodeId = await findCoordinator(brokers, kind, `${topic}-0`);
      expect([1, 2, 3]).toContain(nodeId);
      expect(await findCoordinator(proxy.brokers, kind, `${topic}-0`)).toBe(nodeId);
    }
    // The commit of this writer goes to its coordinator and nowhere else.
    const coordinator = await findCoordinator(brokers, 'transaction', `${topic}-${turn - 1}`);
    const seen = [1, 2, 3].map((broker) =>
      proxy.add({ api: 'EndTxn', broker, direction: 'request', action: 'delay', delayMs: 0 }),
    );
    await commit(['to its coordinator']);
    expect(seen.map(({ hits }) => hits)).toEqual([1, 2, 3].map((id) => (id === coordinator ? 1 : 0)));
  });

  it('holds fetches back', async () => {
    await open();
    const slow = proxy.add({ api: 'Fetch', direction: 'answer', action: 'delay', delayMs: 300 });
    const startedAt = performance.now();
    await committed();
    expect(slow.hits).toBeGreaterThan(0);
    expect(performance.now() - startedAt).toBeGreaterThan(290 * slow.hits);
  });
});
