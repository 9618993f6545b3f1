import type { AgentManifest, EffectDefinition, EffectHandler, EffectResult } from '../agent/index.js';
import { validatePayload } from '@aika/contracts';
import { HandlerError, TerminalError } from '../agent/handler-error.js';
import type { EffectEntry } from './partition-state.js';
import type { RuntimeLogger } from './runtime-logger.js';

/** An effect that has ended, waiting for the transaction that records it. */
export interface EffectOutcome {
  readonly partition: number;
  readonly key: string;
  readonly entry: EffectEntry;
  readonly result: EffectResult;
}

export interface EffectRunnerOptions {
  readonly agent: AgentManifest;
  readonly handlers: ReadonlyMap<string, EffectHandler<object>>;
  readonly concurrency: number;
  readonly logger: RuntimeLogger;
  /** Called when an outcome is ready to be taken. */
  readonly onOutcome: () => void;
}

interface Pending {
  readonly partition: number;
  readonly key: string;
  readonly entry: EffectEntry;
  readonly abort: AbortController;
  attempts: number;
  isStuck: boolean;
}

/**
 * Runs effects that were asked for in committed state. An effect stays pending in state until its outcome
 * has been committed, so after a crash it runs again under the same idempotency key.
 */
export class EffectRunner {
  private readonly pending = new Map<string, Pending>();
  private readonly waiting: Pending[] = [];
  private readonly outcomes: EffectOutcome[] = [];
  private running = 0;

  constructor(private readonly options: EffectRunnerOptions) {}

  /** Effects that have not ended or whose outcome is not committed. */
  get size(): number {
    return this.pending.size;
  }

  /** Pending effects that are out of attempts or failed for good: they need a person. */
  get stuckCount(): number {
    return [...this.pending.values()].filter((pending) => pending.isStuck).length;
  }

  start(partition: number, key: string, entry: EffectEntry): void {
    if (this.pending.has(key)) return;
    const pending: Pending = {
      partition,
      key,
      entry,
      abort: new AbortController(),
      attempts: 0,
      isStuck: false,
    };
    this.pending.set(key, pending);
    this.waiting.push(pending);
    this.pump();
  }

  /** Outcomes ready now; each is handed out once and has to come back by `confirm` or `giveBack`. */
  take(limit: number): readonly EffectOutcome[] {
    return this.outcomes.splice(0, limit);
  }

  confirm(outcomes: readonly EffectOutcome[]): void {
    for (const { key } of outcomes) this.pending.delete(key);
  }

  giveBack(outcomes: readonly EffectOutcome[]): void {
    this.outcomes.unshift(...outcomes.filter(({ key }) => this.pending.has(key)));
  }

  /** The partition has moved: its new owner runs what is pending. */
  drop(partition: number): void {
    for (const [key, pending] of this.pending) {
      if (pending.partition !== partition) continue;
      pending.abort.abort();
      this.pending.delete(key);
    }
    const kept = this.outcomes.filter((outcome) => outcome.partition !== partition);
    this.outcomes.splice(0, this.outcomes.length, ...kept);
  }

  dropAll(): void {
    for (const partition of new Set([...this.pending.values()].map((pending) => pending.partition))) {
      this.drop(partition);
    }
  }

  private pump(): void {
    while (this.running < this.options.concurrency) {
      const next = this.waiting.shift();
      if (!next) return;
      if (next.abort.signal.aborted) continue;
      this.running++;
      void this.run(next).finally(() => {
        this.running--;
        this.pump();
      });
    }
  }

  /** One attempt. A failed effect gives its place to others while it waits for the next. */
  private async run(pending: Pending): Promise<void> {
    const { entry, partition, key, abort } = pending;
    const definition = this.options.agent.effects?.find((effect) => effect.name === entry.name);
    const handler = this.options.handlers.get(entry.name);
    if (!definition || !handler) return this.giveUp(pending, 'the agent has no handler for it');
    try {
      pending.attempts++;
      const result = await attemptOnce(pending, definition, handler);
      if (abort.signal.aborted) return;
      this.outcomes.push({ partition, key, entry, result });
      this.options.onOutcome();
    } catch (error) {
      if (!abort.signal.aborted) this.failed(pending, definition, error);
    }
  }

  private failed(pending: Pending, definition: EffectDefinition, error: unknown): void {
    const { entry, attempts, abort } = pending;
    const isTerminal = error instanceof HandlerError && !error.retriable;
    if (isTerminal || attempts >= definition.maxAttempts) return this.giveUp(pending, String(error));
    const waitMs = Math.min(definition.maxBackoffMs, definition.backoffMs * 2 ** Math.min(attempts - 1, 30));
    const { name: effect, idempotencyKey } = { ...entry };
    this.options.logger.warn('effect will be tried again', {
      effect,
      idempotencyKey,
      attempts,
      waitMs,
      reason: String(error),
    });
    const timer = setTimeout(() => {
      this.waiting.push(pending);
      this.pump();
    }, waitMs);
    abort.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  private giveUp(pending: Pending, reason: string): void {
    pending.isStuck = true;
    const { name: effect, idempotencyKey } = pending.entry;
    this.options.logger.error('effect gave up and stays pending until a restart', {
      effect,
      idempotencyKey,
      reason,
    });
  }
}

async function attemptOnce(
  { entry, abort, attempts: attempt }: Pending,
  definition: EffectDefinition,
  handler: EffectHandler<object>,
): Promise<EffectResult> {
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(definition.timeoutMs)]);
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const { idempotencyKey, customerId } = entry;
  // A handler that ignores the signal must not hold its place for ever.
  const result = await Promise.race([
    handler(entry.request, { idempotencyKey, attempt, customerId, signal }),
    timedOut,
  ]);
  assertValid(entry.name, result);
  return result;
}

function assertValid(effect: string, { definition, payload }: EffectResult): void {
  const [violation] = validatePayload(definition, payload);
  if (!violation) return;
  const { path, expected, found } = violation;
  throw new TerminalError(
    'INVALID_OUTPUT',
    `${effect} ended with a ${definition.type} that breaks its schema: ${path}: expected ${expected}, found ${found}`,
  );
}
