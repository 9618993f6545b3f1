import { describe, expect, it } from '@jest/globals';

import { KAFKA_ERRORS, isTransient } from './kafka-errors.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { KafkaRecordWriter, type WriterOptions } from './kafka-writers.js';
import type { WireCall } from './kafkajs-internals.js';
import { ByteReader } from './wire/byte-reader.js';

interface SentBatch {
  readonly producerId: number;
  readonly sequence: number;
  readonly records: number;
}

/** A cluster with one partition whose leader answers each produce request as told: an error code, 0 at the end. */
class OnePartition {
  readonly requestTimeoutMs = 1_000;
  readonly requests: SentBatch[] = [];
  private identities = 0;

  constructor(private readonly codes: number[] = []) {}

  readonly partitionCount = (): Promise<number> => Promise.resolve(1);
  readonly leader = (): Promise<number> => Promise.resolve(1);
  readonly close = (): Promise<void> => Promise.resolve();

  readonly callAny = (): Promise<unknown> => {
    this.identities += 1;
    return Promise.resolve({ errorCode: 0, producerId: `${this.identities}`, producerEpoch: 0 });
  };

  readonly send = async (_nodeId: number, call: WireCall<unknown>): Promise<unknown> => {
    this.requests.push(readBatch((await call.request.encode()).buffer));
    return [{ topic: 't', partition: 0, errorCode: this.codes.shift() ?? 0, baseOffset: 0 }];
  };

  readonly retrying = async (_: unknown, attempt: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error) || this.codes.length === 0) throw error;
      return attempt();
    }
  };
}

function readBatch(bytes: Buffer): SentBatch {
  const reader = new ByteReader(bytes);
  reader.string();
  reader.int16();
  reader.int32();
  reader.int32();
  reader.string();
  reader.int32();
  reader.int32();
  const batch = reader.take(reader.int32());
  return {
    producerId: Number(batch.readBigInt64BE(43)),
    sequence: batch.readInt32BE(53),
    records: batch.readInt32BE(57),
  };
}

const writerOn = (cluster: OnePartition, options: Partial<WriterOptions> = {}): Promise<KafkaRecordWriter> =>
  new KafkaRecordWriter(cluster as unknown as KafkaCluster, {
    maxBytes: 1_000_000,
    maxBatchBytes: 1_000_000,
    compression: 'none',
    lingerMs: 0,
    ...options,
  }).open();

const one = (value = 'v') => [{ topic: 't', partition: 0, key: null, value }];

describe('idempotent writer', () => {
  it('never leaves a send waiting for the next one, whenever it comes', async () => {
    const cluster = new OnePartition();
    const writer = await writerOn(cluster);
    for (let turns = 0; turns < 30; turns += 1) {
      const before = writer.send(one());
      await before;
      for (let n = 0; n < turns; n += 1) await Promise.resolve();
      await writer.send(one());
    }
    for (let turns = 0; turns < 60; turns += 1) {
      const first = writer.send(one());
      for (let n = 0; n < turns; n += 1) await Promise.resolve();
      await Promise.all([first, writer.send(one())]);
    }
    expect(cluster.requests.reduce((sum, { records }) => sum + records, 0)).toBe(180);
  });

  it('uses no sequence number again after a failure: what timed out may be in the log', async () => {
    const cluster = new OnePartition([0, KAFKA_ERRORS.REQUEST_TIMED_OUT]);
    const writer = await writerOn(cluster);
    await writer.send(one());
    await expect(writer.send(one())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await writer.send(one());
    expect(cluster.requests.map(({ producerId, sequence }) => [producerId, sequence])).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
    ]);
  });

  it('fails only the send whose record is refused, not what travels with it', async () => {
    const { INVALID_RECORD } = KAFKA_ERRORS;
    const cluster = new OnePartition([INVALID_RECORD, 0, INVALID_RECORD, 0]);
    const writer = await writerOn(cluster, { lingerMs: 5 });
    const outcomes = await Promise.allSettled([
      writer.send(one('a')),
      writer.send(one('bad')),
      writer.send(one('c')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'RECORD_REFUSED', retriable: false } });
  });

  it('waits for others with a linger, and sends them in one request', async () => {
    const cluster = new OnePartition();
    const writer = await writerOn(cluster, { lingerMs: 60_000, maxBatchBytes: 1_000 });
    const sends = Array.from({ length: 5 }, () => writer.send(one('x'.repeat(100))));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(cluster.requests).toEqual([]);
    // A full batch does not wait for the time to pass.
    sends.push(writer.send(one('x'.repeat(600))));
    await Promise.all(sends);
    expect(cluster.requests.reduce((sum, { records }) => sum + records, 0)).toBe(6);
    expect(cluster.requests.length).toBeLessThan(3);
  });

  it('sends what lingers when it is closed', async () => {
    const cluster = new OnePartition();
    const writer = await writerOn(cluster, { lingerMs: 60_000 });
    const sent = writer.send(one());
    await writer.close();
    await expect(sent).resolves.toHaveLength(1);
  });

  it('splits records into batches of at most the given bytes; a longer record travels alone', async () => {
    const cluster = new OnePartition();
    const writer = await writerOn(cluster, { maxBatchBytes: 500 });
    await writer.send([
      ...one('x'.repeat(150)),
      ...one('x'.repeat(150)),
      ...one('x'.repeat(2_000)),
      ...one(),
    ]);
    expect(cluster.requests.map(({ records }) => records)).toEqual([2, 1, 1]);
  });
});
