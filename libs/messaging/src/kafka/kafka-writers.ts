import {
  LogError,
  type OutgoingRecord,
  type RecordWriter,
  type TopicPartitionOffset,
  type Transaction,
  type TransactionalWriter,
  type TransactionalWriterOptions,
} from '../ports/index.js';
import { IdempotentAppender } from './idempotent-appender.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { toLogError } from './kafka-errors.js';
import { KafkaTransaction } from './kafka-transaction.js';
import { plainIdentity, transactionalIdentity } from './producer-identity.js';
import { pause } from '../timing.js';
import type { Compression } from './wire/compression.js';

/** How long a send may be repeated before it fails, in milliseconds. */
const DELIVERY_TIMEOUT_MS = 60_000;

export interface WriterOptions {
  /** Greatest size of one record in bytes. */
  readonly maxBytes: number;
  readonly maxBatchBytes: number;
  readonly compression: Compression;
  /** How long the first record of a request waits for others, in milliseconds; at most. */
  readonly lingerMs: number;
}

interface WaitingSend {
  readonly records: readonly OutgoingRecord[];
  readonly resolve: (positions: readonly TopicPartitionOffset[]) => void;
  readonly reject: (error: LogError) => void;
}

/**
 * Idempotent writer. What arrives while a request is under way travels together in the next one: many small
 * sends at once cost few requests, and a single one waits for nothing but `lingerMs`.
 */
export class KafkaRecordWriter implements RecordWriter {
  private waiting: WaitingSend[] = [];
  private waitingBytes = 0;
  private oldestAt = 0;
  /** Aborted when there is enough to write, or nothing more to come. */
  private lingering = new AbortController();
  private writing: Promise<void> | undefined;
  private appender: IdempotentAppender | undefined;
  private closed = false;

  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: WriterOptions,
  ) {}

  /** Takes the producer id, so that an unreachable cluster is noticed here and not at the first send. */
  async open(): Promise<this> {
    try {
      this.appender = await this.newAppender();
      return this;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async send(records: readonly OutgoingRecord[]): Promise<readonly TopicPartitionOffset[]> {
    if (this.closed) throw new LogError('CLOSED', 'the writer is closed', false);
    if (records.length === 0) return [];
    const bytes = IdempotentAppender.assertSizes(records, this.options.maxBytes);
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) this.oldestAt = performance.now();
      this.waiting.push({ records, resolve, reject });
      this.waitingBytes += bytes;
      if (this.waitingBytes >= this.options.maxBatchBytes) this.lingering.abort();
      this.writing ??= this.writeWaiting();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.lingering.abort();
    await this.writing;
    await this.cluster.close();
  }

  private async writeWaiting(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        await this.linger();
        const waiting = this.waiting;
        this.waiting = [];
        this.waitingBytes = 0;
        this.lingering = new AbortController();
        const group = await this.withKnownPartitions(waiting);
        if (group.length > 0) await this.writeTogether(group);
      }
    } finally {
      // In the same turn as the look at what waits: what came in between would wait for ever.
      this.writing = undefined;
    }
  }

  private async linger(): Promise<void> {
    const left = this.options.lingerMs - (performance.now() - this.oldestAt);
    if (left > 0 && !this.closed) await pause(left, this.lingering.signal);
  }

  private async writeTogether(group: readonly WaitingSend[]): Promise<void> {
    try {
      this.appender ??= await this.newAppender();
      const records = group.flatMap((send) => send.records);
      const positions = await this.appender.append(records, DELIVERY_TIMEOUT_MS);
      let from = 0;
      for (const { records: sent, resolve } of group) resolve(positions.slice(from, (from += sent.length)));
    } catch (error) {
      // A record that timed out may be in the log: its sequence number must not be used for another one.
      this.appender = undefined;
      const failure = toLogError(error, 'send');
      const isOfOneRecord = failure.code === 'RECORD_TOO_LARGE' || failure.code === 'RECORD_REFUSED';
      if (isOfOneRecord && group.length > 1) await this.writeOneByOne(group);
      else for (const { reject } of group) reject(failure);
    }
  }

  /** A topic that does not exist is refused alone, not together with what happens to travel with it. */
  private async withKnownPartitions(waiting: readonly WaitingSend[]): Promise<readonly WaitingSend[]> {
    const known: WaitingSend[] = [];
    for (const send of waiting) {
      try {
        for (const record of send.records) await this.assertPartition(record);
        known.push(send);
      } catch (error) {
        send.reject(toLogError(error, 'send'));
      }
    }
    return known;
  }

  private async assertPartition({ topic, partition }: OutgoingRecord): Promise<void> {
    const count = await this.cluster.partitionCount(topic);
    if (partition >= 0 && partition < count) return;
    throw new LogError('UNKNOWN_TOPIC', `topic ${topic} has no partition ${partition}`, false);
  }

  /**
   * A record that its topic does not take must not fail what happened to travel with it. Others of the group may
   * be in the log twice then: ids tell.
   */
  private async writeOneByOne(group: readonly WaitingSend[]): Promise<void> {
    for (const { records, resolve, reject } of group) {
      try {
        this.appender ??= await this.newAppender();
        resolve(await this.appender.append(records, DELIVERY_TIMEOUT_MS));
      } catch (error) {
        this.appender = undefined;
        reject(toLogError(error, 'send'));
      }
    }
  }

  private async newAppender(): Promise<IdempotentAppender> {
    const identity = await plainIdentity(this.cluster);
    return new IdempotentAppender(this.cluster, identity, { ...this.options, transactionalId: null });
  }
}

