import { describe, expect, it } from '@jest/globals';
import { chosen, classOf, dueBy, dueMs } from './arrivals.js';

describe('the arrivals of the load', () => {
  it('are nine reads in ten, and 25 of each kind of write in a second of 500', () => {
    for (const second of [0, 1, 59]) {
      const classes = Array.from({ length: 500 }, (_, n) => classOf(second * 500 + n));
      const count = (wanted: string): number => classes.filter((each) => each === wanted).length;
      expect([count('read'), count('workflow'), count('light')]).toEqual([450, 25, 25]);
    }
  });

  it('are due at an even pace, whatever became of those before', () => {
    expect([0, 1, 500, 750].map((n) => dueMs(n, 500))).toEqual([0, 2, 1000, 1500]);
  });

  it('that came while the generator could not run are all due at once', () => {
    expect([0, 1.9, 2, 10, 1e9].map((elapsed) => dueBy(elapsed, 500, 1000))).toEqual([1, 1, 2, 6, 1000]);
    for (const n of [0, 1, 7, 999]) expect(dueBy(dueMs(n, 500), 500, 1000)).toBe(n + 1);
  });
});

describe('a choice by weights', () => {
  it('has each as often as its weight says', () => {
    const shares = Array.from({ length: 100 }, (_, n) => n / 100);
    const names = shares.map((share) => chosen({ a: 3, b: 1, c: 0 }, share));
    expect(['a', 'b', 'c'].map((name) => names.filter((each) => each === name).length)).toEqual([75, 25, 0]);
  });

  it('of nothing is an error', () => {
    expect(() => chosen({}, 0.5)).toThrow(RangeError);
  });
});
