import {
  type GroupMember,
  isSameMembership,
  keptPartitions,
  LogError,
  type LogRecord,
  type Membership,
  type MessageLog,
  type TopicPartitionOffset,
} from '../ports/index.js';
import { Batch } from './batch.js';
import { type Arrival, fillBatch } from './batch-filling.js';
import { BatchLimit } from './batch-limit.js';
import type { BatchProcessor } from './batch-processor.js';
import { CommitPipeline, type Flight } from './commit-pipeline.js';
import type { EffectOutcome, EffectRunner } from './effect-runner.js';
import type { EffectEntry } from './partition-state.js';
import { OwnedTasks } from './owned-tasks.js';
import type { ParkedKey } from './parked-key.js';
import { PoisonFinder } from './poison-finder.js';
import { type RuntimeLogger, stackOf } from './runtime-logger.js';
import type { DeliverySettings } from './runtime-options.js';
import { kindOf } from './state-key.js';
import type { StateStores } from './state-store.js';
import { WriterPair } from './writer-pair.js';

const LONGEST_POLL_MS = 500;
const TIMERS_PER_BATCH = 1000;
const RETRY_PAUSE_MS = 50;
/** A batch is to take this part of its longest time: so long an urgent message waits for it at most. */
const BATCHES_PER_TIME = 4;

export interface SessionOptions {
  readonly log: MessageLog;
  readonly member: GroupMember;
  /** Full names of the input topics. */
  readonly topics: readonly string[];
  readonly inboxTopic: string;
  readonly stateTopic: string;
  readonly transactionalIdPrefix: string;
  readonly processor: BatchProcessor;
  readonly effects: EffectRunner;
  readonly stores: StateStores;
  readonly settings: DeliverySettings;
  readonly logger: RuntimeLogger;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly onAssigned: (membership: Membership) => void;
  /** After a commit, or when a batch needed none. */
  readonly onBatch: (batch: Batch, isCommitted: boolean) => void;
}

/**
 * One membership of the group from joining to leaving, and the one commit loop of the process: poll, handle,
 * commit outputs, changelog and offsets of all owned partitions in one transaction. The next batch is handled
 * while the last one commits.
 */
export class AgentSession {
  private readonly tasks: OwnedTasks;
  private readonly limit: BatchLimit;
  private writers: WriterPair | undefined;
  private pipeline: CommitPipeline | undefined;
  /** The generation that the tasks belong to; undefined = restore all. */
  private current: Membership | undefined;
  /** Since when positions wait for a transaction, on the monotonic clock: the wall clock may jump. */
  private idleSince: number | undefined;
  private readonly poison = new PoisonFinder();

  constructor(private readonly options: SessionOptions) {
    this.tasks = new OwnedTasks(options);
    this.limit = new BatchLimit(options.settings.batchSize, options.settings.batchTimeMs / BATCHES_PER_TIME);
  }

  /** Parked keys of all owned partitions. */
  get parked(): readonly ParkedKey[] {
    return this.tasks.parked;
  }

  /** When the next timer or parked key is due, milliseconds since 1970 UTC; Infinity when none is. */
  get nextDue(): number {
    return this.tasks.nextDue();
  }

  /** Runs until the signal aborts. @throws LogError `MEMBER_DEAD` and others after which a new session is due */
  async run(): Promise<void> {
    const { member, signal } = this.options;
    await this.renewWriters();
    try {
      while (!signal.aborted) {
        // Few may be on their way while the next is handled: each falls with those below.
        await this.pipeline?.room(this.limit.flights + 1);
        await this.tasks.room();
        if (this.pipeline?.failed) await this.recover();
        else if (this.tasks.damaged.length > 0) await this.replaceDamaged();
        else await this.turn(await member.poll({ maxRecords: this.limit.size, waitMs: this.waitMs() }));
      }
      await this.commitIdle(true);
      await this.pipeline?.drain();
    } finally {
      await this.pipeline?.drain();
      this.options.effects.dropAll();
      this.tasks.dropAll();
      await this.tasks.closed(this.options.settings.stopTimeoutMs);
      await this.writers?.close();
    }
  }