export class KafkaTransactionalWriter implements TransactionalWriter {
  private failed = false;
  private current: KafkaTransaction | undefined;
  private closed = false;

  private constructor(
    private readonly cluster: KafkaCluster,
    private readonly appender: IdempotentAppender,
    private readonly options: TransactionalWriterOptions,
  ) {}

  /** @throws LogError `UNAVAILABLE` */
  static async open(
    cluster: KafkaCluster,
    options: TransactionalWriterOptions,
    writing: Omit<WriterOptions, 'lingerMs'>,
  ): Promise<KafkaTransactionalWriter> {
    const { transactionalId, transactionTimeoutMs } = options;
    try {
      const identity = await transactionalIdentity(cluster, transactionalId, transactionTimeoutMs);
      const appender = new IdempotentAppender(cluster, identity, { ...writing, transactionalId });
      return new KafkaTransactionalWriter(cluster, appender, options);
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  get broken(): boolean {
    return this.failed;
  }

  begin(): Promise<Transaction> {
    const refusal = this.refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    this.current = new KafkaTransaction({
      cluster: this.cluster,
      appender: this.appender,
      transactionalId: this.options.transactionalId,
      owner: this.options.owner,
      stepTimeoutMs: stepTimeoutOf(this.options),
      commitTimeoutMs: this.options.transactionTimeoutMs,
      onFailure: () => {
        this.failed = true;
      },
      onEnd: () => {
        this.current = undefined;
      },
    });
    return Promise.resolve(this.current);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.current?.abort();
    await this.cluster.close();
  }

  private refusal(): LogError | undefined {
    const { transactionalId } = this.options;
    if (this.closed) return new LogError('CLOSED', `writer ${transactionalId} is closed`, false);
    if (this.failed) return new LogError('TRANSACTION_FAILED', `writer ${transactionalId} is broken`, true);
    if (this.current === undefined) return undefined;
    return new LogError('TRANSACTION_FAILED', `writer ${transactionalId} has an open transaction`, false);
  }
}

/** Bound of every step before the commit, milliseconds. */
export function stepTimeoutOf({ stepTimeoutMs, transactionTimeoutMs }: TransactionalWriterOptions): number {
  return Math.min(stepTimeoutMs ?? transactionTimeoutMs, transactionTimeoutMs);
}
