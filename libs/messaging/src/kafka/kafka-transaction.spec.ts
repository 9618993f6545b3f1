import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';

import type { IdempotentAppender } from './idempotent-appender.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { KAFKA_ERRORS, isTransient } from './kafka-errors.js';
import { KafkaTransaction } from './kafka-transaction.js';

const lost = new kafkajs.KafkaJSConnectionError('Closed connection');
const E = KAFKA_ERRORS;

/** A transaction coordinator whose answers to EndTxn are given: an error code, or no answer at all. */
function transactionWith(endTxn: readonly (number | Error)[]) {
  const asked: string[] = [];
  const seen = { failures: 0, ends: 0 };
  const left = [...endTxn];
  const cluster = {
    askCoordinator: (_kind: string, _key: string, ask: (nodeId: number) => Promise<unknown>) => ask(1),
    call: (_nodeId: number, api: string) => {
      asked.push(api);
      const answer = api === 'EndTxn' ? (left.shift() ?? 0) : 0;
      return typeof answer === 'number' ? Promise.resolve({ errorCode: answer }) : Promise.reject(answer);
    },
    retrying: async (_: unknown, attempt: () => Promise<unknown>) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt();
        } catch (error) {
          if (tries === 3 || !isTransient(error)) throw error;
        }
      }
    },
  } as unknown as KafkaCluster;
  const appender = {
    identity: { producerId: '1', producerEpoch: 0 },
    append: () => Promise.resolve([]),
  } as unknown as IdempotentAppender;
  const transaction = new KafkaTransaction({
    cluster,
    appender,
    transactionalId: 'id',
    timeoutMs: 1_000,
    onFailure: () => (seen.failures += 1),
    onEnd: () => (seen.ends += 1),
  });
  return { transaction, asked, seen };
}

const record = { topic: 't', partition: 0, key: null, value: 'v' };

describe('commit of a transaction', () => {
  it('asks again when the answer was lost, and is committed when the second answer says so', async () => {
    const { transaction, seen } = transactionWith([lost, 0]);
    await transaction.send([record]);
    await transaction.commit();
    expect(seen).toEqual({ failures: 0, ends: 1 });
  });

  it('has an unknown outcome when no answer comes at all', async () => {
    const { transaction, seen } = transactionWith([lost, lost, lost]);
    await transaction.send([record]);
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
    expect(seen).toEqual({ failures: 1, ends: 1 });
  });

  it('has an unknown outcome when the answer was lost and another writer took over meanwhile', async () => {
    const { transaction } = transactionWith([lost, E.PRODUCER_FENCED]);
    await transaction.send([record]);
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
  });

  it('has an unknown outcome when the coordinator failed while it wrote the commit down', async () => {
    const { transaction } = transactionWith([E.COORDINATOR_NOT_AVAILABLE, E.INVALID_TXN_STATE]);
    await transaction.send([record]);
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
  });

  it('is refused for certain when the coordinator answers that another writer took over', async () => {
    const { transaction, seen } = transactionWith([E.INVALID_PRODUCER_EPOCH]);
    await transaction.send([record]);
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'FENCED', retriable: false });
    expect(seen.failures).toBe(1);
  });

  it('is not sent for a transaction without content', async () => {
    const { transaction, asked } = transactionWith([]);
    await transaction.commit();
    expect(asked).toEqual([]);
    await expect(transaction.send([record])).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('abort of a transaction', () => {
  it('resolves although the coordinator cannot be told, and gives the writer up', async () => {
    const { transaction, seen } = transactionWith([lost, lost, lost]);
    await transaction.send([record]);
    await transaction.abort();
    expect(seen).toEqual({ failures: 1, ends: 1 });
  });
});
