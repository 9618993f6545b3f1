import type { LogRecord, TopicPartition } from '../ports/index.js';

interface Queue {
  records: LogRecord[];
  /** Index of the first record that was not handed out. */
  head: number;
}

/** Fetched records that wait to be polled, by partition. */
export class RecordBuffer {
  private readonly queues = new Map<string, Queue>();
  private turn = 0;
  private count = 0;

  get size(): number {
    return this.count;
  }

  sizeOf(at: TopicPartition): number {
    const queue = this.queues.get(keyOf(at));
    return queue === undefined ? 0 : queue.records.length - queue.head;
  }

  add(at: TopicPartition, records: readonly LogRecord[]): void {
    const queue = this.queues.get(keyOf(at));
    this.count += records.length;
    if (queue === undefined) this.queues.set(keyOf(at), { records: [...records], head: 0 });
    else for (const record of records) queue.records.push(record);
  }

  drop(at: TopicPartition): void {
    this.count -= this.sizeOf(at);
    this.queues.delete(keyOf(at));
  }

  clear(): void {
    this.queues.clear();
    this.count = 0;
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
    this.count -= taken.length;
    for (const [key, queue] of this.queues) if (queue.head === queue.records.length) this.queues.delete(key);
    return taken;
  }
}

function takeFrom(queue: Queue, max: number, taken: LogRecord[]): void {
  const end = Math.min(queue.records.length, queue.head + max);
  for (let n = queue.head; n < end; n += 1) taken.push(queue.records[n]!);
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
