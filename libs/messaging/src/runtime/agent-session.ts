import { topicOf } from '@aika/contracts';
import {
  type GroupMember,
  keptPartitions,
  LogError,
  type LogRecord,
  type Membership,
  type MessageLog,
} from '../ports/index.js';
import { Batch } from './batch.js';
import type { BatchProcessor } from './batch-processor.js';
import type { EffectOutcome, EffectRunner } from './effect-runner.js';
import type { EffectEntry } from './partition-state.js';
import { PartitionTask, restoreTask } from './partition-task.js';
import type { RuntimeLogger } from './runtime-logger.js';
import type { DeliverySettings } from './runtime-options.js';
import { kindOf } from './state-key.js';
import { WriterPair } from './writer-pair.js';

const LONGEST_POLL_MS = 500;
const TIMERS_PER_BATCH = 1000;
const RETRY_PAUSE_MS = 50;

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
 * commit outputs, changelog and offsets of all owned partitions in one transaction.
 */
export class AgentSession {
  private readonly tasks = new Map<number, PartitionTask>();
  private writers: WriterPair | undefined;
  /** The generation that the tasks belong to; undefined = restore all. */
  private current: Membership | undefined;
  private idleSince = 0;

  constructor(private readonly options: SessionOptions) {}

  /** Runs until the signal aborts. @throws LogError `MEMBER_DEAD` and others after which a new session is due */
  async run(): Promise<void> {
    const { member, signal, settings } = this.options;
    await this.renewWriters();
    try {
      while (!signal.aborted) {
        const records = await member.poll({ maxRecords: settings.batchSize, waitMs: this.waitMs() });
        const membership = member.membership;
        if (!membership) continue;
        if (membership !== this.current && !isSame(membership, this.current)) await this.reassign(membership);
        else await this.step(records);
      }
      await this.commitIdle(true);
    } finally {
      this.options.effects.dropAll();
      await this.writers?.close();
    }
  }

  private waitMs(): number {
    // Nothing that is due can be done without partitions.
    if (!this.options.member.membership) return LONGEST_POLL_MS;
    const now = this.options.clock();
    const due = [...this.tasks.values()].map((task) => task.state.timers.next() ?? Infinity);
    const idle = this.idleSince === 0 ? Infinity : this.idleSince + this.options.settings.idleCommitMs;
    return Math.max(0, Math.min(LONGEST_POLL_MS, Math.min(idle, ...due) - now));
  }

  /**
   * Takes over what this generation gives: lost tasks are dropped, new ones restored, kept ones kept. A
   * skipped generation means that others may have owned the kept ones meanwhile: all are restored.
   */
  private async reassign(membership: Membership): Promise<void> {
    const { log, member, topics, logger, onAssigned } = this.options;
    const kept = keptPartitions(this.current, membership);
    for (const partition of [...this.tasks.keys()]) {
      if (!kept.includes(partition)) this.dropTask(partition);
    }
    const gained = membership.partitions.filter((partition) => !this.tasks.has(partition));
    const startedAt = this.options.clock();
    const committed = await log.committedOffsets(membership.groupId, topics);
    for (const partition of gained) {
      const task = await restoreTask(partition, { ...this.options, committed });
      this.tasks.set(partition, task);
      for (const [key, entry] of task.state.effects) this.options.effects.start(partition, key, entry);
    }
    await member.rewind([...this.tasks.values()].flatMap((task) => task.positions()));
    this.current = membership;
    const { generationId, partitions } = membership;
    const keys = gained.reduce(
      (sum, partition) => sum + (this.tasks.get(partition)?.state.table.size ?? 0),
      0,
    );
    logger.info('partitions assigned', {
      generationId,
      partitions,
      gained,
      keys,
      ms: this.options.clock() - startedAt,
    });
    onAssigned(membership);
  }

  private dropTask(partition: number): void {
    this.tasks.delete(partition);
    this.options.effects.drop(partition);
  }

  private async step(records: readonly LogRecord[]): Promise<void> {
    const { effects, processor, settings } = this.options;
    const batch = new Batch();
    for (const record of records) {
      const task = this.tasks.get(record.partition);
      if (!task || record.offset < task.position(record.topic)) continue;
      await processor.addRecord(batch, batch.part(task.partition, task.state), record);
    }
    this.addDueTimers(batch);
    const outcomes = effects.take(settings.batchSize).filter(({ partition }) => this.tasks.has(partition));
    for (const outcome of outcomes) {
      const task = this.tasks.get(outcome.partition) as PartitionTask;
      processor.addOutcome(batch, batch.part(task.partition, task.state), outcome);
    }
    if (batch.isEmpty) {
      this.passOver(batch);
      this.options.onBatch(batch, false);
      await this.commitIdle(false);
      return;
    }
    await this.commit(batch, outcomes);
  }

  private addDueTimers(batch: Batch): void {
    const now = this.options.clock();
    for (const task of this.tasks.values()) {
      for (const key of task.state.timers.due(now, TIMERS_PER_BATCH)) {
        this.options.processor.addTimer(batch, batch.part(task.partition, task.state), key);
      }
    }
  }

