import type { Buffered, LogRecord, TopicPartition } from '../ports/index.js';

interface Queue {
  /** Undefined where a record was handed out: it must not be kept alive from here. */
  records: (LogRecord | undefined)[];
  /** Index of the first record that was not handed out. */
  head: number;
  /** Of the records from `head` on. */
  bytes: number;
}

export interface BufferLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

const NOTHING: Buffered = { records: 0, bytes: 0 };

/** Fetched records that wait to be polled, by partition. */
export class RecordBuffer {
  private readonly queues = new Map<string, Queue>();
  private turn = 0;
  private records = 0;
  private bytes = 0;

  constructor(private readonly limits: BufferLimits) {}

  get size(): Buffered {
    return { records: this.records, bytes: this.bytes };
  }

  sizeOf(at: TopicPartition): Buffered {
    const queue = this.queues.get(keyOf(at));
    return queue === undefined ? NOTHING : { records: queue.records.length - queue.head, bytes: queue.bytes };
  }

  /**
   * What one of so many partitions may still bring; nothing when it has to wait. A partition with less than half
   * its share may bring the rest of it, so that fetches do not become small. One that holds nothing may bring a
   * batch as long as the whole has room for a byte: a batch that is longer than a share must not wait for ever.
   */
  room(at: TopicPartition, partitions: number): Buffered {
    const { maxRecords, maxBytes } = this.limits;
    const held = this.sizeOf(at);
    const share = { records: maxRecords / partitions, bytes: maxBytes / partitions };
    const pauses = held.records >= share.records || held.bytes >= share.bytes / 2;
    if (held.records > 0 && pauses) return NOTHING;
    const records = Math.min(maxRecords - this.records, Math.max(1, share.records - held.records));
    const bytes = Math.min(maxBytes - this.bytes, Math.max(1, share.bytes - held.bytes));
    return records > 0 && bytes > 0 ? { records, bytes } : NOTHING;
  }

  add(at: TopicPartition, records: readonly LogRecord[]): void {
    const queue = this.queues.get(keyOf(at)) ?? { records: [], head: 0, bytes: 0 };
    this.queues.set(keyOf(at), queue);
    for (const record of records) {
      queue.records.push(record);
      queue.bytes += recordBytes(record);
    }
    this.count();
  }

  drop(at: TopicPartition): void {
    this.queues.delete(keyOf(at));
    this.count();
  }

  clear(): void {
    this.queues.clear();
    this.count();
  }

  /**
   * At most `max` records, in order within a partition. Every partition with records gets its part, and another
   * one is the first each time, so that a long backlog does not hold back the others.
   */
  take(max: number): LogRecord[] {
    const taken: LogRecord[] = [];
    const queues = [...this.queues.values()];
    this.turn += 1;
    for (let n = 0; n < queues.length && taken.length < max; n += 1) {
      const queue = queues[(n + this.turn) % queues.length]!;
      const share = Math.ceil((max - taken.length) / (queues.length - n));
      takeFrom(queue, share, taken);
    }
    for (const queue of queues) takeFrom(queue, max - taken.length, taken);
    for (const [key, queue] of this.queues) if (queue.head === queue.records.length) this.queues.delete(key);
    this.count();
    return taken;
  }

  private count(): void {
    this.records = 0;
    this.bytes = 0;
    for (const { records, head, bytes } of this.queues.values()) {
      this.records += records.length - head;
      this.bytes += bytes;
    }
  }
}

/** Bytes of key, value and headers. */
export function recordBytes({ key, value, headers }: LogRecord): number {
  let bytes = (key?.length ?? 0) + (value?.length ?? 0);
  for (const name in headers) bytes += name.length + headers[name]!.length;
  return bytes;
}

function takeFrom(queue: Queue, max: number, taken: LogRecord[]): void {
  const end = Math.min(queue.records.length, queue.head + max);
  for (let n = queue.head; n < end; n += 1) {
    const record = queue.records[n]!;
    taken.push(record);
    queue.records[n] = undefined;
    queue.bytes -= recordBytes(record);
  }
  queue.head = end;
  // Not at every poll: moving a long backlog each time would cost more than reading it.
  if (queue.head > 1_000 && queue.head * 2 > queue.records.length) {
    queue.records = queue.records.slice(queue.head);
    queue.head = 0;
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
