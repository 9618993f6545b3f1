import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MessageLog, RecordWriter } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import type { ClusterHandle } from '../../local-cluster/cluster-handle.js';
import { attachLocalCluster } from '../../local-cluster/local-cluster.js';
import { canFillDisk, fillDisk, freeDisk, haltedByFullDisk } from '../disk/full-disk.js';
import { readCommittedWithJava } from '../java/committed-reader.js';
import { healBrokers, whileBrokersDown, whileBrokersSuspended } from './broker-faults.js';
import { isSuspended } from './suspend.js';

jest.setTimeout(120_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const topic = `brokers-${randomUUID().slice(0, 8)}`;
let cluster: ClusterHandle;
let log: MessageLog;
let writer: RecordWriter;

beforeAll(async () => {
  const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
  if (stateFile === undefined)
    throw new Error('These tests need the local test cluster: unset KAFKA_BROKERS.');
  cluster = attachLocalCluster(stateFile);
  const admin = createKafkaAdmin({ brokers, clientId: 'broker-faults' });
  await admin.ensureTopics([
    { name: topic, partitions: 3, replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
  ]);
  await admin.close();
  log = createKafkaLog({ brokers, clientId: 'broker-faults', requestTimeoutMs: 2_000 });
  writer = await log.createWriter();
});

afterEach(() => healBrokers(cluster));
afterAll(() => log.close());

const write = (value: string) =>
  writer.send([0, 1, 2].map((partition) => ({ topic, partition, key: value, value })));

async function committed(): Promise<readonly string[]> {
  const values: string[] = [];
  for await (const { value } of readCommittedWithJava(brokers, [topic])) values.push(value ?? '');
  return values.sort();
}

const pids = () => cluster.nodes.map(({ pid }) => pid);

describe('faults of brokers', () => {
  it('two brokers down: writes wait below the minimum of replicas and are there once, afterwards', async () => {
    let isWritten = false;
    const writing = await whileBrokersDown(cluster, [2, 3], async () => {
      expect(pids()).toEqual([expect.any(Number), null, null]);
      const sent = write('two down').then(() => (isWritten = true));
      await delay(1_000);
      expect(isWritten).toBe(false);
      return { sent };
    });
    expect(pids()).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
    await writing.sent;
    expect(await committed()).toEqual(['two down', 'two down', 'two down']);
  });

  it('a frozen broker keeps its connections and answers nobody; the others take over', async () => {
    await whileBrokersSuspended(cluster, [1], async () => {
      expect(isSuspended(pids()[0] ?? 0)).toBe(true);
      await write('one frozen');
    });
    expect(isSuspended(pids()[0] ?? 0)).toBe(false);
    expect((await committed()).filter((value) => value === 'one frozen')).toHaveLength(3);
  });

  it('a broker that is down cannot be frozen', async () => {
    await cluster.killBroker(1);
    await expect(cluster.suspendBroker(1)).rejects.toMatchObject({ code: 'CLUSTER_NOT_RUNNING' });
  });

  it('a full disk halts its broker, writes go on, and it is back with all of them', async () => {
    expect(await canFillDisk()).toBe(true);
    await fillDisk(cluster, 2);
    await write('disk full');
    await haltedByFullDisk(cluster, 2);
    await write('without it');
    await freeDisk(cluster, 2);
    expect(pids()).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
    await write('with it');
    const values = await committed();
    for (const value of ['disk full', 'without it', 'with it']) {
      expect(values.filter((one) => one === value)).toHaveLength(3);
    }
  });
});
