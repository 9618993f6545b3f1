import type { TopicPartition } from '../ports/index.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { isTransient } from './kafka-errors.js';
import { fetchCall, type FetchedPartition } from './wire/fetch.request.js';
import { decodeRecordBatches } from './wire/record-batch.decoder.js';

/** What a group has committed of a partition, and where the partition ends. */
export interface PartitionProgress extends TopicPartition {
  readonly committed: number;
  readonly end: number;
  /** Offsets between the two. */
  readonly lag: number;
}

/** A few markers and aborted transactions at the end of a partition; more is a backlog in any case. */
const COUNTED_UP_TO = 100;
const PARTITION_BYTES = 256 * 1024;
const ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * The same rows with the lag in records that are left to handle. Transactions end with a marker that takes an
 * offset but is handed to nobody: counted in offsets, a group that has handled everything would never reach 0.
 */
export async function countReadable<Row extends PartitionProgress>(
  cluster: KafkaCluster,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const close = rows.filter(({ lag, committed }) => lag > 0 && lag <= COUNTED_UP_TO && committed >= 0);
  if (close.length === 0) return rows;
  const counts = new Map<PartitionProgress, number>();
  try {
    for (const [nodeId, led] of await byLeader(cluster, close)) {
      const answers = await fetchFrom(cluster, nodeId, led);
      for (const row of led) counts.set(row, countOne(row, answers));
    }
  } catch (error) {
    // Leaders that are just moving: the lag in offsets is close enough.
    if (!isTransient(error)) throw error;
  }
  return rows.map((row) => ({ ...row, lag: counts.get(row) ?? row.lag }));
}

async function byLeader<Row extends PartitionProgress>(
  cluster: KafkaCluster,
  rows: readonly Row[],
): Promise<Map<number, Row[]>> {
  const led = new Map<number, Row[]>();
  for (const row of rows) {
    const leader = await cluster.leader(row);
    led.set(leader, [...(led.get(leader) ?? []), row]);
  }
  return led;
}

function fetchFrom(
  cluster: KafkaCluster,
  nodeId: number,
  rows: readonly PartitionProgress[],
): Promise<readonly FetchedPartition[]> {
  return cluster.send(
    nodeId,
    fetchCall({
      positions: rows.map(({ topic, partition, committed }) => ({ topic, partition, offset: committed })),
      maxBytes: ANSWER_BYTES,
      maxBytesPerPartition: PARTITION_BYTES,
      maxWaitMs: 0,
      requestTimeoutMs: cluster.requestTimeoutMs,
    }),
  );
}

function countOne(row: PartitionProgress, answers: readonly FetchedPartition[]): number {
  const answer = answers.find(({ topic, partition }) => topic === row.topic && partition === row.partition);
  if (answer === undefined || answer.errorCode !== 0) return row.lag;
  const { records, next } = decodeRecordBatches(row, answer.bytes, row.committed, answer.aborted);
  // Not to the end: a long answer, or a transaction that is still open.
  return next >= row.end ? records.length : row.lag;
}
