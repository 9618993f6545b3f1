import {
  LogError,
  type LogRecord,
  type MessageLog,
  type OutgoingRecord,
  type TopicIdentity,
  type TopicPartition,
} from '../ports/index.js';
import { GroupCoordinator } from './group-coordinator.js';
import { InMemoryLog } from './in-memory-log.js';
import { OffsetStore } from './offset-store.js';
import { PartitionLog } from './partition-log.js';
import { TransactionCoordinator } from './transaction-coordinator.js';

export interface InMemoryBrokerOptions {
  /** Partitions of each topic, or one count for every topic that is named. */
  readonly topics: Readonly<Record<string, number>> | number;
  /** `in-memory` by default. */
  readonly clusterId?: string;
  /** Milliseconds since 1970 UTC; the system's clock by default. */
  readonly clock?: () => number;
  /** Greatest size of a record in bytes; 1,000,000 by default. */
  readonly maxRecordBytes?: number;
  /**
   * Milliseconds until the end of a transaction is written to one of its partitions or to its group's offsets,
   * asked for each of them; 0, the default, is at once. In Kafka they come one by one, after the answer.
   */
  readonly markerDelayMs?: () => number;
}

/** What a commit meets: the answer arrives, is lost after the commit, or the request is lost before it. */
export type CommitFate = 'answered' | 'answer-lost' | 'request-lost';

/** A log within one process, with the transactions, groups and fencing of the real one. For tests. */
export interface InMemoryBroker {
  /** A connection that acts as a process of its own. */
  connect(clientId: string): MessageLog;
  createTopic(name: string, partitions: number): void;
  /** Drops a member from its group as after a silent session: it may go on as a zombie without knowing. */
  expire(memberId: string): void;
  /** The same for all members of a connection. */
  expireClient(clientId: string): void;
  /** Resolves at the next change of anything, and after `ms` milliseconds when given. */
  nextChange(ms?: number): Promise<void>;
  /** Records of the topics from the group's committed offsets on that are committed or may still be. */
  lagOf(groupId: string, topics: readonly string[]): number;
  /** Records of aborted transactions, offsets `from` (inclusive) to `until` (exclusive). */
  abortedRecords(at: TopicPartition, from: number, until: number): readonly LogRecord[];
  /** Asked at every commit of a transactional writer; everything is answered by default. */
  fateOfCommit: (transactionalId: string) => CommitFate;
}

export function createInMemoryBroker(options: InMemoryBrokerOptions): InMemoryBroker {
  return new Broker(options);
}

/** What the connections of one broker share. */
export class Broker implements InMemoryBroker {
  fateOfCommit: (transactionalId: string) => CommitFate = () => 'answered';
  readonly clock: () => number;
  readonly offsets = new OffsetStore();
  readonly transactions: TransactionCoordinator;
  private readonly topics = new Map<string, readonly PartitionLog[]>();
  /** How often a topic of this name was made. */
  private readonly makings = new Map<string, number>();
  private readonly groups = new Map<string, GroupCoordinator>();
  private readonly maxRecordBytes: number;
  private change = Promise.withResolvers<void>();
  private memberCount = 0;
  private readonly membersOf = new Map<string, string[]>();

  constructor(private readonly options: InMemoryBrokerOptions) {
    this.clock = options.clock ?? Date.now;
    this.maxRecordBytes = options.maxRecordBytes ?? 1_000_000;
    this.transactions = new TransactionCoordinator({
      offsets: this.offsets,
      clock: this.clock,
      markerDelayMs: options.markerDelayMs ?? (() => 0),
      changed: () => this.changed(),
    });
    if (typeof options.topics === 'number') return;
    for (const [name, partitions] of Object.entries(options.topics)) this.createTopic(name, partitions);
  }

  connect(clientId: string): MessageLog {
    return new InMemoryLog(this, clientId);
  }

