import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type EffectHandler, type EffectResult, outcome, RetriableError } from '../agent/index.js';
import { Confirmed } from './suite/counter-agent.fixtures.js';
import { attemptEffect } from './effect-attempt.js';

const request = { customerId: 'ada', amount: 1 };
const done = outcome(Confirmed, request);
const call = { idempotencyKey: 'eff-1', attempt: 2, customerId: 'ada' };
const timedOut = expect.objectContaining({ code: 'EFFECT_TIMED_OUT', retriable: true });

describe('one attempt of an effect', () => {
  let dropped: AbortController;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    dropped = new AbortController();
  });
  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  const attempt = (
    handler: EffectHandler<object>,
  ): { ended: Promise<EffectResult>; isOver: () => boolean } => {
    const limits = { timeoutMs: 1000, graceMs: 100, dropped: dropped.signal };
    let isOver = false;
    const ended = attemptEffect(handler, request, call, limits).finally(() => (isOver = true));
    // The rejection is looked at later, after time has been moved on.
    ended.catch(() => undefined);
    return { ended, isOver: () => isOver };
  };

  it('gives the handler the request, the key and the number of the attempt', async () => {
    const handler = jest.fn<EffectHandler<object>>().mockResolvedValue(done);
    await expect(attempt(handler).ended).resolves.toBe(done);
    expect(handler).toHaveBeenCalledWith(request, { ...call, signal: expect.any(AbortSignal) });
  });

  it('fails as the handler fails, also when that throws at once', async () => {
    const error = new RetriableError('DOWN', 'nobody there');
    const handler: EffectHandler<object> = () => {
      throw error;
    };
    await expect(attempt(handler).ended).rejects.toBe(error);
  });

  it('aborts the signal at the time-out and fails as the handler then does', async () => {
    const stopped = new RetriableError('STOPPED', 'as told');
    const { ended } = attempt(
      (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(stopped))),
    );
    await jest.advanceTimersByTimeAsync(1000);
    await expect(ended).rejects.toBe(stopped);
  });

  it('takes an answer that comes during the grace', async () => {
    const { ended } = attempt(() => new Promise((resolve) => setTimeout(() => resolve(done), 1099)));
    await jest.advanceTimersByTimeAsync(1099);
    await expect(ended).resolves.toBe(done);
  });

  it('leaves a handler that ignores its signal to itself when the grace is over', async () => {
    const { ended, isOver } = attempt(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(1099);
    expect(isOver()).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await expect(ended).rejects.toEqual(timedOut);
  });

  it('is over the grace after it was dropped', async () => {
    let signal: AbortSignal | undefined;
    const { ended } = attempt((_, call) => {
      signal = call.signal;
      return new Promise(() => undefined);
    });
    dropped.abort();
    expect(signal?.aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(100);
    await expect(ended).rejects.toBe(dropped.signal.reason);
  });
});