  private async turn(records: readonly LogRecord[]): Promise<void> {
    const { membership } = this.options.member;
    if (membership && isSameMembership(membership, this.current)) return this.step(records);
    // What is on its way belongs to the generation that ends: it commits before the member joins anew.
    await this.pipeline?.drain();
    if (this.pipeline?.failed) await this.recover();
    const { membership: latest } = this.options.member;
    if (latest && !isSameMembership(latest, this.current)) await this.reassign(latest);
  }

  private waitMs(): number {
    // Nothing that is due can be done without partitions; the end of a commit wakes the poll.
    if (!this.options.member.membership || (this.pipeline?.size ?? 0) > 0) return LONGEST_POLL_MS;
    const idle = (this.idleSince ?? Infinity) + this.options.settings.idleCommitMs - performance.now();
    const due = this.tasks.nextDue() - this.options.clock();
    return Math.max(0, Math.min(LONGEST_POLL_MS, idle, due));
  }

  /**
   * Takes over what this generation gives: lost tasks are dropped, new ones restored, kept ones kept. A
   * skipped generation means that others may have owned the kept ones meanwhile: all are restored.
   */
  private async reassign(membership: Membership): Promise<void> {
    const { clock, logger, onAssigned } = this.options;
    const startedAt = clock();
    const kept = keptPartitions(this.current, membership);
    const gained = await this.takeOver(membership, kept);
    if (!gained) return this.awaitNextGeneration();
    await this.rewind();
    this.current = membership;
    const { generationId, partitions } = membership;
    const tasks = gained.flatMap((number) => this.tasks.get(number) ?? []);
    const keys = tasks.reduce((sum, task) => sum + task.state.store.size, 0);
    const replayed = tasks.reduce((sum, task) => sum + task.replayed, 0);
    const ms = clock() - startedAt;
    logger.info('partitions assigned', { generationId, partitions, gained, keys, replayed, ms });
    onAssigned(membership);
  }

  /** Undefined when the log says that the membership is over; a writer that is refused alone is made anew. */
  private async takeOver(
    membership: Membership,
    kept: readonly number[],
  ): Promise<readonly number[] | undefined> {
    try {
      return await this.tasks.takeOver(membership, kept, (all) => this.changelogEnds(membership, all));
    } catch (error) {
      if (!(error instanceof LogError) || error.code !== 'FENCED') throw error;
      this.tasks.dropAll();
      this.current = membership;
      await this.renewWriters();
      return undefined;
    }
  }

  /**
   * Appends a mark to each changelog: what was committed before lies below it. The high watermark would not do: a
   * broker that leads a partition no more and has not heard of it yet still tells the end that it knew.
   */
  private async changelogEnds(
    membership: Membership,
    positions: readonly TopicPartitionOffset[],
  ): Promise<ReadonlyMap<number, number>> {
    const { signal, stateTopic } = this.options;
    for (;;) {
      try {
        return (await this.writers?.appendMarks({ stateTopic, membership, positions })) ?? new Map();
      } catch (error) {
        const isPassing = error instanceof LogError && error.retriable && error.code !== 'FENCED';
        if (!isPassing || signal.aborted) throw error;
        await this.renewWriters();
      }
    }
  }

  private async step(records: readonly LogRecord[]): Promise<void> {
    const { effects, processor, settings } = this.options;
    const batch = new Batch(this.pipeline?.newest);
    let outcomes: readonly EffectOutcome[] = [];
    try {
      await this.addRecords(batch, records);
      await this.addDue(batch);
      outcomes = effects.take(settings.batchSize).filter(({ partition }) => this.tasks.get(partition));
      for (const outcome of outcomes) {
        const task = this.tasks.get(outcome.partition);
        if (task) processor.addOutcome(batch, batch.part(task.partition, task.state), outcome);
      }
    } catch (error) {
      effects.giveBack(outcomes);
      await this.undo(batch, error);
      return;
    }
    if (this.tasks.damaged.length > 0) {
      // A handler may have taken the store's failure for its own: nothing of this batch counts.
      effects.giveBack(outcomes);
      return this.replaceDamaged();
    }
    if (!batch.isEmpty) return this.submit(batch, outcomes);
    this.passOver(batch);
    this.options.onBatch(batch, false);
    await this.commitIdle(false);
  }

