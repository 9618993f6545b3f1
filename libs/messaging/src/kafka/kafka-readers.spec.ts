import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { KafkaCluster } from './kafka-cluster.js';
import { readPartition } from './kafka-readers.js';
import type { AbortedTransaction } from './wire/record-batch.decoder.js';
import { encodeRecordBatch, toEncodable } from './wire/record-batch.encoder.js';

const AT = { topic: 't', partition: 0 };
const PER_BATCH = 500;
const BATCHES = 20;
const TOTAL = PER_BATCH * BATCHES;

/** Batches of transactions of one producer each, one after the other. */
function batchesOf(values: (offset: number) => string): Buffer {
  const batches = Array.from({ length: BATCHES }, (_, n) => {
    const records = Array.from({ length: PER_BATCH }, (_, i) =>
      toEncodable({ ...AT, key: null, value: values(n * PER_BATCH + i), timestamp: 1_000 }, 0),
    );
    const bytes = encodeRecordBatch(records, {
      ...{ producerId: String(n), producerEpoch: 0, baseSequence: 0, transactional: true },
    });
    bytes.writeBigInt64BE(BigInt(n * PER_BATCH), 0);
    return bytes;
  });
  return Buffer.concat(batches);
}

/** A cluster whose every fetch brings all there is. */
function clusterWith(bytes: Buffer, aborted: readonly AbortedTransaction[] = []): KafkaCluster {
  const answer = { ...AT, errorCode: 0, highWatermark: TOTAL, bytes, aborted };
  return {
    requestTimeoutMs: 1000,
    leader: () => Promise.resolve(1),
    retrying: (_options: object, work: () => Promise<unknown>) => work(),
    send: () => Promise.resolve([answer]),
  } as unknown as KafkaCluster;
}

/** Offsets as they come, and how many at most between two turns of the event loop. */
async function read(cluster: KafkaCluster): Promise<{ offsets: number[]; longest: number }> {
  const offsets: number[] = [];
  let [turn, seenAt, since, longest, isOver] = [0, 0, 0, 0, false];
  const turns = (async () => {
    while (!isOver) {
      await turnOfTheEventLoop();
      turn += 1;
    }
  })();
  for await (const records of readPartition(cluster, AT, { from: 0, until: TOTAL })) {
    since = turn === seenAt ? since + records.length : records.length;
    seenAt = turn;
    longest = Math.max(longest, since);
    offsets.push(...records.map(({ offset }) => offset));
  }
  isOver = true;
  await turns;
  return { offsets, longest };
}

const all = Array.from({ length: TOTAL }, (_, n) => n);

describe('the reading of a partition', () => {
  it('decodes a long answer in stretches, each record once and in order', async () => {
    const { offsets, longest } = await read(clusterWith(batchesOf(String)));
    expect(offsets).toEqual(all);
    expect(longest).toBe(2000);
  });

  it('counts bytes too', async () => {
    const { offsets, longest } = await read(clusterWith(batchesOf(() => 'x'.repeat(1000))));
    expect(offsets).toEqual(all);
    // The batch with which a mebibyte is reached is taken whole.
    expect(longest).toBe(3 * PER_BATCH);
  });

  it('leaves aborted transactions out, in whichever stretch they begin', async () => {
    const gone = [1, 7, 18];
    const aborted = gone.map((n) => ({ producerId: BigInt(n), firstOffset: n * PER_BATCH }));
    const { offsets } = await read(clusterWith(batchesOf(String), aborted));
    expect(offsets).toEqual(all.filter((offset) => !gone.includes(Math.floor(offset / PER_BATCH))));
  });
});
