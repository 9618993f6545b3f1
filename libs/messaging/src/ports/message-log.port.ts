import type { LogRecord, OutgoingRecord, TopicPartition, TopicPartitionOffset } from './log-record.js';
import type { StateGuard } from './state-guard.port.js';

/**
 * What delivery needs of a partitioned, transactional log. Two adapters implement it (`./kafka`,
 * `./in-memory`) and pass one suite (`message-log.suite.ts`). Errors are `LogError`s: callers decide by
 * `code` and `retriable`, never by message text.
 */
export interface MessageLog {
  /** Number of partitions of a topic. @throws LogError `UNKNOWN_TOPIC` */
  partitionCount(topic: string): Promise<number>;

  /** What stands behind a name: another cluster has another id, and so has a topic that was made anew. */
  identity(topic: string): Promise<TopicIdentity>;

  /** How far a partition reaches at this moment. */
  offsets(at: TopicPartition): Promise<PartitionOffsets>;

  /**
   * Where to read from for everything since a time: the offset of the first record that is dated at or after it, or
   * the end of what is committed where there is none.
   * @param time milliseconds since 1970 UTC
   */
  offsetAt(at: TopicPartition, time: number): Promise<number>;

  /**
   * Committed offsets of a group. Waits for pending transactional commits (require-stable), so that a new
   * owner never starts from an offset that a dying transaction is about to move. Absent = never committed.
   * @param partitions numbers in every topic; all of them by default
   */
  committedOffsets(
    groupId: string,
    topics: readonly string[],
    partitions?: readonly number[],
  ): Promise<readonly TopicPartitionOffset[]>;

  /** What stands at positions of a group at this moment. Does not wait for pending commits. */
  positionStates(groupId: string, partitions: readonly TopicPartition[]): Promise<readonly PositionState[]>;

  /**
   * Committed records of one partition from `from` (inclusive) until offset `until` (exclusive) is passed,
   * in order, in batches. Ends also when the records before `until` are markers or aborted.
   */
  read(
    at: TopicPartition,
    range: { readonly from: number; readonly until: number; readonly signal?: AbortSignal },
  ): AsyncIterable<readonly LogRecord[]>;

  /** A reader of whole topics without a group: committed records only, until the signal aborts. */
  follow(options: FollowOptions): AsyncIterable<readonly LogRecord[]>;

  /** Idempotent, not transactional: for the edge (commands that enter the system). */
  createWriter(): Promise<RecordWriter>;

  /**
   * A writer with a transactional id. Creating one fences every earlier writer of the same id and aborts
   * its open transaction.
   */
  createTransactionalWriter(options: TransactionalWriterOptions): Promise<TransactionalWriter>;

  /** Joins a consumer group whose members own partition numbers across all its topics. */
  joinGroup(options: JoinOptions): Promise<GroupMember>;

  /** Only of a log that keeps entries of state in another form than it takes and gives them in. */
  readonly stateGuard?: StateGuard;

  close(): Promise<void>;
}

export interface PartitionOffsets {
  /** First offset that is still kept. */
  readonly start: number;
  /** The high watermark: offset after the last record, committed or not. */
  readonly end: number;
  /** First offset of the oldest transaction that is still open here; `end` without one. */
  readonly stableEnd: number;
}

export interface PositionState extends TopicPartition {
  /** The owner named by the writer that committed it last; undefined without a commit, or where none was named. */
  readonly owner: string | undefined;
  /** True while a transaction that has not ended is about to move it. */
  readonly isPending: boolean;
}

/** Undefined where the log is too old to tell. */
export interface TopicIdentity {
  readonly clusterId: string | undefined;
  readonly topicId: string | undefined;
}

export interface FollowOptions {
  readonly topics: readonly string[];
  /** 'start', 'end', or a time in milliseconds since 1970 UTC (first record at or after it). */
  readonly from: 'start' | 'end' | number;
  readonly signal: AbortSignal;
  /** Called once when the positions are fixed: what is written afterwards is delivered. */
  readonly onReady?: () => void;
}

export interface RecordWriter {
  /**
   * Resolves when every record is acknowledged by all in-sync replicas.
   * @throws LogError `RECORD_TOO_LARGE`, `RECORD_REFUSED`, `UNKNOWN_TOPIC`, `UNAVAILABLE`
   */
  send(records: readonly OutgoingRecord[]): Promise<readonly TopicPartitionOffset[]>;
  close(): Promise<void>;
}

