import { describe, expect, it } from '@jest/globals';
import { median, percentile, rounded } from './statistics.js';

describe('a median', () => {
  it('is the middle value, however they are ordered', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is between the two middle values of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('is the value itself of one', () => {
    expect(median([7])).toBe(7);
  });

  it('of nothing is an error, not a number that looks measured', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

  it('is a value that was measured', () => {
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 100)).toBe(100);
    expect(percentile([3, 8], 99)).toBe(8);
  });
});

describe('a reported figure', () => {
  it('has three significant digits', () => {
    expect([12_345.6, 0.012345, 2, 0].map(rounded)).toEqual([12_300, 0.0123, 2, 0]);
  });
});
