import { describe, expect, it } from '@jest/globals';
import { throughputWindow } from './throughput-window.js';

describe('the throughput of a peer', () => {
  it('counts from the first output after the warm-up to the last one', () => {
    const appended = [5, 10, 20, 30, 40, 50].map((ms) => ms * 100);
    expect(throughputWindow(appended, 2, 4)).toEqual({ from: 2000, to: 5000, messages: 3, rate: 1 });
  });

  it('does not count the batch that starts the clock', () => {
    const appended = [100, 100, 100, 1100, 1100];
    expect(throughputWindow(appended, 0, 5)).toEqual({ from: 100, to: 1100, messages: 2, rate: 2 });
  });

  it('does not depend on the order of the partitions', () => {
    const appended = [5000, 1000, 4000, 2000, 3000];
    expect(throughputWindow(appended, 1, 4)).toEqual(throughputWindow([...appended].sort(), 1, 4));
  });

  it('is not made up from too few outputs', () => {
    expect(() => throughputWindow([1, 2, 3], 1, 3)).toThrow('3 outputs are fewer than 1 and 3');
    expect(() => throughputWindow([7, 7, 7], 0, 3)).toThrow('at once');
  });
});
