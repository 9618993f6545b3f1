import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LogError, type MessageLog } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import type { ClusterHandle } from '../../local-cluster/cluster-handle.js';
import { attachLocalCluster } from '../../local-cluster/local-cluster.js';
import { readCommittedWithJava } from '../java/committed-reader.js';
import { findCoordinator } from '../proxy/broker-question.js';
import { healBrokers } from './broker-faults.js';

jest.setTimeout(150_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
/** A fetch of a follower that waits at the leader is answered by then. */
const FETCH_WAIT_MS = 700;
const APPENDED_MS = 400;
let cluster: ClusterHandle;
let log: MessageLog;

beforeAll(() => {
  const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
  if (stateFile === undefined)
    throw new Error('These tests need the local test cluster: unset KAFKA_BROKERS.');
  cluster = attachLocalCluster(stateFile);
  log = createKafkaLog({ brokers, clientId: 'commit-in-doubt', requestTimeoutMs: 2_000 });
});

afterEach(() => healBrokers(cluster));
afterAll(() => log.close());

/** A topic with a partition on each broker. */
async function newTopic(): Promise<string> {
  const topic = `in-doubt-${randomUUID().slice(0, 8)}`;
  const admin = createKafkaAdmin({ brokers, clientId: 'commit-in-doubt' });
  await admin.ensureTopics([
    { name: topic, partitions: 3, replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
  ]);
  await admin.close();
  return topic;
}

async function committed(topic: string): Promise<readonly number[]> {
  const partitions: number[] = [];
  for await (const { partition } of readCommittedWithJava(brokers, [topic])) partitions.push(partition);
  return partitions.sort();
}

/**
 * A commit that only its coordinator has written down when it dies. It comes back while the controllers take its old
 * session for alive: it leads its partitions as it did, tells the brokers it reaches to commit, and then others take
 * the lead who know nothing of it.
 */
async function commitThatDiesWithItsCoordinator(
  topic: string,
  transactionTimeoutMs: number,
): Promise<string> {
  const transactionalId = `${topic}.writer`;
  const writer = await log.createTransactionalWriter({ transactionalId, transactionTimeoutMs });
  const transaction = await writer.begin();
  await transaction.send([0, 1, 2].map((partition) => ({ topic, partition, key: 'k', value: 'v' })));
  const coordinator = await findCoordinator(brokers, 'transaction', transactionalId);
  const others = cluster.nodes.map(({ id }) => id).filter((id) => id !== coordinator);
  await Promise.all(others.map((id) => cluster.suspendBroker(id)));
  await delay(FETCH_WAIT_MS);
  const outcome = transaction.commit().then(
    () => 'committed',
    (error: unknown) => (error instanceof LogError ? error.code : String(error)),
  );
  await delay(APPENDED_MS);
  await cluster.killBroker(coordinator);
  const back = cluster.startBroker(coordinator);
  for (const id of others) cluster.resumeBroker(id);
  const ended = await outcome;
  // As the agents do after an outcome that is not known.
  const next = await log.createTransactionalWriter({ transactionalId, transactionTimeoutMs });
  await next.close();
  await back;
  return ended;
}

describe('a coordinator that dies with a commit that nobody else has, and comes back at once', () => {
  it('is asked until it tells: all of the transaction is there', async () => {
    const topic = await newTopic();
    expect(await commitThatDiesWithItsCoordinator(topic, 60_000)).toBe('committed');
    expect(await committed(topic)).toEqual([0, 1, 2]);
  });

  // Then the brokers may have split it; whether they do is a matter of milliseconds, and not for a test.
  it('has an outcome that nobody knows when the transaction times out before', async () => {
    const topic = await newTopic();
    expect(await commitThatDiesWithItsCoordinator(topic, 5_000)).toBe('COMMIT_OUTCOME_UNKNOWN');
  });
});
