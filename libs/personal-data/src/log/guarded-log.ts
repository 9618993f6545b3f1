import {
  type FollowOptions,
  type GroupMember,
  type JoinOptions,
  type LogRecord,
  type Membership,
  type MessageLog,
  type OutgoingRecord,
  type RecordWriter,
  type TopicPartition,
  type TopicPartitionOffset,
  type Transaction,
  type TransactionalWriter,
  type TransactionalWriterOptions,
} from '@aika/messaging';
import { asLogError } from './as-log-error.js';
import { LogStateGuard } from './log-state-guard.js';
import type { RecordGuard } from './record-guard.js';

/**
 * The log with a guard before it: what is written is sealed first, and what is read comes opened. When keys cannot be had, it fails as a log that is away does.
 *
 * @param onClose called after the log is closed
 */
export function guardLog(log: MessageLog, guard: RecordGuard, onClose?: () => Promise<void>): MessageLog {
  return new GuardedLog(log, guard, onClose);
}

class GuardedLog implements MessageLog {
  readonly stateGuard: LogStateGuard;

  constructor(
    private readonly log: MessageLog,
    private readonly guard: RecordGuard,
    private readonly onClose: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.stateGuard = new LogStateGuard(log, guard);
  }

  partitionCount(topic: string) {
    return this.log.partitionCount(topic);
  }

  identity(topic: string) {
    return this.log.identity(topic);
  }

  offsets(at: TopicPartition) {
    return this.log.offsets(at);
  }

  offsetAt(at: TopicPartition, time: number) {
    return this.log.offsetAt(at, time);
  }

  committedOffsets(groupId: string, topics: readonly string[], partitions?: readonly number[]) {
    return this.log.committedOffsets(groupId, topics, partitions);
  }

  positionStates(groupId: string, partitions: readonly TopicPartition[]) {
    return this.log.positionStates(groupId, partitions);
  }

  async *read(
    at: TopicPartition,
    range: Parameters<MessageLog['read']>[1],
  ): AsyncIterable<readonly LogRecord[]> {
    for await (const records of this.log.read(at, range)) yield await opened(this.guard, records);
  }

  async *follow(options: FollowOptions): AsyncIterable<readonly LogRecord[]> {
    for await (const records of this.log.follow(options)) yield await opened(this.guard, records);
  }

  async createWriter(): Promise<RecordWriter> {
    const writer = await this.log.createWriter();
    let turn: Promise<unknown> = Promise.resolve();
    return {
      send: async (records) => {
        const before = turn;
        const mine = sealed(this.guard, records);
        // One that waits for a key must not be overtaken by what is sent after it.
        turn = Promise.allSettled([before, mine]);
        await before;
        return writer.send(await mine);
      },
      close: () => writer.close(),
    };
  }

  async createTransactionalWriter(options: TransactionalWriterOptions): Promise<TransactionalWriter> {
    return new GuardedWriter(await this.log.createTransactionalWriter(options), this.guard);
  }

  async joinGroup(options: JoinOptions): Promise<GroupMember> {
    return new GuardedMember(await this.log.joinGroup(options), this.guard);
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.onClose();
  }
}

class GuardedWriter implements TransactionalWriter {
  constructor(
    private readonly writer: TransactionalWriter,
    private readonly guard: RecordGuard,
  ) {}

  get broken(): boolean {
    return this.writer.broken;
  }

  async begin(): Promise<Transaction> {
    const transaction = await this.writer.begin();
    return {
      send: async (records) => transaction.send(await sealed(this.guard, records)),
      commitOffsets: (membership, offsets) => transaction.commitOffsets(membership, offsets),
      commit: () => transaction.commit(),
      abort: () => transaction.abort(),
    };
  }

  close(): Promise<void> {
    return this.writer.close();
  }
}

class GuardedMember implements GroupMember {
  constructor(
    private readonly member: GroupMember,
    private readonly guard: RecordGuard,
  ) {}

  get membership(): Membership | undefined {
    return this.member.membership;
  }

  get buffered() {
    return this.member.buffered;
  }

  async poll(options: {
    readonly maxRecords: number;
    readonly waitMs: number;
  }): Promise<readonly LogRecord[]> {
    return opened(this.guard, await this.member.poll(options));
  }

  wake(): void {
    this.member.wake();
  }

  rewind(positions: readonly TopicPartitionOffset[]): Promise<void> {
    return this.member.rewind(positions);
  }

  leave(): Promise<void> {
    return this.member.leave();
  }
}

function sealed(guard: RecordGuard, records: readonly OutgoingRecord[]): Promise<readonly OutgoingRecord[]> {
  return guard.seal(records).catch(asLogError);
}

function opened(guard: RecordGuard, records: readonly LogRecord[]): Promise<readonly LogRecord[]> {
  return guard.open(records).catch(asLogError);
}
