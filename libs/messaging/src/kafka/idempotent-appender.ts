import {
  LogError,
  type OutgoingRecord,
  type TopicPartition,
  type TopicPartitionOffset,
} from '../ports/index.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { BrokerError, KAFKA_ERRORS, isTransient } from './kafka-errors.js';
import type { Compression } from './wire/compression.js';
import { produceCall, type ProducedPartition } from './wire/produce.request.js';
import {
  BATCH_HEADER_BYTES,
  encodeRecordBatch,
  toEncodable,
  type EncodableRecord,
} from './wire/record-batch.encoder.js';

const SEQUENCE_NUMBERS = 2 ** 31;

export interface ProducerIdentity {
  readonly producerId: string;
  readonly producerEpoch: number;
}

export interface AppenderOptions {
  readonly transactionalId: string | null;
  /** Greatest size of one record in bytes. */
  readonly maxBytes: number;
  /** Records of one partition travel in batches of at most so many bytes; a longer record travels alone. */
  readonly maxBatchBytes: number;
  readonly compression: Compression;
}

export type AppenderCluster = Pick<KafkaCluster, 'leader' | 'send' | 'retrying' | 'requestTimeoutMs'>;

/** Records of one partition that travel together; `bytes` stay the same over all repeats. */
interface PendingBatch extends TopicPartition {
  readonly bytes: Buffer;
  /** Positions of its records in the list that was sent. */
  readonly indexes: readonly number[];
}

interface Chunk extends TopicPartition {
  readonly records: readonly EncodableRecord[];
  readonly indexes: readonly number[];
}

/**
 * Appends records under one producer id. A batch keeps its sequence number over all repeats, so that the broker
 * recognises one that it has already; only the batches that failed are repeated, and every partition that was
 * sent to must have answered (kafkajs forgets a partition that moves to a broker which has answered already).
 * After an error the sequence numbers are unknown: throw the appender away.
 */
export class IdempotentAppender {
  private readonly sequences = new Map<string, number>();

  constructor(
    private readonly cluster: AppenderCluster,
    readonly identity: ProducerIdentity,
    private readonly options: AppenderOptions,
  ) {}

  /**
   * Position of each record, in the order given; -1 where the broker does not know it any more.
   * @throws the broker's or the connection's error when the time is over or a repeat is of no use
   */
  async append(records: readonly OutgoingRecord[], timeoutMs: number): Promise<TopicPartitionOffset[]> {
    const positions = records.map(({ topic, partition }) => ({ topic, partition, offset: -1 }));
    for (const round of this.rounds(records)) {
      const batches = round.map((chunk) => this.toBatch(chunk));
      const bases = await this.appendBatches(batches, timeoutMs);
      batches.forEach(({ indexes }, n) => {
        const base = bases[n]!;
        if (base >= 0) indexes.forEach((index, delta) => (positions[index]!.offset = base + delta));
      });
    }
    return positions;
  }

  /** Bytes of the records in all. @throws LogError `RECORD_TOO_LARGE` before anything is sent */
  static assertSizes(records: readonly OutgoingRecord[], maxBytes: number): number {
    let bytes = 0;
    for (const record of records) {
      const encodable = toEncodable(record, 0);
      assertSize(record, encodable, maxBytes);
      bytes += encodable.size;
    }
    return bytes;
  }

  /** Batches that may travel at once: one of each partition, because the broker takes no more in a request. */
  private rounds(records: readonly OutgoingRecord[]): Chunk[][] {
    const rounds: Chunk[][] = [];
    const now = Date.now();
    const indexed = records.map((record, index) => ({ record, index }));
    const partitions = Map.groupBy(indexed, ({ record }) => partitionKey(record));
    for (const items of partitions.values()) {
      const { topic, partition } = items[0]!.record;
      splitBySize(items, now, this.options).forEach((chunk, n) => {
        (rounds[n] ??= []).push({ topic, partition, ...chunk });
      });
    }
    return rounds;
  }

