import type {
  FollowOptions,
  GroupMember,
  JoinOptions,
  LogRecord,
  MessageLog,
  PartitionOffsets,
  PositionState,
  RecordWriter,
  TopicIdentity,
  TopicPartition,
  TopicPartitionOffset,
  TransactionalWriter,
  TransactionalWriterOptions,
} from '../ports/index.js';
import { SimulatedMember } from './simulated-member.js';
import type { SimulatedProcess } from './simulated-process.js';
import { SimulatedTransactionalWriter } from './simulated-writer.js';

export interface SimulatedLogOptions {
  readonly inner: MessageLog;
  readonly process: SimulatedProcess;
  /** Resolves at the next change on the log, and after a time at the latest. */
  readonly nextChange: (ms: number) => Promise<void>;
}

/** A connection over which each operation takes time and can fail: see `SimulatedProcess`. */
export class SimulatedLog implements MessageLog {
  private readonly inner: MessageLog;
  private readonly process: SimulatedProcess;

  constructor(private readonly options: SimulatedLogOptions) {
    this.inner = options.inner;
    this.process = options.process;
  }

  partitionCount(topic: string): Promise<number> {
    return this.process.operation('partitionCount', () => this.inner.partitionCount(topic));
  }

  identity(topic: string): Promise<TopicIdentity> {
    return this.process.operation('identity', () => this.inner.identity(topic));
  }

  offsets(at: TopicPartition): Promise<PartitionOffsets> {
    return this.process.operation('offsets', () => this.inner.offsets(at));
  }

  offsetAt(at: TopicPartition, time: number): Promise<number> {
    return this.process.operation('offsets', () => this.inner.offsetAt(at, time));
  }

  committedOffsets(
    groupId: string,
    topics: readonly string[],
    partitions?: readonly number[],
  ): Promise<readonly TopicPartitionOffset[]> {
    return this.process.operation('committedOffsets', () =>
      this.inner.committedOffsets(groupId, topics, partitions),
    );
  }

  positionStates(groupId: string, partitions: readonly TopicPartition[]): Promise<readonly PositionState[]> {
    return this.process.operation('positionStates', () => this.inner.positionStates(groupId, partitions));
  }

  async *read(
    at: TopicPartition,
    range: { readonly from: number; readonly until: number; readonly signal?: AbortSignal },
  ): AsyncGenerator<readonly LogRecord[]> {
    const batches = this.inner.read(at, range)[Symbol.asyncIterator]();
    for (;;) {
      const batch = await this.process.operation('read', () => batches.next());
      if (batch.done) return;
      yield batch.value;
    }
  }

  follow(options: FollowOptions): AsyncIterable<readonly LogRecord[]> {
    return this.inner.follow(options);
  }

  async createWriter(): Promise<RecordWriter> {
    const writer = await this.process.operation('createWriter', () => this.inner.createWriter());
    return {
      send: (records) => this.process.operation('write', () => writer.send(records)),
      close: () => this.process.outside(() => writer.close()),
    };
  }

  async createTransactionalWriter(options: TransactionalWriterOptions): Promise<TransactionalWriter> {
    const writer = await this.process.operation('createTransactionalWriter', () =>
      this.inner.createTransactionalWriter(options),
    );
    return new SimulatedTransactionalWriter(writer, this.process);
  }

  async joinGroup(options: JoinOptions): Promise<GroupMember> {
    const member = await this.process.operation('joinGroup', () => this.inner.joinGroup(options));
    return new SimulatedMember(member, this.process, this.options.nextChange);
  }

  close(): Promise<void> {
    return this.process.outside(() => this.inner.close());
  }
}
