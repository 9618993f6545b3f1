import type { AgentManifest, EffectHandler, EffectResult } from '../agent/index.js';
import type { PendingEffect } from './effect-lines.js';
import { EffectQueue } from './effect-queue.js';
import type { EffectEntry } from './partition-state.js';
import type { RuntimeLogger } from './runtime-logger.js';

/** An effect that has ended, waiting for the transaction that records it. */
export interface EffectOutcome {
  readonly partition: number;
  readonly key: string;
  readonly entry: EffectEntry;
  readonly result: EffectResult;
}

/** An effect whose other side is out of order: its attempts wait, and one probe at a time asks. */
export interface OpenCircuit {
  readonly effect: string;
  /** RFC 3339 UTC. */
  readonly since: string;
  /** RFC 3339 UTC; in the past while the probe is under way or nothing waits. */
  readonly nextProbeAt: string;
}

export interface EffectRunnerOptions {
  readonly agent: AgentManifest;
  readonly handlers: ReadonlyMap<string, EffectHandler<object>>;
  /** Attempts of all effects of this process at the same time. */
  readonly concurrency: number;
  readonly logger: RuntimeLogger;
  /**
   * Throws a TerminalError for a result of which no message can be made: found out in a commit, it would fail
   * that commit again and again.
   */
  readonly check: (entry: EffectEntry, result: EffectResult) => void;
  /** Called when an outcome is ready to be taken. */
  readonly onOutcome: () => void;
  /** Milliseconds since 1970 UTC that never jump. Default: the process's own clock. */
  readonly clock?: () => number;
}

// The wall clock may be set back, and a probe would then wait for as long.
const steadyClock = (): number => performance.timeOrigin + performance.now();

/**
 * Runs effects that were asked for in committed state. An effect stays pending in state until its outcome
 * has been committed, so after a crash it runs again under the same idempotency key.
 */
export class EffectRunner {
  private readonly pending = new Map<string, PendingEffect>();
  /** By name; the one that was served last stands last. */
  private readonly queues = new Map<string, EffectQueue>();
  private readonly outcomes: EffectOutcome[] = [];
  private running = 0;
  private isPumpDue = false;

  constructor(private readonly options: EffectRunnerOptions) {
    const { agent, handlers, logger, check, clock = steadyClock } = options;
    for (const definition of agent.effects ?? []) {
      const handler = handlers.get(definition.name);
      if (!handler) continue;
      const onResult = (ended: PendingEffect, result: EffectResult) => this.ended(ended, result);
      const onReady = () => this.pumpSoon();
      const queue = new EffectQueue({ definition, handler, logger, clock, check, onResult, onReady });
      this.queues.set(definition.name, queue);
    }
  }

  /** Effects that have not ended or whose outcome is not committed. */
  get size(): number {
    return this.pending.size;
  }

  /** Pending effects that are out of attempts or failed for good: they need a person, and then `release`. */
  get stuckCount(): number {
    let count = 0;
    for (const { stuck } of this.pending.values()) if (stuck) count++;
    return count;
  }

  /** Effects of this process whose other side does not answer. */
  circuits(): readonly OpenCircuit[] {
    return [...this.queues]
      .flatMap(([effect, { open }]) =>
        open ? [{ effect, since: timeOf(open.since), nextProbeAt: timeOf(open.nextProbeAt) }] : [],
      )
      .sort((a, b) => (a.effect < b.effect ? -1 : 1));
  }

  /**
   * Nothing runs before the caller's turn of the event loop ends: the restored effects of a partition that are
   * started in one turn run in the order in which they were asked for, whatever the order of these calls.
   */
  start(partition: number, key: string, entry: EffectEntry): void {
    if (this.pending.has(key)) return;
    const abort = new AbortController();
    const pending: PendingEffect = { partition, key, entry, abort, attempts: 0, stuck: undefined };
    this.pending.set(key, pending);
    const queue = this.queues.get(entry.name);
    if (!queue) return this.strand(pending);
    queue.add(pending);
    this.pumpSoon();
  }

  /** Outcomes ready now; each is handed out once and has to come back by `confirm` or `giveBack`. */
  take(limit: number): readonly EffectOutcome[] {
    return this.outcomes.splice(0, limit);
  }

  confirm(outcomes: readonly EffectOutcome[]): void {
    for (const outcome of outcomes) {
      const pending = this.pendingOf(outcome);
      if (pending) this.forget(pending);
    }
    this.pumpSoon();
  }

  giveBack(outcomes: readonly EffectOutcome[]): void {
    this.outcomes.unshift(...outcomes.filter((outcome) => this.pendingOf(outcome)));
  }

  /**
   * Gives effects that are stuck new attempts: those of one customer, or all of this process.
   *
   * @returns how many
   */
  release(customerId?: string): number {
    let released = 0;
    for (const pending of this.pending.values()) {
      const queue = this.queues.get(pending.entry.name);
      if (!queue || !pending.stuck) continue;
      if (customerId !== undefined && pending.entry.customerId !== customerId) continue;
      queue.release(pending);
      released++;
    }
    this.pumpSoon();
    return released;
  }

  /** The partition has moved: its new owner runs what is pending. */
  drop(partition: number): void {
    for (const pending of this.pending.values()) {
      if (pending.partition !== partition) continue;
      pending.abort.abort();
      this.forget(pending);
    }
    const kept = this.outcomes.filter((outcome) => outcome.partition !== partition);
    this.outcomes.splice(0, this.outcomes.length, ...kept);
  }

  dropAll(): void {
    for (const partition of new Set([...this.pending.values()].map((pending) => pending.partition))) {
      this.drop(partition);
    }
  }

  /** The pending effect that this is the outcome of, unless it was dropped (and perhaps started anew) since. */
  private pendingOf({ key, entry }: EffectOutcome): PendingEffect | undefined {
    const pending = this.pending.get(key);
    return pending?.entry === entry ? pending : undefined;
  }

  private forget(pending: PendingEffect): void {
    this.pending.delete(pending.key);
    this.queues.get(pending.entry.name)?.remove(pending);
  }

  private ended({ partition, key, entry }: PendingEffect, result: EffectResult): void {
    this.outcomes.push({ partition, key, entry, result });
    this.options.onOutcome();
  }

  private strand(pending: PendingEffect): void {
    pending.stuck = 'REFUSED';
    const { name: effect, idempotencyKey } = pending.entry;
    const reason = 'the agent has no handler for it';
    this.options.logger.error('effect stays pending', { effect, idempotencyKey, reason });
  }

  private pumpSoon(): void {
    if (this.isPumpDue) return;
    this.isPumpDue = true;
    queueMicrotask(() => {
      this.isPumpDue = false;
      this.pump();
    });
  }

  private pump(): void {
    while (this.running < this.options.concurrency && this.runNext());
    for (const queue of this.queues.values()) queue.awaitProbe();
  }

  /** Effects of different names take turns: one with many pending must not keep the others waiting. */
  private runNext(): boolean {
    for (const [name, queue] of this.queues) {
      const next = queue.take();
      if (!next) continue;
      this.queues.delete(name);
      this.queues.set(name, queue);
      this.running++;
      void queue.run(next).finally(() => {
        this.running--;
        this.pumpSoon();
      });
      return true;
    }
    return false;
  }
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
