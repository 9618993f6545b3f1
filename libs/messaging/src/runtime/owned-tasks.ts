import type { Membership, MessageLog, TopicPartitionOffset } from '../ports/index.js';
import type { EffectRunner } from './effect-runner.js';
import type { ParkedKey } from './parked-key.js';
import { type PartitionTask, restoreTask } from './partition-task.js';

export interface OwnedTasksOptions {
  readonly log: MessageLog;
  /** Full names of the input topics. */
  readonly topics: readonly string[];
  readonly stateTopic: string;
  readonly effects: EffectRunner;
  readonly signal: AbortSignal;
}

/** The tasks of the partitions that this process owns, with the effects that are pending in them. */
export class OwnedTasks {
  private readonly tasks = new Map<number, PartitionTask>();

  constructor(private readonly options: OwnedTasksOptions) {}

  get(partition: number): PartitionTask | undefined {
    return this.tasks.get(partition);
  }

  all(): Iterable<PartitionTask> {
    return this.tasks.values();
  }

  /** Where every input topic of every task is read on. */
  positions(): readonly TopicPartitionOffset[] {
    return [...this.tasks.values()].flatMap((task) => task.positions());
  }

  get parked(): readonly ParkedKey[] {
    return [...this.tasks.values()].flatMap((task) => [...task.state.parked.values()]);
  }

  /** When the next timer is due, milliseconds since 1970 UTC; Infinity without one. */
  nextDue(): number {
    return Math.min(
      Infinity,
      ...[...this.tasks.values()].map((task) => task.state.timers.next() ?? Infinity),
    );
  }

  /** Drops all but `kept`, and restores what else the membership gives. @returns the partitions restored */
  async takeOver(membership: Membership, kept: readonly number[]): Promise<readonly number[]> {
    const { log, topics, effects } = this.options;
    for (const partition of [...this.tasks.keys()]) if (!kept.includes(partition)) this.drop(partition);
    const gained = membership.partitions.filter((partition) => !this.tasks.has(partition));
    const committed = await log.committedOffsets(membership.groupId, topics);
    // At once: while one changelog is under way from its broker, another one is read in.
    const restored = await Promise.all(
      gained.map((partition) => restoreTask(partition, { ...this.options, committed })),
    );
    for (const task of restored) {
      this.tasks.set(task.partition, task);
      for (const [key, entry] of task.state.effects) effects.start(task.partition, key, entry);
    }
    return gained;
  }

  /** Goes back to what is committed. */
  reset(): void {
    for (const task of this.tasks.values()) task.reset();
  }

  dropAll(): void {
    for (const partition of [...this.tasks.keys()]) this.drop(partition);
  }

  private drop(partition: number): void {
    this.tasks.delete(partition);
    this.options.effects.drop(partition);
  }
}
