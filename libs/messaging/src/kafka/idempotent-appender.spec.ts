import { describe, expect, it } from '@jest/globals';

import type { OutgoingRecord } from '../ports/index.js';
import { IdempotentAppender, type AppenderCluster } from './idempotent-appender.js';
import { BrokerError, KAFKA_ERRORS, isTransient } from './kafka-errors.js';
import type { WireCall } from './kafkajs-internals.js';
import { ByteReader } from './wire/byte-reader.js';

interface Sent {
  readonly nodeId: number;
  readonly partition: number;
  readonly sequence: number;
}

type Answer = Readonly<Record<number, number>>;

/** Brokers that answer as told: by round, the error code of each partition; a partition left out has none. */
class ScriptedBrokers implements AppenderCluster {
  readonly requestTimeoutMs = 1_000;
  readonly sent: Sent[] = [];
  private round = 0;

  constructor(
    private readonly leaders: readonly (readonly number[])[],
    private readonly answers: readonly Answer[],
  ) {}

  leader({ partition }: { partition: number }): Promise<number> {
    return Promise.resolve(this.leaders[Math.min(this.round, this.leaders.length - 1)]![partition]!);
  }

  async send<T>(nodeId: number, call: WireCall<T>): Promise<T> {
    const batches = readProduce((await call.request.encode()).buffer);
    for (const { partition, sequence } of batches) this.sent.push({ nodeId, partition, sequence });
    const answer = this.answers[this.round]!;
    return batches.flatMap(({ topic, partition }) => {
      const errorCode = answer[partition];
      return errorCode === undefined
        ? []
        : [{ topic, partition, errorCode, baseOffset: 100 * (partition + 1) }];
    }) as T;
  }

  async retrying<T>(_: unknown, attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        this.round += 1;
        if (!isTransient(error) || this.round >= this.answers.length) throw error;
      }
    }
  }
}

function readProduce(bytes: Buffer): { topic: string; partition: number; sequence: number }[] {
  const reader = new ByteReader(bytes);
  reader.string();
  reader.int16();
  reader.int32();
  return reader
    .array((topicReader) => {
      const topic = topicReader.string()!;
      return topicReader.array((item) => {
        const partition = item.int32();
        return { topic, partition, sequence: item.take(item.int32()).readInt32BE(53) };
      });
    })
    .flat();
}

const { NOT_LEADER_OR_FOLLOWER, DUPLICATE_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH } = KAFKA_ERRORS;

const records = (...partitions: readonly number[]): OutgoingRecord[] =>
  partitions.map((partition) => ({ topic: 't', partition, key: null, value: 'v' }));

const appender = (cluster: AppenderCluster): IdempotentAppender =>
  new IdempotentAppender(
    cluster,
    { producerId: '1', producerEpoch: 0 },
    { transactionalId: 'id', maxBytes: 1_000_000, maxBatchBytes: 1_000_000, compression: 'none' },
  );

describe('append of records', () => {
  it('sends a partition again that has moved to a broker which has already answered', async () => {
    const brokers = new ScriptedBrokers(
      [
        [1, 2],
        [1, 1],
      ],
      [{ 0: 0, 1: NOT_LEADER_OR_FOLLOWER }, { 1: 0 }],
    );
    const positions = await appender(brokers).append(records(0, 1), 1_000);
    expect(brokers.sent).toEqual([
      { nodeId: 1, partition: 0, sequence: 0 },
      { nodeId: 2, partition: 1, sequence: 0 },
      { nodeId: 1, partition: 1, sequence: 0 },
    ]);
    expect(positions.map(({ offset }) => offset)).toEqual([100, 200]);
  });

  it('fails when an answer leaves a partition out, and never resolves without it', async () => {
    const brokers = new ScriptedBrokers([[1, 1]], [{ 0: 0 }, {}]);
    const appended = appender(brokers).append(records(0, 1), 1_000);
    await expect(appended).rejects.toMatchObject({ code: 'UNAVAILABLE', retriable: true });
  });

  it('keeps the sequence number over repeats and takes a duplicate for an append', async () => {
    const brokers = new ScriptedBrokers(
      [[1]],
      [{ 0: KAFKA_ERRORS.REQUEST_TIMED_OUT }, { 0: DUPLICATE_SEQUENCE_NUMBER }, { 0: 0 }],
    );
    const used = appender(brokers);
    expect(await used.append(records(0, 0), 1_000)).toMatchObject([{ offset: -1 }, { offset: -1 }]);
    expect(brokers.sent.map(({ sequence }) => sequence)).toEqual([0, 0]);
    await used.append(records(0), 1_000).catch(() => undefined);
    expect(brokers.sent.at(-1)?.sequence).toBe(2);
  });

  it('does not repeat what another producer has fenced', async () => {
    const brokers = new ScriptedBrokers(
      [[1, 1]],
      [
        { 0: NOT_LEADER_OR_FOLLOWER, 1: INVALID_PRODUCER_EPOCH },
        { 0: 0, 1: 0 },
      ],
    );
    await expect(appender(brokers).append(records(0, 1), 1_000)).rejects.toBeInstanceOf(BrokerError);
    expect(brokers.sent).toHaveLength(2);
  });
});
