import { describe, expect, it } from '@jest/globals';
import { effectBackoff } from './effect-backoff.js';

const waits = (key: string): number[] =>
  [1, 2, 3, 4, 5, 1000].map((attempt) =>
    effectBackoff({ backoffMs: 1000, maxBackoffMs: 10_000 }, key, attempt),
  );

describe('the wait between attempts of an effect', () => {
  it('doubles up to its bound, less at most one half', () => {
    for (const [index, wait] of waits('eff-1').entries()) {
      const whole = [1000, 2000, 4000, 8000, 10_000, 10_000][index] ?? 0;
      expect(wait).toBeGreaterThanOrEqual(whole / 2);
      expect(wait).toBeLessThanOrEqual(whole);
    }
  });

  it('is the same for the same key and attempt', () => {
    expect(waits('eff-1')).toEqual(waits('eff-1'));
  });

  it('spreads effects that failed together over the whole range', () => {
    const first = Array.from({ length: 200 }, (_, index) => waits(`eff-${index}`)[0] ?? 0);
    expect(Math.min(...first)).toBeLessThan(550);
    expect(Math.max(...first)).toBeGreaterThan(950);
    expect(new Set(first).size).toBeGreaterThan(100);
  });
});