  createTopic(name: string, partitions: number): void {
    this.makings.set(name, (this.makings.get(name) ?? 0) + 1);
    this.topics.set(
      name,
      Array.from({ length: partitions }, (_, partition) => new PartitionLog(name, partition)),
    );
  }

  expire(memberId: string): void {
    for (const group of this.groups.values()) group.remove(memberId);
    this.changed();
  }

  expireClient(clientId: string): void {
    for (const memberId of this.membersOf.get(clientId) ?? []) this.expire(memberId);
  }

  lagOf(groupId: string, topics: readonly string[]): number {
    const partitions = topics.flatMap((topic) => [...this.partitions(topic)]);
    return partitions.reduce(
      (lag, partition) => lag + partition.countFrom(this.offsets.of(groupId, partition) ?? 0),
      0,
    );
  }

  abortedRecords(at: TopicPartition, from: number, until: number): readonly LogRecord[] {
    return this.partition(at).aborted(from, until);
  }

  identity(topic: string): TopicIdentity {
    this.partitions(topic);
    return {
      clusterId: this.options.clusterId ?? 'in-memory',
      topicId: `${topic}#${this.makings.get(topic) ?? 0}`,
    };
  }

  /** Wakes everybody who waits for something to happen. */
  changed(): void {
    this.change.resolve();
    this.change = Promise.withResolvers();
  }

  /** Resolves at the next change, and after a time in milliseconds when one is given. */
  async nextChange(ms?: number): Promise<void> {
    const { promise } = this.change;
    if (ms === undefined) return promise;
    const timer = Promise.withResolvers<void>();
    const id = setTimeout(timer.resolve, ms);
    await Promise.race([promise, timer.promise]);
    clearTimeout(id);
  }

  /** @throws LogError `UNKNOWN_TOPIC` */
  partitions(topic: string): readonly PartitionLog[] {
    const { topics } = this.options;
    if (!this.topics.has(topic) && typeof topics === 'number') this.createTopic(topic, topics);
    const found = this.topics.get(topic);
    if (found === undefined) throw new LogError('UNKNOWN_TOPIC', `topic ${topic} does not exist`, false);
    return found;
  }

  /** @throws LogError `UNKNOWN_TOPIC` */
  partition({ topic, partition }: TopicPartition): PartitionLog {
    const found = this.partitions(topic)[partition];
    if (found !== undefined) return found;
    throw new LogError('UNKNOWN_TOPIC', `topic ${topic} has no partition ${partition}`, false);
  }

  group(groupId: string): GroupCoordinator {
    const known = this.groups.get(groupId);
    if (known !== undefined) return known;
    const count = (topics: readonly string[]): number => this.partitions(topics[0] ?? '').length;
    const group = new GroupCoordinator(groupId, count, this.clock);
    this.groups.set(groupId, group);
    return group;
  }

  newMemberId(clientId: string): string {
    this.memberCount += 1;
    const memberId = `${clientId}-${this.memberCount}`;
    this.membersOf.set(clientId, [...(this.membersOf.get(clientId) ?? []), memberId]);
    return memberId;
  }

  /** @throws LogError `RECORD_TOO_LARGE`, `UNKNOWN_TOPIC`; nothing is written then */
  assertWritable(records: readonly OutgoingRecord[]): void {
    for (const record of records) {
      this.partition(record);
      const bytes = sizeOf(record);
      if (bytes <= this.maxRecordBytes) continue;
      const message = `record of ${bytes} bytes for ${record.topic}: at most ${this.maxRecordBytes}`;
      throw new LogError('RECORD_TOO_LARGE', message, false);
    }
  }
}

function sizeOf({ key, value, headers = {} }: OutgoingRecord): number {
  const contents = [key, value, ...Object.entries(headers).flat()];
  return contents.reduce(
    (sum: number, content) => sum + (content === null ? 0 : Buffer.byteLength(content)),
    0,
  );
}
