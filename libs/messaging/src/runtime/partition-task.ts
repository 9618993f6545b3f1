import { LogError, type MessageLog, type TopicPartitionOffset } from '../ports/index.js';
import { PartitionState } from './partition-state.js';

/** One owned partition number: its committed state, and how far each input topic is handled and committed. */
export class PartitionTask {
  readonly state = new PartitionState();
  /** Where each topic is read on: past all that has been handled, committed or not. */
  private readonly next = new Map<string, number>();
  private readonly committedNext = new Map<string, number>();
  /** Topics with records that were only passed over and whose position no transaction has taken along yet. */
  private readonly passed = new Set<string>();

  constructor(readonly partition: number) {}

  positions(): readonly TopicPartitionOffset[] {
    return this.toPositions([...this.next]);
  }

  /** Positions of what was passed over, for the next transaction. */
  passedPositions(): readonly TopicPartitionOffset[] {
    return this.positions().filter(({ topic }) => this.passed.has(topic));
  }

  /** Offset of the next record of `topic` that is to be handled. */
  position(topic: string): number {
    return this.next.get(topic) ?? 0;
  }

  passedOver({ topic, offset }: TopicPartitionOffset): void {
    this.next.set(topic, offset);
    this.passed.add(topic);
  }

  /** The position is part of a transaction now. */
  submitted({ topic, offset }: TopicPartitionOffset): void {
    this.next.set(topic, offset);
    this.passed.delete(topic);
  }

  committed({ topic, offset }: TopicPartitionOffset): void {
    this.committedNext.set(topic, offset);
    // Also when it is 0: a topic without a position would be left out when the member goes back.
    if (!this.next.has(topic) || this.position(topic) < offset) this.next.set(topic, offset);
  }

  /** Goes back to what is committed. */
  reset(): void {
    for (const [topic, offset] of this.committedNext) this.next.set(topic, offset);
    this.passed.clear();
  }

  private toPositions(offsets: readonly (readonly [string, number])[]): readonly TopicPartitionOffset[] {
    return offsets.map(([topic, offset]) => ({ topic, partition: this.partition, offset }));
  }
}

export interface RestoreOptions {
  readonly log: MessageLog;
  readonly topics: readonly string[];
  readonly stateTopic: string;
  readonly committed: readonly TopicPartitionOffset[];
  readonly signal: AbortSignal;
}

/**
 * Builds a task from the log: its state is exactly what belongs to the committed offsets. These were read
 * first, waiting for pending commits; then the changelog is read up to the high watermark, because markers
 * of committed transactions reach its partition on their own time.
 */
export async function restoreTask(partition: number, options: RestoreOptions): Promise<PartitionTask> {
  const { log, stateTopic, signal } = options;
  const task = new PartitionTask(partition);
  const at = { topic: stateTopic, partition };
  const { start, end } = await log.offsets(at);
  for await (const records of log.read(at, { from: start, until: end, signal })) {
    task.state.apply(records.map(({ key, value }) => [key?.toString() ?? '', value?.toString() ?? null]));
  }
  for (const topic of options.topics) {
    const known = options.committed.find((c) => c.topic === topic && c.partition === partition);
    task.committed({
      topic,
      partition,
      offset: known?.offset ?? (await log.offsets({ topic, partition })).start,
    });
  }
  return task;
}

/** @throws LogError when the topics that share partition numbers do not have the same count */
export async function assertSamePartitionCount(log: MessageLog, topics: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    topics.map(async (topic) => [topic, await log.partitionCount(topic)] as const),
  );
  const [first] = counts;
  if (!first) throw new TypeError('No topics given.');
  const odd = counts.filter(([, count]) => count !== first[1]);
  if (odd.length > 0) {
    const found = [first, ...odd].map(([topic, count]) => `${topic} has ${count}`).join(', ');
    throw new LogError(
      'UNKNOWN_TOPIC',
      `Inputs and state need the same number of partitions: ${found}.`,
      false,
    );
  }
  return first[1];
}
