import { describe, expect, it } from '@jest/globals';
import { drawUpTo, seededRandom } from './seeded-random.js';

const take = (seed: number, count: number): number[] => {
  const next = seededRandom(seed);
  return Array.from({ length: count }, next);
};

describe('seeded random numbers', () => {
  it('are the same for the same seed and others for another', () => {
    expect(take(7, 20)).toEqual(take(7, 20));
    expect(take(7, 20)).not.toEqual(take(8, 20));
  });

  it('spread over the whole range', () => {
    const numbers = take(1, 1000);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const tenths = new Set(numbers.map((number) => Math.floor(number * 10)));
    expect(tenths.size).toBe(10);
  });

  it('draw each whole number of a range for some seed', () => {
    const drawn = new Set(Array.from({ length: 200 }, (_, seed) => drawUpTo(5, seed)));
    expect([...drawn].sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
