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
import { KafkaCluster } from './kafka-cluster.js';
import { assertNoError, toLogError } from './kafka-errors.js';
import { KafkaGroupMember } from './kafka-group-member.js';
import { JointQuestions } from './joint-questions.js';
import {
  allPartitions,
  listOffsets,
  listOffsetsOnce,
  positionStates,
  stableCommittedOffsets,
} from './kafka-offsets.js';
import { tuningOf, type KafkaLogOptions, type KafkaLogger, type KafkaTuning } from './kafka-options.js';
import { followTopics, readPartition, type ReadRange } from './kafka-readers.js';
import {
  KafkaRecordWriter,
  KafkaTransactionalWriter,
  stepTimeoutOf,
  type WriterOptions,
} from './kafka-writers.js';
import { LEVELS, createLogger, type KafkaJsLogger } from './kafkajs-internals.js';
import { describeTopicCall } from './wire/metadata.request.js';

/** A `MessageLog` on Apache Kafka 2.5 or later. Connects when it is first used. */
export function createKafkaLog(options: KafkaLogOptions): MessageLog {
  return new KafkaLog(options);
}

interface Closable {
  close(): Promise<void>;
}

class KafkaLog implements MessageLog {
  private readonly logger: KafkaJsLogger;
  /** For questions and bounded reads; whatever blocks a connection for longer has its own. */
  private readonly shared: KafkaCluster;
  private readonly reaches: JointQuestions;
  private readonly open = new Map<KafkaCluster, Closable>();
  private readonly stopping = new AbortController();
  private readonly tuning: KafkaTuning;
  private readonly writing: WriterOptions;

  constructor(private readonly options: KafkaLogOptions) {
    this.tuning = tuningOf(options);
    this.writing = { ...this.tuning, maxBytes: options.maxRecordBytes ?? 1_000_000 };
    this.logger = kafkaJsLogger(options.logger);
    this.shared = this.newCluster();
    this.reaches = new JointQuestions(
      (partitions, position) => listOffsetsOnce(this.shared, partitions, position),
      (at, position) => listOffsets(this.shared, [at], position),
    );
  }

  partitionCount(topic: string): Promise<number> {
    return this.asking('partition count', () => this.shared.partitionCount(topic));
  }

  async identity(topic: string): Promise<TopicIdentity> {
    return this.asking('topic identity', async () => {
      const leader = await this.shared.leader({ topic, partition: 0 });
      const { errorCode, clusterId, topicId } = await this.shared.send(leader, describeTopicCall(topic));
      assertNoError(errorCode, 'Metadata');
      return { clusterId, topicId };
    });
  }

  async offsets(at: TopicPartition): Promise<PartitionOffsets> {
    this.assertOpen();
    return this.reaches.ask(at);
  }

  async offsetAt(at: TopicPartition, time: number): Promise<number> {
    this.assertOpen();
    const [found] = await listOffsets(this.shared, [at], time, this.stopping.signal);
    return found!.offset;
  }

  positionStates(groupId: string, partitions: readonly TopicPartition[]): Promise<readonly PositionState[]> {
    this.assertOpen();
    return positionStates(this.shared, groupId, partitions, this.stopping.signal);
  }

  async committedOffsets(
    groupId: string,
    topics: readonly string[],
    partitions?: readonly number[],
  ): Promise<readonly TopicPartitionOffset[]> {
    const all = await this.asking('committed offsets', () => allPartitions(this.shared, topics));
    const wanted = all.filter(({ partition }) => partitions?.includes(partition) ?? true);
    return stableCommittedOffsets(this.shared, groupId, wanted, this.stopping.signal);
  }

  read(at: TopicPartition, range: ReadRange): AsyncIterable<readonly LogRecord[]> {
    this.assertOpen();
    return readPartition(this.shared, at, range);
  }

  follow(options: FollowOptions): AsyncIterable<readonly LogRecord[]> {
    this.assertOpen();
    const signal = AbortSignal.any([options.signal, this.stopping.signal]);
    return followTopics(this.newCluster(), { ...options, signal }, this.tuning.fetchWaitMs);
  }

  async createWriter(): Promise<RecordWriter> {
    this.assertOpen();
    const cluster = this.newCluster();
    const writer = new KafkaRecordWriter(cluster, this.writing);
    this.open.set(cluster, writer);
    return writer.open();
  }

  async createTransactionalWriter(options: TransactionalWriterOptions): Promise<TransactionalWriter> {
    this.assertOpen();
    // An answer that is lost must be missed while the transaction can still be saved, or made again.
    const cluster = this.newCluster(stepTimeoutOf(options) / 2);
    this.open.set(cluster, cluster);
    const writer = await KafkaTransactionalWriter.open(cluster, options, this.writing);
    this.open.set(cluster, writer);
    return writer;
  }

  async joinGroup(options: JoinOptions): Promise<GroupMember> {
    this.assertOpen();
    await this.asking('join group', () => allPartitions(this.shared, options.topics));
    const cluster = this.newCluster();
    // A broker answers a connection's requests in turn: an urgent record must not wait behind a fetch of others.
    const member = new KafkaGroupMember(cluster, options, this.tuning, this.newCluster());
    this.open.set(cluster, { close: () => member.leave() });
    return member;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.open.values()].map((part) => part.close()));
    await this.shared.close();
  }

  /** @param longestAnswerMs bound of a request, if it is to be shorter than the log's own */
  private newCluster(longestAnswerMs = Infinity): KafkaCluster {
    const { brokers, clientId } = this.options;
    const requestTimeoutMs = Math.min(this.options.requestTimeoutMs ?? 10_000, longestAnswerMs);
    const onClose = (): void => void this.open.delete(cluster);
    const cluster = new KafkaCluster({ brokers, clientId, requestTimeoutMs, logger: this.logger, onClose });
    return cluster;
  }

  private async asking<T>(what: string, ask: () => Promise<T>): Promise<T> {
    this.assertOpen();
    try {
      const { signal } = this.stopping;
      return await this.shared.retrying({ what, timeoutMs: 30_000, signal }, ask);
    } catch (error) {
      throw toLogError(error, what);
    }
  }

  private assertOpen(): void {
    if (this.stopping.signal.aborted) throw new LogError('CLOSED', 'the log is closed', false);
  }
}

function kafkaJsLogger(logger: KafkaLogger | undefined): KafkaJsLogger {
  const level = logger === undefined ? LEVELS.NOTHING : LEVELS.WARN;
  return createLogger({
    level,
    logCreator:
      () =>
      ({ namespace, log: { message, ...details } }) =>
        // An answer that nobody waits for any more: ours gave up or closed.
        namespace === 'RequestQueue' ? undefined : logger?.warn(`${namespace}: ${message}`, details),
  });
}