  private async addRecords(batch: Batch, records: readonly LogRecord[]): Promise<void> {
    const { processor, settings, member } = this.options;
    const startedAt = performance.now();
    const arrivals = records.flatMap((record): Arrival[] => {
      const task = this.tasks.get(record.partition);
      if (!task || record.offset < task.position(record.topic)) return [];
      const intake = processor.read(record, this.poison.of(record));
      return [{ record, part: batch.part(task.partition, task.state), intake }];
    });
    const isTimeUp = (): boolean => performance.now() - startedAt >= settings.batchTimeMs;
    const { part, left } = await fillBatch(batch, arrivals, { processor, isTimeUp });
    // All that was polled, and the time that all of it would have taken.
    this.limit.took(records.length, (performance.now() - startedAt) / part);
    // Slow handlers: what has been handled commits first, and the rest is read again.
    if (left.length > 0) await member.rewind(left);
  }

  /** While a culprit is sought, records go alone. */
  private async addDue(batch: Batch): Promise<void> {
    const { clock, processor } = this.options;
    if (this.limit.isSeeking && batch.records.length > 0) return;
    const now = clock();
    for (const task of this.tasks.all()) {
      for (const key of task.state.store.due(now, TIMERS_PER_BATCH)) {
        await processor.addDue(batch, batch.part(task.partition, task.state), key);
      }
    }
  }

  private passOver(batch: Batch): void {
    for (const position of batch.offsets) this.tasks.get(position.partition)?.passedOver(position);
    if (batch.offsets.length > 0) this.idleSince ??= performance.now();
  }

  /** Positions of passed-over records are committed now and then, so that lag tells the truth. */
  private async commitIdle(now: boolean): Promise<void> {
    if (this.idleSince === undefined) return;
    if (!now && performance.now() - this.idleSince < this.options.settings.idleCommitMs) return;
    await this.pipeline?.room(1);
    if (!this.pipeline?.failed) this.submit(new Batch(), []);
  }

  private submit(batch: Batch, outcomes: readonly EffectOutcome[]): void {
    const { settings, clock } = this.options;
    if (!this.current || !this.pipeline) throw new LogError('FENCED', 'No partitions are owned.', true);
    const now = clock();
    batch.rememberHandled(now, now - settings.deduplicationMs);
    this.addPositions(batch);
    for (const position of batch.offsets) this.tasks.get(position.partition)?.submitted(position);
    this.idleSince = undefined;
    this.pipeline.submit({ batch, outcomes, membership: this.current, handledAt: performance.now() });
  }

  /**
   * Every partition that takes part commits a position, if only an unchanged one: it is with the positions
   * that the broker checks the generation, and a transaction of timers alone would escape the check.
   */
  private addPositions(batch: Batch): void {
    const taken = new Set(batch.offsets.map(({ topic, partition }) => `${topic}/${partition}`));
    for (const task of this.tasks.all()) {
      for (const position of task.passedPositions()) {
        if (!taken.has(`${position.topic}/${position.partition}`)) batch.position(position);
      }
    }
    for (const partition of batch.partitions) {
      if (batch.hasPosition(partition)) continue;
      const topic = this.options.inboxTopic;
      batch.position({ topic, partition, offset: this.tasks.get(partition)?.position(topic) ?? 0 });
    }
  }

  private committed({ batch, outcomes, handledAt }: Flight, positions: ReadonlyMap<number, number>): void {
    batch.apply(positions);
    for (const position of batch.offsets) this.tasks.get(position.partition)?.committed(position);
    this.limit.succeeded(performance.now() - handledAt);
    this.options.effects.confirm(outcomes);
    this.startEffects(batch);
    this.options.onBatch(batch, true);
  }