  private toBatch({ topic, partition, records, indexes }: Chunk): PendingBatch {
    const key = partitionKey({ topic, partition });
    const baseSequence = this.sequences.get(key) ?? 0;
    this.sequences.set(key, (baseSequence + records.length) % SEQUENCE_NUMBERS);
    const { transactionalId, compression } = this.options;
    const producer = { ...this.identity, baseSequence, transactional: transactionalId !== null };
    const bytes = encodeRecordBatch(records, producer, compression);
    return { topic, partition, indexes, bytes };
  }

  private async appendBatches(batches: readonly PendingBatch[], timeoutMs: number): Promise<number[]> {
    const bases = new Map<PendingBatch, number>();
    await this.cluster.retrying({ what: 'append', timeoutMs }, async () => {
      const open = batches.filter((batch) => !bases.has(batch));
      await this.attempt(open, (batch, base) => bases.set(batch, base));
    });
    return batches.map((batch) => bases.get(batch)!);
  }

  /** Tries every open batch once. @throws the first error, final ones before those worth a repeat */
  private async attempt(
    open: readonly PendingBatch[],
    done: (batch: PendingBatch, base: number) => void,
  ): Promise<void> {
    const errors: unknown[] = [];
    const byLeader = new Map<number, PendingBatch[]>();
    for (const batch of open) {
      const leader = await this.cluster.leader(batch);
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), batch]);
    }
    await Promise.all(
      [...byLeader].map(async ([nodeId, batches]) => {
        try {
          const answers = await this.produce(nodeId, batches);
          for (const batch of batches) takeAnswer(batch, answers, done, errors);
        } catch (error) {
          errors.push(error);
        }
      }),
    );
    if (errors.length > 0) throw errors.find((error) => !isTransient(error)) ?? errors[0];
  }

  private produce(nodeId: number, batches: readonly PendingBatch[]): Promise<readonly ProducedPartition[]> {
    const { transactionalId } = this.options;
    const timeoutMs = this.cluster.requestTimeoutMs;
    return this.cluster.send(nodeId, produceCall({ transactionalId, batches, timeoutMs }));
  }
}

function takeAnswer(
  batch: PendingBatch,
  answers: readonly ProducedPartition[],
  done: (batch: PendingBatch, base: number) => void,
  errors: unknown[],
): void {
  const answer = answers.find(
    ({ topic, partition }) => topic === batch.topic && partition === batch.partition,
  );
  if (answer === undefined) {
    const where = `${batch.topic}-${batch.partition}`;
    errors.push(new LogError('UNAVAILABLE', `the broker's answer leaves out ${where}`, true));
  } else if (answer.errorCode === 0) {
    done(batch, answer.baseOffset);
  } else if (answer.errorCode === KAFKA_ERRORS.DUPLICATE_SEQUENCE_NUMBER) {
    // An earlier try was appended and its answer lost.
    done(batch, -1);
  } else {
    errors.push(new BrokerError(answer.errorCode, 'Produce'));
  }
}

function splitBySize(
  items: readonly { readonly record: OutgoingRecord; readonly index: number }[],
  now: number,
  { maxBytes, maxBatchBytes }: AppenderOptions,
): { records: EncodableRecord[]; indexes: number[] }[] {
  const chunks: { records: EncodableRecord[]; indexes: number[]; size: number }[] = [];
  for (const { record, index } of items) {
    const encodable = toEncodable(record, now);
    assertSize(record, encodable, maxBytes);
    let chunk = chunks.at(-1);
    if (chunk === undefined || chunk.size + encodable.size > maxBatchBytes) {
      chunk = { records: [], indexes: [], size: BATCH_HEADER_BYTES };
      chunks.push(chunk);
    }
    chunk.records.push(encodable);
    chunk.indexes.push(index);
    chunk.size += encodable.size;
  }
  return chunks;
}

function assertSize(record: OutgoingRecord, { size }: EncodableRecord, maxBytes: number): void {
  const bytes = size + BATCH_HEADER_BYTES;
  if (bytes <= maxBytes) return;
  const where = `${record.topic}-${record.partition}`;
  throw new LogError('RECORD_TOO_LARGE', `record of ${bytes} bytes for ${where}: at most ${maxBytes}`, false);
}

function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
