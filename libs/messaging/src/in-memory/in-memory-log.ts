import {
  LogError,
  type FollowOptions,
  type GroupMember,
  type JoinOptions,
  type LogRecord,
  type MessageLog,
  type PartitionOffsets,
  type PositionState,
  type RecordWriter,
  type TopicIdentity,
  type TopicPartition,
  type TopicPartitionOffset,
  type TransactionalWriter,
  type TransactionalWriterOptions,
} from '../ports/index.js';
import type { Broker } from './in-memory-broker.js';
import { InMemoryMember } from './in-memory-member.js';
import { InMemoryTransactionalWriter, InMemoryWriter } from './in-memory-writers.js';

const BATCH = 500;
/** An open transaction may run out of time while nothing else happens. */
const RECHECK_MS = 50;

/** One process' connection to a broker in memory. */
export class InMemoryLog implements MessageLog {
  private readonly open: (() => Promise<void>)[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly broker: Broker,
    private readonly clientId: string,
  ) {}

  async partitionCount(topic: string): Promise<number> {
    this.assertOpen();
    return this.broker.partitions(topic).length;
  }

  async identity(topic: string): Promise<TopicIdentity> {
    this.assertOpen();
    return this.broker.identity(topic);
  }

  async offsets(at: TopicPartition): Promise<PartitionOffsets> {
    this.assertOpen();
    this.broker.transactions.abortOverdue();
    const { end, lastStableOffset } = this.broker.partition(at);
    return { start: 0, end, stableEnd: lastStableOffset };
  }

  async offsetAt(at: TopicPartition, time: number): Promise<number> {
    this.assertOpen();
    this.broker.transactions.abortOverdue();
    return this.broker.partition(at).offsetAt(time);
  }

  async positionStates(
    groupId: string,
    partitions: readonly TopicPartition[],
  ): Promise<readonly PositionState[]> {
    this.assertOpen();
    this.broker.transactions.abortOverdue();
    return this.broker.offsets.states(groupId, partitions);
  }

  async committedOffsets(
    groupId: string,
    topics: readonly string[],
    partitions?: readonly number[],
  ): Promise<readonly TopicPartitionOffset[]> {
    const all = topics.flatMap((topic) => [...this.broker.partitions(topic)]);
    const wanted = all.filter(({ partition }) => partitions?.includes(partition) ?? true);
    for (;;) {
      this.assertOpen();
      this.broker.transactions.abortOverdue();
      const stable = this.broker.offsets.stable(groupId, wanted);
      if (stable !== undefined) return stable;
      await this.broker.nextChange(RECHECK_MS);
    }
  }

  async *read(
    at: TopicPartition,
    range: { readonly from: number; readonly until: number; readonly signal?: AbortSignal },
  ): AsyncGenerator<readonly LogRecord[]> {
    const partition = this.broker.partition(at);
    let next = range.from;
    while (next < range.until && !range.signal?.aborted) {
      this.assertOpen();
      this.broker.transactions.abortOverdue();
      const change = this.broker.nextChange(RECHECK_MS);
      const found = partition.read(next, range.until, BATCH);
      if (found.records.length > 0) yield found.records;
      if (found.next === next) await change;
      next = found.next;
    }
  }

  async *follow({ topics, from, signal, onReady }: FollowOptions): AsyncGenerator<readonly LogRecord[]> {
    this.assertOpen();
    const partitions = topics.flatMap((topic) => [...this.broker.partitions(topic)]);
    const positions = partitions.map((partition) => {
      if (from === 'start') return 0;
      return from === 'end' ? partition.lastStableOffset : partition.offsetAt(from);
    });
    const stop = AbortSignal.any([signal, this.stopping.signal]);
    const wake = (): void => this.broker.changed();
    stop.addEventListener('abort', wake, { once: true });
    onReady?.();
    while (!stop.aborted) {
      this.broker.transactions.abortOverdue();
      const change = this.broker.nextChange(RECHECK_MS);
      let full = false;
      for (const [n, partition] of partitions.entries()) {
        const { records, next } = partition.read(positions[n]!, Infinity, BATCH);
        positions[n] = next;
        full ||= records.length === BATCH;
        if (records.length > 0 && !stop.aborted) yield records;
      }
      if (!full) await change;
    }
    stop.removeEventListener('abort', wake);
  }

  async createWriter(): Promise<RecordWriter> {
    this.assertOpen();
    return this.remember(new InMemoryWriter(this.broker));
  }

  async createTransactionalWriter(options: TransactionalWriterOptions): Promise<TransactionalWriter> {
    this.assertOpen();
    return this.remember(await InMemoryTransactionalWriter.create(this.broker, options));
  }

  async joinGroup(options: JoinOptions): Promise<GroupMember> {
    this.assertOpen();
    const counts = new Set(options.topics.map((topic) => this.broker.partitions(topic).length));
    if (counts.size > 1) {
      throw new LogError('MEMBER_DEAD', 'topics of one group need the same partition count', false);
    }
    const member = new InMemoryMember(this.broker, this.clientId, options);
    this.open.push(() => member.leave());
    return member;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.open.splice(0).map((close) => close()));
    this.broker.changed();
  }

  private remember<T extends { close(): Promise<void> }>(part: T): T {
    this.open.push(() => part.close());
    return part;
  }

  private assertOpen(): void {
    if (this.stopping.signal.aborted) throw new LogError('CLOSED', 'the log is closed', false);
  }
}
