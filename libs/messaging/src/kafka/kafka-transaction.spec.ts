import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';

import type { IdempotentAppender } from './idempotent-appender.js';
import { KafkaCluster } from './kafka-cluster.js';
import { BrokerError, KAFKA_ERRORS, isTransient } from './kafka-errors.js';
import { KafkaTransaction } from './kafka-transaction.js';
import { LEVELS, createLogger, type WireCall } from './kafkajs-internals.js';

const lost = new kafkajs.KafkaJSConnectionError('Closed connection');
const E = KAFKA_ERRORS;

/** A transaction coordinator whose answers to EndTxn are given: an error code, or no answer at all. */
function transactionWith(endTxn: readonly (number | Error)[], append?: Error) {
  const asked: string[] = [];
  const seen = { failures: 0, ends: 0, bounds: [] as number[] };
  const left = [...endTxn];
  const cluster = {
    askCoordinator: (_kind: string, _key: string, ask: (nodeId: number) => Promise<unknown>) => ask(1),
    call: (_nodeId: number, api: string) => {
      asked.push(api);
      const answer = api === 'EndTxn' ? (left.shift() ?? 0) : 0;
      return typeof answer === 'number' ? Promise.resolve({ errorCode: answer }) : Promise.reject(answer);
    },
    retrying: async ({ timeoutMs }: { timeoutMs: number }, attempt: () => Promise<unknown>) => {
      seen.bounds.push(timeoutMs);
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
    append: () => (append === undefined ? Promise.resolve([]) : Promise.reject(append)),
  } as unknown as IdempotentAppender;
  const transaction = new KafkaTransaction({
    cluster,
    appender,
    transactionalId: 'id',
    owner: undefined,
    stepTimeoutMs: 1_000,
    commitTimeoutMs: 9_000,
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
    expect(seen).toMatchObject({ failures: 0, ends: 1 });
  });

  it('asks until the transaction times out, however short the time of the steps before', async () => {
    const { transaction, seen } = transactionWith([0]);
    await transaction.send([record]);
    await transaction.commit();
    expect(seen.bounds).toEqual([1_000, 9_000]);
  });

  it('has an unknown outcome when no answer comes at all', async () => {
    const { transaction, seen } = transactionWith([lost, lost, lost]);
    await transaction.send([record]);
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
    expect(seen).toMatchObject({ failures: 1, ends: 1 });
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
    expect(seen).toMatchObject({ failures: 1, ends: 1 });
  });
});

interface CoordinatorScript {
  /** Node that coordinates the group: by question, the last one for ever. */
  readonly coordinators: readonly number[];
  /** Error code of each request, by API; 0 when the list is used up. */
  readonly codes: Readonly<Record<string, number[]>>;
}

/** A real `KafkaCluster` whose brokers answer as told; only the network is left out. */
class ScriptedCluster extends KafkaCluster {
  readonly asked: string[] = [];
  private lookups = 0;

  constructor(private readonly script: CoordinatorScript) {
    super({ brokers: [], clientId: 'spec', requestTimeoutMs: 1_000, logger: createLogger(silent) });
  }

  override callAny(api: string, args: Record<string, unknown>): Promise<unknown> {
    const brokers = [1, 2].map((nodeId) => ({ nodeId, host: '127.0.0.1', port: 9 }));
    if (api === 'Metadata') return Promise.resolve({ brokers, topicMetadata: [] });
    const { coordinators } = this.script;
    const isGroup = args['coordinatorType'] === 0;
    const nodeId = isGroup ? coordinators[Math.min(this.lookups, coordinators.length - 1)]! : 1;
    if (isGroup) this.lookups += 1;
    return Promise.resolve({ errorCode: 0, coordinator: { nodeId } });
  }

  override call(nodeId: number, api: string): Promise<unknown> {
    return Promise.resolve({ errorCode: this.next(api, nodeId) });
  }

  override send<Answer>(nodeId: number, call: WireCall<Answer>): Promise<Answer> {
    const { apiName } = call.request;
    return Promise.resolve([{ topic: 't', partition: 0, errorCode: this.next(apiName, nodeId) }] as Answer);
  }

  private next(api: string, nodeId: number): number {
    this.asked.push(`${api}@${nodeId}`);
    return this.script.codes[api]?.shift() ?? 0;
  }
}

const silent = { level: LEVELS.NOTHING, logCreator: () => () => undefined };
const membership = { groupId: 'g', memberId: 'm', generationId: 1, partitions: [0] };

const offsetsOn = (cluster: KafkaCluster) => {
  const appender = { identity: { producerId: '1', producerEpoch: 0 } } as unknown as IdempotentAppender;
  const seen = { failures: 0 };
  const transaction = new KafkaTransaction({
    cluster,
    appender,
    transactionalId: 'id',
    owner: undefined,
    stepTimeoutMs: 2_000,
    commitTimeoutMs: 2_000,
    onFailure: () => (seen.failures += 1),
    onEnd: () => undefined,
  });
  const commit = () => transaction.commitOffsets(membership, [{ topic: 't', partition: 0, offset: 1 }]);
  return { commit, seen };
};

describe('offsets in a transaction', () => {
  it("go to the group's new coordinator when it has moved", async () => {
    const cluster = new ScriptedCluster({
      coordinators: [1, 2],
      codes: { TxnOffsetCommit: [E.NOT_COORDINATOR] },
    });
    const { commit, seen } = offsetsOn(cluster);
    await commit();
    expect(cluster.asked).toEqual(['AddOffsetsToTxn@1', 'TxnOffsetCommit@1', 'TxnOffsetCommit@2']);
    expect(seen.failures).toBe(0);
    await cluster.close();
  });

  it('wait for the markers of the transaction before', async () => {
    const busy = [E.CONCURRENT_TRANSACTIONS, E.CONCURRENT_TRANSACTIONS];
    const cluster = new ScriptedCluster({ coordinators: [1], codes: { AddOffsetsToTxn: busy } });
    await offsetsOn(cluster).commit();
    expect(cluster.asked.filter((ask) => ask === 'AddOffsetsToTxn@1')).toHaveLength(3);
    await cluster.close();
  });

  it('of a generation that is over are refused at once, and the writer is given up', async () => {
    const cluster = new ScriptedCluster({
      coordinators: [1],
      codes: { TxnOffsetCommit: [E.ILLEGAL_GENERATION] },
    });
    const { commit, seen } = offsetsOn(cluster);
    await expect(commit()).rejects.toMatchObject({ code: 'FENCED', retriable: false });
    expect(cluster.asked).toEqual(['AddOffsetsToTxn@1', 'TxnOffsetCommit@1']);
    expect(seen.failures).toBe(1);
    await cluster.close();
  });
});

describe('a send in a transaction', () => {
  it.each([E.INVALID_RECORD, E.INVALID_TIMESTAMP, E.POLICY_VIOLATION])(
    'whose record is refused (%i) says so: running it again would not help',
    async (code) => {
      const { transaction } = transactionWith([], new BrokerError(code, 'Produce'));
      const refusal = { code: 'RECORD_REFUSED', retriable: false };
      await expect(transaction.send([record])).rejects.toMatchObject(refusal);
    },
  );

  it('that fails for another reason is to be run again with a new writer', async () => {
    const { transaction, seen } = transactionWith([], new BrokerError(E.INVALID_TXN_STATE, 'Produce'));
    const failed = { code: 'TRANSACTION_FAILED', retriable: true };
    await expect(transaction.send([record])).rejects.toMatchObject(failed);
    expect(seen.failures).toBe(1);
    await expect(transaction.send([record])).rejects.toMatchObject(failed);
  });
});