  /** A batch that could not be handled: the one below may still commit, then both of them are behind us. */
  private async undo(batch: Batch, error: unknown): Promise<void> {
    await this.pipeline?.drain();
    if (this.pipeline?.failed) return this.recover();
    if (this.tasks.damaged.length > 0) return this.replaceDamaged();
    const { logger } = this.options;
    logger.error('batch not handled', {
      records: batch.records.length,
      reason: String(error),
      stack: stackOf(error),
    });
    this.suspect(batch, error);
    await this.goBack();
  }

  /** A local store that cannot be read or written goes, and its partition is restored from the changelog. */
  private async replaceDamaged(): Promise<void> {
    await this.pipeline?.drain();
    if (this.pipeline?.failed) return this.recover();
    for (const { partition, state } of this.tasks.damaged) {
      const reason = String(state.store.failure);
      this.options.logger.error('local state is unusable and is built anew', { partition, reason });
    }
    this.forgetAll();
  }

  /** Nothing of the failed batches was applied here. Goes back to committed state in the way that the error calls for. */
  private async recover(): Promise<void> {
    await this.pipeline?.drain();
    const failure = this.pipeline?.failure();
    if (!failure) return;
    const { effects, logger } = this.options;
    for (const { outcomes } of [...failure.discarded].reverse()) effects.giveBack(outcomes);
    this.tasks.reset();
    this.idleSince = undefined;
    const { error } = failure;
    const code = error instanceof LogError ? error.code : undefined;
    const records = failure.batch.records.length;
    logger.warn('transaction not committed', { code, records, reason: String(error), stack: stackOf(error) });
    if (code === 'MEMBER_DEAD' || code === 'CLOSED') throw error;
    this.suspect(failure.batch, error);
    await this.renewWriters();
    if (code === 'FENCED') return this.awaitNextGeneration();
    // Committed or not: only the log knows. Restored state and committed offsets agree in either case.
    if (code === 'COMMIT_OUTCOME_UNKNOWN') return this.forgetAll();
    await this.goBack();
  }

  private async goBack(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.options.signal.aborted ? 0 : RETRY_PAUSE_MS));
    await this.rewind();
  }

  /** Counts a failure: the next batch may have to be smaller. */
  private suspect({ records }: Batch, error: unknown): void {
    this.limit.failed(records.length);
    const [record] = records;
    if (record && records.length === 1) this.poison.failedAlone(record, error);
  }

  /**
   * Refused by the log: either the generation is over, and the group is about to give a new one, or only the
   * writer was given up by the broker (a transaction past its time). After a wait for the first, everything is
   * restored: what the log then says is right in both cases, and a stale member is refused again.
   */
  private async awaitNextGeneration(): Promise<void> {
    const { member, settings, signal } = this.options;
    const deadline = Date.now() + settings.sessionTimeoutMs / 3;
    while (!signal.aborted && Date.now() < deadline && isSameMembership(member.membership, this.current)) {
      await member.poll({ maxRecords: 1, waitMs: LONGEST_POLL_MS / 10 });
    }
    if (isSameMembership(member.membership, this.current)) this.forgetAll();
  }

  /** Nothing local is trusted any more: the next step restores all from the log. */
  private forgetAll(): void {
    this.tasks.dropAll();
    this.current = undefined;
  }

  /** Reads on from where the tasks stand. */
  private async rewind(): Promise<void> {
    await this.options.member.rewind(this.tasks.positions());
  }

  private async renewWriters(): Promise<void> {
    await this.writers?.close();
    this.writers = undefined;
    const { log, member, stateTopic, transactionalIdPrefix, settings } = this.options;
    this.writers = await WriterPair.create(log, transactionalIdPrefix, settings);
    this.pipeline = new CommitPipeline(this.writers, {
      stateTopic,
      onCommitted: (flight, positions) => this.committed(flight, positions),
      onEnded: () => member.wake(),
    });
  }

  private startEffects(batch: Batch): void {
    for (const partition of batch.partitions) {
      const task = this.tasks.get(partition);
      if (!task) continue;
      const part = batch.part(partition, task.state);
      for (const [key, value] of part.overlay.changes) {
        if (value !== null && kindOf(key) === 'effect') {
          this.options.effects.start(partition, key, JSON.parse(value) as EffectEntry);
        }
      }
    }
  }
}
