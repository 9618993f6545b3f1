import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';

import { type LogRecord, UNREADABLE_HEADER } from '../ports/index.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { PartitionFetcher } from './partition-fetcher.js';
import type { FetchedPartition } from './wire/fetch.request.js';
import { crc32c } from './wire/crc32c.js';
import { encodeRecordBatch, toEncodable } from './wire/record-batch.encoder.js';

const at = { topic: 't', partition: 0 };

function oneRecord(offset: number): Buffer {
  const record = toEncodable({ ...at, key: null, value: `${offset}`, timestamp: 1 }, 0);
  const producer = { producerId: '-1', producerEpoch: -1, baseSequence: -1, transactional: false };
  const bytes = encodeRecordBatch([record], producer);
  bytes.writeBigInt64BE(BigInt(offset), 0);
  return bytes;
}

/** One partition whose leader moves each time it has given a record; the old leader does not answer any more. */
class MovingLeader {
  leader = 1;
  next = 0;
  private readonly listeners = new Set<() => void>();

  knownLeader = (): number => this.leader;

  onRefresh = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  refresh = (): Promise<void> => {
    this.leader = this.next % 2 === 0 ? 1 : 2;
    for (const listener of this.listeners) listener();
    return Promise.resolve();
  };

  send = (nodeId: number): Promise<readonly FetchedPartition[]> => {
    const leads = this.next % 2 === 0 ? 1 : 2;
    if (nodeId !== leads) return Promise.reject(new kafkajs.KafkaJSConnectionError('refused'));
    const bytes = oneRecord(this.next);
    this.next += 1;
    const answer = { ...at, errorCode: 0, highWatermark: 0, logStartOffset: 0, aborted: [], bytes };
    return Promise.resolve([answer]);
  };
}

describe('fetching', () => {
  it('follows a partition back to a leader that it was moved away from', async () => {
    const leader = new MovingLeader();
    const seen: number[] = [];
    const done = Promise.withResolvers<void>();
    const options = { maxBytesPerPartition: 1, maxBytes: 1, maxWaitMs: 1 };
    const fetcher = new PartitionFetcher(leader as unknown as KafkaCluster, options, {
      room: () => ({ records: 5 - seen.length, bytes: 1_000 }),
      records: (_, records) => {
        seen.push(...records.map(({ offset }) => offset));
        if (seen.length === 5) done.resolve();
      },
      failed: (_, error) => done.reject(error),
    });
    fetcher.assign({ ...at, offset: 0 });
    await done.promise;
    await fetcher.stop();
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('fetching at a pace', () => {
  it('asks a broker for more no sooner than that, so that many small answers become few', async () => {
    let fetches = 0;
    const cluster = new MovingLeader();
    cluster.send = () => {
      const answer = { ...at, errorCode: 0, highWatermark: 0, logStartOffset: 0, aborted: [] };
      return Promise.resolve([{ ...answer, bytes: oneRecord(fetches++) }]);
    };
    const options = { maxBytesPerPartition: 1, maxBytes: 1, maxWaitMs: 1, fetchEveryMs: () => 40 };
    const fetcher = new PartitionFetcher(cluster as unknown as KafkaCluster, options, {
      room: () => ({ records: 1, bytes: 1 }),
      records: () => undefined,
      failed: () => undefined,
    });
    const begunAt = performance.now();
    fetcher.assign({ ...at, offset: 0 });
    while (fetches < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(performance.now() - begunAt).toBeGreaterThanOrEqual(115);
    await fetcher.stop();
  });
});

describe('records that cannot be read', () => {
  it('are told, and the partition is read no further: nothing is passed over in silence', async () => {
    const cluster = new MovingLeader();
    const unreadable = oneRecord(0);
    unreadable.writeInt8(1, 16);
    cluster.send = () =>
      Promise.resolve([
        { ...at, errorCode: 0, highWatermark: 0, logStartOffset: 0, aborted: [], bytes: unreadable },
      ]);
    const failed = Promise.withResolvers<unknown>();
    const options = { maxBytesPerPartition: 1, maxBytes: 1, maxWaitMs: 1 };
    const fetcher = new PartitionFetcher(cluster as unknown as KafkaCluster, options, {
      room: () => ({ records: 1, bytes: 1 }),
      records: () => failed.reject(new Error('delivered')),
      failed: (_, error) => failed.resolve(error),
    });
    fetcher.assign({ ...at, offset: 0 });
    expect(await failed.promise).toBeInstanceOf(RangeError);
    expect(fetcher.position(at)).toBeUndefined();
    await fetcher.stop();
  });

  describe('where they are handed out', () => {
    const UNKNOWN_CODEC = 7;

    /** Batches of one record each, all there is of a partition. */
    async function fetched(batches: readonly Buffer[]): Promise<readonly (LogRecord | Error)[]> {
      const cluster = new MovingLeader();
      const bytes = Buffer.concat(batches);
      const answer = { ...at, errorCode: 0, highWatermark: 0, logStartOffset: 0, aborted: [], bytes };
      cluster.send = () => Promise.resolve([answer]);
      const seen: (LogRecord | Error)[] = [];
      const done = Promise.withResolvers<void>();
      const options = { maxBytesPerPartition: 1, maxBytes: 1, maxWaitMs: 1, unreadable: 'hand-out' as const };
      const fetcher = new PartitionFetcher(cluster as unknown as KafkaCluster, options, {
        room: () => ({ records: batches.length - seen.length, bytes: 1_000 }),
        records: (_, records) => {
          seen.push(...records);
          if (seen.length >= batches.length) done.resolve();
        },
        failed: (_, error) => {
          seen.push(error as Error);
          done.resolve();
        },
      });
      fetcher.assign({ ...at, offset: 0 });
      await done.promise;
      await fetcher.stop();
      return seen;
    }

    /** As a producer with a compression of its own would write it. */
    function unreadable(offset: number): Buffer {
      const bytes = oneRecord(offset);
      bytes.writeInt16BE(UNKNOWN_CODEC, 21);
      bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17);
      return bytes;
    }

    it('one record stands for the batch, with its bytes and the reason, and what follows is read', async () => {
      const [, stand] = await fetched([oneRecord(0), unreadable(1), oneRecord(2)]).then((seen) => {
        expect(seen.map((each) => (each instanceof Error ? each : each.offset))).toEqual([0, 1, 2]);
        return seen as readonly LogRecord[];
      });
      expect(stand).toMatchObject({ ...at, key: null, value: unreadable(1) });
      expect(stand?.headers[UNREADABLE_HEADER]?.toString()).toMatch(/1 records: .*codec 7/);
    });

    it('a batch whose checksum is wrong fails all the same: another replica may have it whole', async () => {
      const broken = unreadable(1);
      broken.writeUInt32BE(0, 17);
      const [, error] = await fetched([oneRecord(0), broken, oneRecord(2)]).then((seen) =>
        seen.length === 1 ? [undefined, ...seen] : seen,
      );
      expect(error).toBeInstanceOf(Error);
    });
  });
});
