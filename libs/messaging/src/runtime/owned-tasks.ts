import type { Membership, StateSession, TopicPartitionOffset } from '../ports/index.js';
import type { Batch } from './batch.js';
import type { EffectRunner } from './effect-runner.js';
import { pause, Turns } from '../timing.js';
import type { ParkedKey } from './parked-key.js';
import type { EffectEntry } from './partition-state.js';
import { type PartitionTask, restoreTask, startingPosition } from './partition-task.js';
import { endLeftOpen, type PredecessorsOptions } from './predecessors.js';
import { kindOf } from './state-key.js';
import type { StateStores } from './state-store.js';

export interface OwnedTasksOptions extends PredecessorsOptions {
  readonly stores: StateStores;
  readonly effects: EffectRunner;
}

/** The tasks of the partitions that this process owns, with the effects that are pending in them. */
export class OwnedTasks {
  private readonly tasks = new Map<number, PartitionTask>();
  /** Stores that are being closed or discarded. */
  private readonly closing = new Set<Promise<void>>();

  /** Opens what the handlers of a batch read, where the stores hold entries in the form of the log. */
  readonly session: StateSession | undefined;

  constructor(private readonly options: OwnedTasksOptions) {
    this.session = options.stores.guard?.session();
  }

  get(partition: number): PartitionTask | undefined {
    return this.tasks.get(partition);
  }

  all(): readonly PartitionTask[] {
    return [...this.tasks.values()];
  }

  /** Where every input topic of every task is read on. */
  positions(): readonly TopicPartitionOffset[] {
    return [...this.tasks.values()].flatMap((task) => task.positions());
  }

  get parked(): readonly ParkedKey[] {
    return [...this.tasks.values()].flatMap((task) => [...task.state.parked.values()]);
  }

  /** Tasks whose local store can no longer be used. */
  get damaged(): readonly PartitionTask[] {
    return [...this.tasks.values()].filter((task) => task.state.store.failure !== undefined);
  }

  /** Resolves at once, or when the stores' writing has caught up. */
  async room(): Promise<void> {
    for (const task of this.tasks.values()) await task.state.store.room();
  }

  /** When the next timer is due, milliseconds since 1970 UTC; Infinity without one. */
  nextDue(): number {
    return Math.min(
      Infinity,
      ...[...this.tasks.values()].map((task) => task.state.store.nextDue() ?? Infinity),
    );
  }

  /**
   * Drops all but `kept`, and restores what else the membership gives.
   *
   * @param endsOf tells up to where the changelogs have to be read; given the committed position of each partition's
   * inbox
   * @returns the partitions restored
   */
  async takeOver(
    membership: Membership,
    kept: readonly number[],
    endsOf: (inboxes: readonly TopicPartitionOffset[]) => Promise<ReadonlyMap<number, number>>,
  ): Promise<readonly number[]> {
    const { log, topics, inboxTopic, effects } = this.options;
    for (const partition of [...this.tasks.keys()]) if (!kept.includes(partition)) this.drop(partition);
    const gained = membership.partitions.filter((partition) => !this.tasks.has(partition));
    await endLeftOpen(membership.groupId, gained, this.options);
    const committed = await log.committedOffsets(membership.groupId, topics, gained);
    const inboxes = gained.map((partition) =>
      startingPosition({ topic: inboxTopic, partition }, { log, committed }),
    );
    const changelogEnds = await endsOf(await Promise.all(inboxes));
    const { session } = this;
    const options = { ...this.options, session, committed, changelogEnds, turns: new Turns() };
    // At once: while one changelog is under way from its broker, another one is read in.
    const restores = gained.map((partition) => restoreTask(partition, options));
    for (const task of await this.completed(restores)) {
      this.tasks.set(task.partition, task);
      for (const [key, entry] of task.state.effects) effects.start(task.partition, key, entry);
    }
    return gained;
  }

  /** All of them, or none: what was restored beside a failure is closed again. */
  private async completed(restores: readonly Promise<PartitionTask>[]): Promise<readonly PartitionTask[]> {
    const ended = await Promise.allSettled(restores);
    const failed = ended.find((end) => end.status === 'rejected');
    const tasks = ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    if (!failed) return tasks;
    for (const task of tasks) this.close(task);
    throw failed.reason as Error;
  }

  /** Its records were only passed over: their positions wait for a transaction. */
  passedOver(batch: Batch): void {
    for (const position of batch.offsets) this.get(position.partition)?.passedOver(position);
  }

  /**
   * Completes the batch's positions; they are part of a transaction now. Every partition that takes part commits one,
   * if only an unchanged one: it is with the positions that the broker checks the generation, and a transaction of
   * timers alone would escape the check.
   */
  submit(batch: Batch): void {
    const taken = new Set(batch.offsets.map(({ topic, partition }) => `${topic}/${partition}`));
    for (const position of this.all().flatMap((task) => task.passedPositions())) {
      if (!taken.has(`${position.topic}/${position.partition}`)) batch.position(position);
    }
    for (const partition of batch.partitions) {
      if (batch.hasPosition(partition)) continue;
      const topic = this.options.inboxTopic;
      batch.position({ topic, partition, offset: this.get(partition)?.position(topic) ?? 0 });
    }
    for (const position of batch.offsets) this.get(position.partition)?.submitted(position);
  }

  committed(batch: Batch): void {
    for (const position of batch.offsets) this.get(position.partition)?.committed(position);
  }

  /** Those that the batch has asked for. */
  startEffects(batch: Batch): void {
    for (const partition of batch.partitions) {
      const task = this.get(partition);
      if (!task) continue;
      for (const [key, value] of batch.part(partition, task.state).overlay.changes) {
        if (value === null || kindOf(key) !== 'effect') continue;
        this.options.effects.start(partition, key, JSON.parse(value) as EffectEntry);
      }
    }
  }

  /** Goes back to what is committed. */
  reset(): void {
    for (const task of this.tasks.values()) task.reset();
  }

  dropAll(): void {
    for (const partition of [...this.tasks.keys()]) this.drop(partition);
  }

  /** Resolves when all stores of dropped tasks are closed, or after a time in milliseconds. */
  async closed(timeoutMs: number): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([Promise.all(this.closing), pause(timeoutMs, waiting.signal)]);
    waiting.abort();
  }

  /** What is damaged goes for good; what is whole is kept for the next opening. */
  private drop(partition: number): void {
    const task = this.tasks.get(partition);
    this.tasks.delete(partition);
    this.options.effects.drop(partition);
    if (task) this.close(task);
  }

  private close({ state: { store } }: PartitionTask): void {
    const closing = store.failure === undefined ? store.close() : store.discard();
    const ended = closing.finally(() => this.closing.delete(ended));
    this.closing.add(ended);
  }
}
