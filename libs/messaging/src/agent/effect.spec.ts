import { describe, expect, it } from '@jest/globals';
import { defineEffect } from './effect.js';

describe('the definition of an effect', () => {
  it('has a default for all but the name', () => {
    expect(defineEffect({ name: 'pay' })).toEqual({
      name: 'pay',
      timeoutMs: 10_000,
      graceMs: 1000,
      maxAttempts: 10,
      backoffMs: 200,
      maxBackoffMs: 30_000,
      concurrency: Infinity,
      ordered: false,
      breaker: { failures: 5, pauseMs: 1000, maxPauseMs: 10_000 },
    });
  });

  it('opens the circuit no later than an effect that is alone runs out of attempts', () => {
    expect(defineEffect({ name: 'pay', maxAttempts: 3 }).breaker.failures).toBe(3);
    expect(defineEffect({ name: 'pay', maxAttempts: Infinity }).breaker.failures).toBe(5);
  });

  it('keeps what is said of the breaker, and the defaults of the rest', () => {
    expect(defineEffect({ name: 'pay', breaker: { pauseMs: 60_000 } }).breaker).toEqual({
      failures: 5,
      pauseMs: 60_000,
      maxPauseMs: 60_000,
    });
  });

  it.each([
    [{ concurrency: 0 }, 'concurrency is a whole number from 1, or Infinity, not 0'],
    [{ maxAttempts: 7.5 }, 'maxAttempts is a whole number from 1, or Infinity, not 7.5'],
    [{ breaker: { failures: NaN } }, 'breaker.failures is a whole number from 1, or Infinity, not NaN'],
    [{ timeoutMs: Infinity }, 'timeoutMs is milliseconds from 0 to 2147483647, not Infinity'],
    [{ breaker: { pauseMs: -1 } }, 'breaker.pauseMs is milliseconds from 0 to 2147483647, not -1'],
  ])('refuses %j', (options, fault) => {
    expect(() => defineEffect({ name: 'pay', ...options })).toThrow(new TypeError(`Effect pay: ${fault}.`));
  });
});
