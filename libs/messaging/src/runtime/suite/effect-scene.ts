import { jest } from '@jest/globals';
import {
  defineEffect,
  type EffectCall,
  type EffectResult,
  outcome,
  RetriableError,
  TerminalError,
} from '../../agent/index.js';
import { Confirmed, counterAgent } from './counter-agent.fixtures.js';
import { EffectRunner } from '../effect-runner.js';
import type { EffectEntry } from '../partition-state.js';
import { silentLogger } from '../runtime-logger.js';

type Options = Omit<Parameters<typeof defineEffect>[0], 'name'>;
export type Answer = (call: EffectCall) => Promise<EffectResult>;

export const PARTITION = 3;
const DOWN = new RetriableError('DOWN', 'nobody there');
export const success: Answer = ({ customerId }) =>
  Promise.resolve(outcome(Confirmed, { customerId, amount: 1 }));
export const failure: Answer = () => Promise.reject(DOWN);
export const refusal: Answer = () => Promise.reject(new TerminalError('NO_WAY', 'never'));
export const silence: Answer = () => new Promise(() => undefined);

/** A runner whose other side answers as the test says, and what it was asked. Needs fake timers. */
export class Scene {
  readonly runner: EffectRunner;
  readonly calls: { id: string; attempt: number; at: number; signal: AbortSignal }[] = [];
  answer: Answer = success;
  check: (entry: EffectEntry, result: EffectResult) => void = () => undefined;
  running = 0;
  mostRunning = 0;

  constructor(options: Options = {}, others: Readonly<Record<string, Answer>> = {}, concurrency = 16) {
    const names = Object.keys(others);
    const handlers = names.map((name) => [name, this.observed(others[name] as Answer)] as const);
    this.runner = new EffectRunner({
      agent: {
        ...counterAgent,
        effects: [defineEffect({ name: 'pay', ...options }), ...names.map((name) => defineEffect({ name }))],
      },
      handlers: new Map([['pay', this.observed((call) => this.answer(call))], ...handlers]),
      concurrency,
      logger: silentLogger,
      check: (entry, result) => this.check(entry, result),
      onOutcome: () => undefined,
      clock: Date.now,
    });
  }

  ask(id: string, { customerId = 'ada', sequence, name = 'pay' }: Partial<EffectEntry> = {}): void {
    this.runner.start(PARTITION, `e/${customerId}/${id}`, {
      name,
      idempotencyKey: id,
      customerId,
      request: {},
      ...(sequence === undefined ? {} : { sequence }),
      priority: 'NORMAL',
      metadata: {},
    });
  }

  /** Commits all outcomes there are. @returns their keys */
  commit(): string[] {
    const outcomes = this.runner.take(Infinity);
    this.runner.confirm(outcomes);
    return outcomes.map(({ entry }) => entry.idempotencyKey);
  }

  /** Lets time go by and commits what comes, a millisecond at a time. @returns keys of the outcomes */
  async pass(ms: number): Promise<string[]> {
    const ended: string[] = [];
    for (let passed = 0; passed < ms; passed++) {
      await jest.advanceTimersByTimeAsync(1);
      ended.push(...this.commit());
    }
    return ended;
  }

  ids(): string[] {
    return this.calls.map(({ id }) => id);
  }

  private observed(answer: Answer) {
    return async (_: object, call: EffectCall): Promise<EffectResult> => {
      this.calls.push({
        id: call.idempotencyKey,
        attempt: call.attempt,
        at: Date.now(),
        signal: call.signal,
      });
      this.mostRunning = Math.max(this.mostRunning, ++this.running);
      try {
        return await answer(call);
      } finally {
        this.running--;
      }
    };
  }
}

/** An answer that takes its time. */
export const slowly =
  (ms: number): Answer =>
  async (call) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return success(call);
  };
export const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `eff-${index}`);
