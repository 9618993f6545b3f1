import type { Buffered, LogRecord, TopicPartition, TopicPartitionOffset } from '../ports/index.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { type FetcherOptions, PartitionFetcher } from './partition-fetcher.js';
import { type BufferLimits, RecordBuffer } from './record-buffer.js';

export interface ReaderOptions {
  readonly topics: readonly string[];
  readonly fetch: FetcherOptions;
  readonly buffer: BufferLimits;
}

export interface ReaderHandlers {
  /** There is something to take. */
  arrived(): void;
  /** The partition is read no further. */
  failed(at: TopicPartition, error: unknown): void;
}

/**
 * Some topics of a group member: read over connections of their own into a buffer of their own, so that neither
 * the backlog of the other topics nor a fetch that waits for them holds these up.
 */
export class BufferedReader {
  private readonly assigned = new Set<string>();
  private readonly buffer: RecordBuffer;
  private readonly fetcher: PartitionFetcher;

  constructor(
    cluster: KafkaCluster,
    private readonly options: ReaderOptions,
    handlers: ReaderHandlers,
  ) {
    this.buffer = new RecordBuffer(options.buffer);
    this.fetcher = new PartitionFetcher(cluster, options.fetch, {
      room: (at) => this.buffer.room(at, Math.max(1, this.assigned.size)),
      records: (at, records) => {
        if (records.length === 0) return;
        this.buffer.add(at, records);
        handlers.arrived();
      },
      failed: (at, error) => handlers.failed(at, error),
    });
  }

  get buffered(): Buffered {
    return this.buffer.size;
  }

  reads(topic: string): boolean {
    return this.options.topics.includes(topic);
  }

  /** Reads on from here, without what is buffered of the partition. */
  assign(position: TopicPartitionOffset): void {
    this.assigned.add(keyOf(position));
    this.buffer.drop(position);
    this.fetcher.assign(position);
  }

  remove(at: TopicPartition): void {
    this.assigned.delete(keyOf(at));
    this.fetcher.remove(at);
    this.buffer.drop(at);
  }

  /** At most `max` records, in order within a partition. */
  take(max: number): readonly LogRecord[] {
    if (max <= 0) return [];
    const records = this.buffer.take(max);
    if (records.length > 0) this.fetcher.notify();
    return records;
  }

  /** To be called when room was made otherwise than by `take`. */
  notify(): void {
    this.fetcher.notify();
  }

  async stop(): Promise<void> {
    await this.fetcher.stop();
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
