import type { EffectDefinition, EffectHandler, EffectResult } from '../agent/index.js';
import { HandlerError } from '../agent/handler-error.js';
import { attemptEffect } from './effect-attempt.js';
import { effectBackoff } from './effect-backoff.js';
import { CircuitBreaker } from './effect-circuit-breaker.js';
import { EffectLines, type PendingEffect } from './effect-lines.js';
import type { EffectEntry } from './partition-state.js';
import type { RuntimeLogger } from './runtime-logger.js';

export interface EffectQueueOptions {
  readonly definition: EffectDefinition;
  readonly handler: EffectHandler<object>;
  readonly logger: RuntimeLogger;
  /** Milliseconds since 1970 UTC that never jump. */
  readonly clock: () => number;
  /** Throws a TerminalError for a result of which no message can be made. */
  readonly check: (entry: EffectEntry, result: EffectResult) => void;
  readonly onResult: (pending: PendingEffect, result: EffectResult) => void;
  /** Called when one may have become ready to be tried without a call from outside. */
  readonly onReady: () => void;
}

/** All pending effects of one name in one process: who is next, when, and what a failure means. */
export class EffectQueue {
  private readonly lines: EffectLines;
  private readonly breaker: CircuitBreaker;
  /** Whose failures are those that the circuit counts: they get their attempts back when it opens. */
  private suspects: PendingEffect[] = [];
  private running = 0;
  private probeTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: EffectQueueOptions) {
    this.lines = new EffectLines(options.definition.ordered);
    this.breaker = new CircuitBreaker(options.definition.breaker);
  }

  get open(): CircuitBreaker['open'] {
    return this.breaker.open;
  }

  add(pending: PendingEffect): void {
    this.lines.add(pending);
  }

  /** Its outcome is committed, or it is no longer this process's. */
  remove(pending: PendingEffect): void {
    this.lines.remove(pending);
    if (!this.lines.hasReady) this.stopProbeTimer();
  }

  /** Gives a stuck one new attempts. */
  release(pending: PendingEffect): void {
    pending.attempts = 0;
    pending.stuck = undefined;
    this.lines.putBack(pending);
  }

  /** Takes the next effect that may be tried now; it has to go to `run`. */
  take(): PendingEffect | undefined {
    const limit = Math.min(this.options.definition.concurrency, this.breaker.limit(this.options.clock()));
    return this.running < limit ? this.lines.take() : undefined;
  }

  /** Sees to it that `onReady` is called when the next probe is due, if one is wanted. */
  awaitProbe(): void {
    const { open } = this.breaker;
    if (!open || this.probeTimer || this.running > 0 || !this.lines.hasReady) return;
    const waitMs = Math.max(0, Math.ceil(open.nextProbeAt - this.options.clock()));
    this.probeTimer = setTimeout(() => {
      this.probeTimer = undefined;
      this.options.onReady();
    }, waitMs);
  }

  /** One attempt, to the end of its time at most. A failed effect gives its place to others while it waits. */
  async run(pending: PendingEffect): Promise<void> {
    const { definition, handler, check, onResult } = this.options;
    const { entry, abort } = pending;
    const isProbe = this.breaker.open !== undefined;
    const { idempotencyKey, customerId } = entry;
    const call = { idempotencyKey, customerId, attempt: ++pending.attempts };
    this.running++;
    try {
      const limits = { ...definition, dropped: abort.signal };
      const result = await attemptEffect(handler, entry.request, call, limits);
      if (abort.signal.aborted) return;
      check(entry, result);
      this.succeeded();
      onResult(pending, result);
    } catch (error) {
      if (!abort.signal.aborted) this.failed(pending, isProbe, error);
    } finally {
      this.running--;
    }
  }

  private succeeded(): void {
    const { logger, definition } = this.options;
    const wasOpen = this.breaker.open !== undefined;
    this.breaker.succeeded();
    this.suspects = [];
    this.stopProbeTimer();
    if (wasOpen)
      logger.info('circuit closed: the other side of an effect answers again', { effect: definition.name });
  }

  private failed(pending: PendingEffect, isProbe: boolean, error: unknown): void {
    // A refusal of one call says nothing about an outage.
    if (error instanceof HandlerError && !error.retriable) return this.giveUp(pending, 'REFUSED', error);
    const wasOpen = this.breaker.open !== undefined;
    this.breaker.failed(this.options.clock(), isProbe);
    if (this.breaker.open) {
      pending.attempts = Math.max(0, pending.attempts - 1);
      this.lines.putBack(pending);
      if (!wasOpen) this.takeBackFailures();
      this.logOutage(wasOpen, error);
      return;
    }
    // With a breaker that never opens nothing would ever empty the list.
    if (this.options.definition.breaker.failures !== Infinity) this.suspects.push(pending);
    if (pending.attempts >= this.options.definition.maxAttempts) {
      return this.giveUp(pending, 'OUT_OF_ATTEMPTS', error);
    }
    this.tryLater(pending, error);
  }

  /** What led to the opening was the outage: those attempts do not count, and none is out of them. */
  private takeBackFailures(): void {
    for (const pending of this.suspects) {
      // One that was released meanwhile has none to get back.
      pending.attempts = Math.max(0, pending.attempts - 1);
      if (pending.stuck !== 'OUT_OF_ATTEMPTS') continue;
      pending.stuck = undefined;
      this.lines.putBack(pending);
    }
    this.suspects = [];
  }

  private tryLater(pending: PendingEffect, error: unknown): void {
    const { definition, logger, onReady } = this.options;
    const { entry, attempts, abort } = pending;
    const { idempotencyKey } = entry;
    const waitMs = effectBackoff(definition, idempotencyKey, attempts);
    const fields = { effect: entry.name, idempotencyKey, attempts, waitMs, reason: String(error) };
    logger.warn('effect will be tried again', fields);
    const ready = (): void => {
      abort.signal.removeEventListener('abort', cancel);
      this.lines.putBack(pending);
      onReady();
    };
    const timer = setTimeout(ready, waitMs);
    const cancel = (): void => clearTimeout(timer);
    abort.signal.addEventListener('abort', cancel, { once: true });
  }

  private giveUp(pending: PendingEffect, stuck: 'OUT_OF_ATTEMPTS' | 'REFUSED', error: unknown): void {
    const { logger, onResult } = this.options;
    const { name: effect, idempotencyKey } = pending.entry;
    const fields = { effect, idempotencyKey, stuck, reason: String(error) };
    const result = this.lastWord(pending, error);
    if (result) {
      logger.warn('effect gave up', fields);
      return onResult(pending, result);
    }
    pending.stuck = stuck;
    logger.error('effect gave up and stays pending until it is released', fields);
  }

  /** What the definition says of an effect that is given up; undefined where it has nothing that can be told. */
  private lastWord({ entry }: PendingEffect, error: unknown): EffectResult | undefined {
    const { definition, check, logger } = this.options;
    try {
      const result = definition.givenUp?.(entry.request, error);
      if (result) check(entry, result);
      return result;
    } catch (fault) {
      const { name: effect, idempotencyKey } = entry;
      logger.error('the word about a given up effect is no message', {
        effect,
        idempotencyKey,
        reason: String(fault),
      });
      return undefined;
    }
  }

  private logOutage(wasOpen: boolean, error: unknown): void {
    const { definition, logger, clock } = this.options;
    const nextProbeMs = Math.round((this.breaker.open?.nextProbeAt ?? 0) - clock());
    const fields = { effect: definition.name, nextProbeMs, reason: String(error) };
    if (wasOpen) logger.debug('an effect still finds nobody', fields);
    else logger.error('circuit opened: an effect waits until the other side answers again', fields);
  }

  private stopProbeTimer(): void {
    clearTimeout(this.probeTimer);
    this.probeTimer = undefined;
  }
}
