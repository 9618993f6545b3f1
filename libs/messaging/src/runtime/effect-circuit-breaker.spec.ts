import { describe, expect, it } from '@jest/globals';
import { CircuitBreaker } from './effect-circuit-breaker.js';

const SETTINGS = { failures: 3, pauseMs: 100, maxPauseMs: 350 };
const AT = 1000;

/** A circuit breaker after failures in a row at `AT`. */
function after(failures: number): CircuitBreaker {
  const breaker = new CircuitBreaker(SETTINGS);
  for (let count = 0; count < failures; count++) breaker.failed(AT, false);
  return breaker;
}

describe('the circuit breaker of an effect', () => {
  it('limits nothing before it has ever opened', () => {
    expect(after(0).limit(AT)).toBe(Infinity);
    expect(after(2).limit(AT)).toBe(Infinity);
    expect(after(2).open).toBeUndefined();
  });

  it('given failures in a row, when there are enough, then it is open until the first pause is over', () => {
    const breaker = after(3);
    expect(breaker.open).toMatchObject({ since: AT, nextProbeAt: AT + 100 });
    expect(breaker.limit(AT + 99)).toBe(0);
    expect(breaker.limit(AT + 100)).toBe(1);
  });

  it('given a success between them, then failures do not add up', () => {
    const breaker = after(2);
    breaker.succeeded();
    breaker.failed(AT, false);
    breaker.failed(AT, false);
    expect(breaker.open).toBeUndefined();
  });

  it('given failed probes, then each pause is twice the one before, up to the longest', () => {
    const breaker = after(3);
    const pauses = [AT + 100, AT + 300, AT + 700].map((now) => {
      breaker.failed(now, true);
      return (breaker.open?.nextProbeAt ?? 0) - now;
    });
    expect(pauses).toEqual([200, 350, 350]);
    expect(breaker.open?.since).toBe(AT);
  });

  it('given a first pause above the longest one, then the longest holds', () => {
    const breaker = new CircuitBreaker({ failures: 1, pauseMs: 500, maxPauseMs: 350 });
    breaker.failed(AT, false);
    expect(breaker.open?.nextProbeAt).toBe(AT + 350);
  });

  it('given an open circuit, when a call from before it opened fails, then the pause stays as it is', () => {
    const breaker = after(3);
    breaker.failed(AT + 50, false);
    expect(breaker.open?.nextProbeAt).toBe(AT + 100);
  });

  it('given an open circuit, when any call succeeds, then it is closed', () => {
    const breaker = after(3);
    breaker.succeeded();
    expect(breaker.open).toBeUndefined();
  });

  it('given a circuit that has closed, then each success lets one more run at a time', () => {
    const breaker = after(3);
    const limits = [1, 2, 3].map(() => {
      breaker.succeeded();
      return breaker.limit(AT);
    });
    expect(limits).toEqual([2, 3, 4]);
  });

  it('given a circuit that has closed, when it opens again, then the pause begins anew', () => {
    const breaker = after(3);
    breaker.failed(AT + 100, true);
    breaker.succeeded();
    for (let count = 0; count < 3; count++) breaker.failed(AT + 1000, false);
    expect(breaker.open).toMatchObject({ since: AT + 1000, nextProbeAt: AT + 1100 });
  });

  it('never opens when no number of failures is enough', () => {
    const breaker = new CircuitBreaker({ ...SETTINGS, failures: Infinity });
    for (let count = 0; count < 1000; count++) breaker.failed(AT, false);
    expect(breaker.limit(AT)).toBe(Infinity);
  });
});
