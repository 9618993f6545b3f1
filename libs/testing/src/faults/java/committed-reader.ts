import { runJavaProgram } from './java-program.js';

/** One committed record as Apache Kafka's Java consumer delivers it. */
export interface CommittedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly key: string | null;
  /** null is a tombstone. */
  readonly value: string | null;
  /** In their order; a name may repeat. */
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  /** What is not UTF-8 and stands here in base64: 'key', 'value', 'headers.<name>'. */
  readonly base64: readonly string[];
}

/** How far a group is with a partition that it has committed an offset of. */
export interface GroupProgress {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next record that the group will handle. */
  readonly committed: number;
  /** The high watermark. Markers of transactions take offsets too, so `committed` may stay below it for ever. */
  readonly end: number;
  /** Committed records from `committed` on: 0 when all is handled. */
  readonly left: number;
}

export interface JavaReadOptions {
  /** Bound of the whole reading, in milliseconds; 60,000 by default. An open transaction is waited for. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;

/**
 * All committed records of some topics, read by Apache Kafka's own Java consumer (read_committed) from their
 * beginning up to the high watermarks of the moment when it starts: what is claimed of exactly-once is checked
 * with another client than the one that wrote. In order within a partition, partitions mixed.
 * @throws Error when a topic does not exist, or when the end was not reached in time, for instance because a
 *   transaction stays open; never ends early without an error
 */
export function readCommittedWithJava(
  brokers: readonly string[],
  topics: readonly string[],
  { timeoutMs = TIMEOUT_MS }: JavaReadOptions = {},
): AsyncIterable<CommittedRecord> {
  const args = ['read', brokers.join(','), String(timeoutMs), ...topics];
  return runJavaProgram('CommittedReader', args) as AsyncIterable<CommittedRecord>;
}

/**
 * What groups have committed, by Java's admin client, and how many committed records they have not handled, by
 * reading them. Partitions without a committed offset are not listed.
 * @throws Error as `readCommittedWithJava` does
 */
export async function groupOffsets(
  brokers: readonly string[],
  groups: readonly string[],
  { timeoutMs = TIMEOUT_MS }: JavaReadOptions = {},
): Promise<readonly GroupProgress[]> {
  const rows: GroupProgress[] = [];
  const args = ['groups', brokers.join(','), String(timeoutMs), ...groups];
  for await (const row of runJavaProgram('CommittedReader', args)) rows.push(row as GroupProgress);
  return rows;
}
