import { setTimeout as delay } from 'node:timers/promises';
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

  start(partition: number, key: string, entry: EffectEntry): void {
    if (this.pending.has(key)) return;
    const pending: Pending = { partition, key, entry, abort: new AbortController() };
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

  private async run(pending: Pending): Promise<void> {
    const { entry, partition, key } = pending;
    const definition = this.options.agent.effects?.find((effect) => effect.name === entry.name);
    const handler = this.options.handlers.get(entry.name);
    if (!definition || !handler) {
      this.options.logger.error('pending effect has no handler and stays pending', { effect: entry.name });
      return;
    }
    const result = await this.untilDone(pending, definition, handler);
    if (result === undefined || pending.abort.signal.aborted) return;
    this.outcomes.push({ partition, key, entry, result });
    this.options.onOutcome();
  }

  private async untilDone(
    pending: Pending,
    definition: EffectDefinition,
    handler: EffectHandler<object>,
  ): Promise<EffectResult | undefined> {
    const { entry, abort } = pending;
    for (let attempt = 1; !abort.signal.aborted; attempt++) {
      try {
        const result = await attemptOnce(pending, definition, handler, attempt);
        assertValid(entry.name, result);
        return result;
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        const terminal = error instanceof HandlerError && !error.retriable;
        const fields = {
          effect: entry.name,
          idempotencyKey: entry.idempotencyKey,
          attempt,
          reason: String(error),
        };
        if (terminal || attempt >= definition.maxAttempts) {
          this.options.logger.error('effect gave up and stays pending until a restart', fields);
          return undefined;
        }
        this.options.logger.warn('effect will be tried again', fields);
        await pause(
          Math.min(definition.maxBackoffMs, definition.backoffMs * 2 ** Math.min(attempt - 1, 30)),
          abort.signal,
        );
      }
    }
    return undefined;
  }
}

async function attemptOnce(
  { entry, abort }: Pending,
  definition: EffectDefinition,
  handler: EffectHandler<object>,
  attempt: number,
): Promise<EffectResult> {
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(definition.timeoutMs)]);
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  // A handler that ignores the signal must not hold its place for ever.
  return Promise.race([
    handler(entry.request, {
      idempotencyKey: entry.idempotencyKey,
      attempt,
      customerId: entry.customerId,
      signal,
    }),
    timedOut,
  ]);
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

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
