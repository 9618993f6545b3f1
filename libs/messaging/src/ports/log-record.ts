/** Header values as they stand on the wire. A repeated header keeps its last value. */
export type RecordHeaders = Readonly<Record<string, Buffer>>;

/** One record as read from a partition. Offsets are numbers: exact up to 2^53. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer | null;
  /** null is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: RecordHeaders;
  /** Milliseconds since 1970 UTC, as the record carries it. */
  readonly timestamp: number;
}

/**
 * Header of a record that stands for a batch that nobody can read, with the reason: its value is what the batch begins
 * with, as it is on the log, and its offset the batch's last one.
 */
export const UNREADABLE_HEADER = 'aika-unreadable';

/** One record to write. The partition is always explicit: who writes knows the customer it belongs to. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
  /** Milliseconds since 1970 UTC; the time of writing when absent. */
  readonly timestamp?: number;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface TopicPartitionOffset extends TopicPartition {
  /** The offset of the next record to read. */
  readonly offset: number;
}