  private passOver(batch: Batch): void {
    for (const position of batch.offsets) this.tasks.get(position.partition)?.passedOver(position);
    if (batch.offsets.length > 0 && this.idleSince === 0) this.idleSince = this.options.clock();
  }

  /** Positions of passed-over records are committed now and then, so that lag tells the truth. */
  private async commitIdle(now: boolean): Promise<void> {
    if (this.idleSince === 0) return;
    if (!now && this.options.clock() - this.idleSince < this.options.settings.idleCommitMs) return;
    await this.commit(new Batch(), []);
  }

  private async commit(batch: Batch, outcomes: readonly EffectOutcome[]): Promise<void> {
    const { settings, clock, effects } = this.options;
    const now = clock();
    batch.rememberSeen(now, now - settings.deduplicationMs);
    this.addPositions(batch);
    try {
      await this.transact(batch);
    } catch (error) {
      effects.giveBack(outcomes);
      await this.recover(error);
      return;
    }
    batch.apply();
    this.idleSince = 0;
    for (const position of batch.offsets) this.tasks.get(position.partition)?.committed(position);
    effects.confirm(outcomes);
    this.startEffects(batch);
    this.options.onBatch(batch, true);
  }

  /**
   * Every partition that takes part commits a position, if only an unchanged one: it is with the positions
   * that the broker checks the generation, and a transaction of timers alone would escape the check.
   */
  private addPositions(batch: Batch): void {
    const taken = new Set(batch.offsets.map(({ topic, partition }) => `${topic}/${partition}`));
    for (const task of this.tasks.values()) {
      for (const position of task.uncommittedPositions()) {
        if (!taken.has(`${position.topic}/${position.partition}`)) batch.position(position);
      }
    }
    for (const partition of batch.partitions) {
      if (batch.hasPosition(partition)) continue;
      const topic = this.options.inboxTopic;
      batch.position({ topic, partition, offset: this.tasks.get(partition)?.position(topic) ?? 0 });
    }
  }

  private async transact(batch: Batch): Promise<void> {
    if (!this.current || !this.writers) throw new LogError('FENCED', 'No partitions are owned.', true);
    const transaction = await this.writers.next().begin();
    try {
      const records = [...batch.outputs, ...batch.changelog(this.options.stateTopic)];
      if (records.length > 0) await transaction.send(records);
      await transaction.commitOffsets(this.current, batch.offsets);
    } catch (error) {
      await this.abort(transaction);
      throw error;
    }
    await transaction.commit();
  }

  private async abort(transaction: { abort(): Promise<void> }): Promise<void> {
    try {
      await transaction.abort();
    } catch (error) {
      // New writers follow, and making them aborts what is open.
      this.options.logger.debug('abort failed', { reason: String(error) });
    }
  }

  /** Nothing of the batch was applied here. Goes back to committed state in the way that the error calls for. */
  private async recover(error: unknown): Promise<void> {
    const { member, logger, signal } = this.options;
    if (!(error instanceof LogError)) throw error;
    logger.warn('transaction not committed', { code: error.code, reason: error.message });
    if (error.code === 'MEMBER_DEAD' || error.code === 'CLOSED') throw error;
    await this.renewWriters();
    if (error.code === 'FENCED') return this.awaitNextGeneration();
    if (error.code === 'COMMIT_OUTCOME_UNKNOWN') {
      // Committed or not: only the log knows. Restored state and committed offsets agree in either case.
      this.forgetAll();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, signal.aborted ? 0 : RETRY_PAUSE_MS));
    await member.rewind([...this.tasks.values()].flatMap((task) => task.positions()));
  }

  /**
   * Refused by the log: either the generation is over, and the group is about to give a new one, or only the
   * writer was given up by the broker (a transaction past its time). After a wait for the first, everything is
   * restored: what the log then says is right in both cases, and a stale member is refused again.
   */
  private async awaitNextGeneration(): Promise<void> {
    const { member, settings, signal } = this.options;
    const deadline = Date.now() + settings.sessionTimeoutMs / 3;
    while (!signal.aborted && Date.now() < deadline && isSame(member.membership, this.current)) {
      await member.poll({ maxRecords: 1, waitMs: LONGEST_POLL_MS / 10 });
    }
    this.idleSince = 0;
    if (isSame(member.membership, this.current)) this.forgetAll();
  }

  /** Nothing local is trusted any more: the next step restores all from the log. */
  private forgetAll(): void {
    for (const partition of [...this.tasks.keys()]) this.dropTask(partition);
    this.current = undefined;
  }

  private async renewWriters(): Promise<void> {
    await this.writers?.close();
    this.writers = undefined;
    const { log, transactionalIdPrefix, settings } = this.options;
    this.writers = await WriterPair.create(log, transactionalIdPrefix, settings.transactionTimeoutMs);
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

function isSame(a: Membership | undefined, b: Membership | undefined): boolean {
  return a?.memberId === b?.memberId && a?.generationId === b?.generationId;
}

/** The state topic of an agent: `<namespace>.state.<short name>`. */
export function stateTopicOf(namespace: string, shortName: string): string {
  return topicOf(namespace, `state.${shortName}`);
}