export interface TransactionalWriterOptions {
  readonly transactionalId: string;
  /** The broker aborts the transaction after this time; a commit without an answer is asked for until then. */
  readonly transactionTimeoutMs: number;
  /** How long each step before the commit may take; as long as the transaction by default. */
  readonly stepTimeoutMs?: number;
  /** Kept beside the positions that this writer commits, so that others can tell whose transaction it was. */
  readonly owner?: string;
}

export interface TransactionalWriter {
  begin(): Promise<Transaction>;
  /** True after any error in a transaction: such a writer is thrown away and a new one made. */
  readonly broken: boolean;
  close(): Promise<void>;
}

export interface Transaction {
  /**
   * Resolves when all records are appended; a record left out by the client is an error, never silent.
   * @returns where each record stands, in the order given; offset -1 where the log does not know it any more
   * @throws LogError `RECORD_TOO_LARGE` or `RECORD_REFUSED` when one of the records can never be written
   */
  send(records: readonly OutgoingRecord[]): Promise<readonly TopicPartitionOffset[]>;
  /**
   * Adds consumed positions, checked by the log against the group's present generation.
   * @throws LogError `FENCED` when the generation is over or the member unknown
   */
  commitOffsets(membership: Membership, offsets: readonly TopicPartitionOffset[]): Promise<void>;
  /** @throws LogError `COMMIT_OUTCOME_UNKNOWN` when the answer was lost: ask the group's offsets */
  commit(): Promise<void>;
  abort(): Promise<void>;
}

export interface JoinOptions {
  readonly groupId: string;
  /** All have the same partition count; a member gets the same partition numbers of each. */
  readonly topics: readonly string[];
  /**
   * Those of the topics that overtake: a poll brings their records before any other, and they are read although
   * the buffer of the others is full. Of what a poll may bring, others that wait have a tenth in any case, and beside
   * urgent ones a quarter at most. Default none.
   */
  readonly urgentTopics?: readonly string[];
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** Bytes a fetch may bring per partition; the adapter's own setting when absent. */
  readonly maxBytesPerPartition?: number;
  /**
   * Least time from one fetch of a broker to the next after one that brought few records, in milliseconds, for who
   * handles them in batches anyway; asked for after each fetch. Urgent topics are fetched from without a pause. Default
   * 0: a record comes as soon as it is readable. The in-memory adapter ignores it.
   */
  readonly fetchEveryMs?: () => number;
  /** Records kept in memory before fetching pauses; of urgent topics a quarter as many beside them. */
  readonly maxBuffered: number;
  /**
   * Bytes of keys, values and headers kept in memory before fetching pauses; exceeded by one batch at most. Of
   * urgent topics a quarter as many beside them. The adapter's own setting when absent.
   */
  readonly maxBufferedBytes?: number;
  /**
   * Makes the member static: one that comes back under the same id within its session gets its partitions again
   * without a rebalance, and `leave` keeps them for it until then. Two at once: the earlier one is dead.
   * The in-memory adapter knows no sessions and ignores it.
   */
  readonly instanceId?: string;
}

/** One generation of a group as one member sees it. */
export interface Membership {
  readonly groupId: string;
  readonly memberId: string;
  readonly generationId: number;
  /** Partition numbers owned in every topic of the group, ascending. */
  readonly partitions: readonly number[];
}

/** What a member holds in memory. */
export interface Buffered {
  readonly records: number;
  /** Of keys, values and headers. */
  readonly bytes: number;
}

export interface GroupMember {
  /** The present membership; undefined while (re)joining. Changes only between two calls of `poll`. */
  readonly membership: Membership | undefined;

  /** What was fetched and waits to be polled. Nothing in an adapter that reads at the poll. */
  readonly buffered: Buffered;

  /**
   * What arrived since the last call, at most `maxRecords`, urgent topics' records first, per topic and partition
   * in offset order; [] after `waitMs` or `wake()`. Records of partitions that are not owned any more are never returned. Delivery starts at
   * the committed offset; after `rewind` at the given position.
   * @throws LogError `MEMBER_DEAD` when the member cannot go on: leave and join anew
   */
  poll(options: { readonly maxRecords: number; readonly waitMs: number }): Promise<readonly LogRecord[]>;

  /** Ends a waiting `poll` early. */
  wake(): void;

  /** Drops what is buffered of a partition number and reads on from these positions. */
  rewind(positions: readonly TopicPartitionOffset[]): Promise<void>;

  /** Leaves the group; others take over at once, or after the session of a static member. */
  leave(): Promise<void>;
}
