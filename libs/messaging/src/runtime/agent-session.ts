import {
  type GroupMember,
  isSameMembership,
  keptPartitions,
  LogError,
  type LogRecord,
  type Membership,
  type MessageLog,
  type OutgoingRecord,
} from '../ports/index.js';
import { pause } from '../timing.js';
import { Batch } from './batch.js';
import { BatchBuilding } from './batch-building.js';
import { BatchLimit } from './batch-limit.js';
import type { BatchProcessor } from './batch-processor.js';
import { CommitPipeline, type Flight } from './commit-pipeline.js';
import type { EffectOutcome, EffectRunner } from './effect-runner.js';
import { OwnedTasks } from './owned-tasks.js';
import type { ParkedKey } from './parked-key.js';
import { PoisonFinder } from './poison-finder.js';
import { type RuntimeLogger, stackOf } from './runtime-logger.js';
import type { DeliverySettings } from './runtime-options.js';
import { SessionWriters } from './session-writers.js';
import type { StateStores } from './state-store.js';
import type { WriterPair } from './writer-pair.js';

const LONGEST_POLL_MS = 500;
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
  private readonly writers: SessionWriters;
  private readonly building: BatchBuilding;
  private pipeline: CommitPipeline | undefined;
  /** The generation that the tasks belong to; undefined = restore all. */
  private current: Membership | undefined;
  /** Since when positions wait for a transaction, on the monotonic clock: the wall clock may jump. */
  private idleSince: number | undefined;
  /** On the monotonic clock: no poll before. */
  private restUntil = 0;
  private readonly poison = new PoisonFinder();

  constructor(private readonly options: SessionOptions) {
    this.tasks = new OwnedTasks(options);
    const { batchSize, batchTimeMs, commitIntervalMs } = options.settings;
    this.limit = new BatchLimit(batchSize, batchTimeMs / BATCHES_PER_TIME, commitIntervalMs);
    const { tasks, limit, poison } = this;
    this.building = new BatchBuilding({ ...options, tasks, limit, poison });
    this.writers = new SessionWriters({ ...options, onRenewed: (pair) => this.writeWith(pair) });
  }

  /** Parked keys of all owned partitions. */
  get parked(): readonly ParkedKey[] {
    return this.tasks.parked;
  }

  /** When the next timer or parked key is due, milliseconds since 1970 UTC; Infinity when none is. */
  get nextDue(): number {
    return this.tasks.nextDue();
  }

  /** How long it rests between two transactions now, milliseconds. */
  get restMs(): number {
    return this.limit.restMs;
  }

  /** Runs until the signal aborts. @throws LogError `MEMBER_DEAD` and others after which a new session is due */
  async run(): Promise<void> {
    const { member, signal } = this.options;
    await this.writers.renew();
    try {
      while (!signal.aborted) {
        // One batch may be on its way while the next is handled, and no more: each falls with the one below.
        await this.pipeline?.room(this.limit.flights + 1);
        await this.tasks.room();
        await this.rest();
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
      await this.writers.close();
    }
  }

  private async rest(): Promise<void> {
    const left = this.restUntil - performance.now();
    if (left > 0) await pause(left, this.options.signal);
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
      return await this.tasks.takeOver(membership, kept, (all) =>
        this.writers.changelogEnds(membership, all),
      );
    } catch (error) {
      if (!(error instanceof LogError) || error.code !== 'FENCED') throw error;
      this.tasks.dropAll();
      this.current = membership;
      await this.writers.renew();
      return undefined;
    }
  }

  private async step(records: readonly LogRecord[]): Promise<void> {
    const { effects, processor, settings } = this.options;
    const batch = new Batch(this.pipeline?.newest);
    let outcomes: readonly EffectOutcome[] = [];
    try {
      await this.building.addRecords(batch, records);
      await this.building.addDue(batch);
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

  private passOver(batch: Batch): void {
    this.tasks.passedOver(batch);
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
    this.tasks.submit(batch);
    this.idleSince = undefined;
    this.pipeline.submit({ batch, outcomes, membership: this.current, handledAt: performance.now() });
  }

  private committed(
    { batch, outcomes, handledAt }: Flight,
    positions: ReadonlyMap<number, number>,
    kept: readonly OutgoingRecord[] | undefined,
  ): void {
    batch.apply(positions, kept);
    this.tasks.committed(batch);
    this.limit.succeeded(performance.now() - handledAt);
    this.restUntil = performance.now() + this.limit.restMs;
    this.options.effects.confirm(outcomes);
    this.tasks.startEffects(batch);
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
    // What opens state cannot be had: the session ends, as it does where the log itself cannot be read.
    if (error instanceof LogError && error.code === 'UNAVAILABLE') throw error;
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
    await this.writers.renew();
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

  private writeWith(pair: WriterPair): void {
    const { stateTopic, member } = this.options;
    this.pipeline = new CommitPipeline(pair, {
      stateTopic,
      session: this.tasks.session,
      onCommitted: (flight, positions, kept) => this.committed(flight, positions, kept),
      onEnded: () => member.wake(),
    });
  }
}
