import { describe, expect, it } from '@jest/globals';
import { cpuBetween, cpuMsOf, peakMemoryMbOf } from './process-usage.js';

const STAT =
  '4242 (a (strange) name) S 1 4242 4242 0 -1 4194304 100 0 0 0 150 25 7 8 20 0 11 0 12345 1000000 500 18446744073709551615';

describe('the CPU time of a process', () => {
  it('is its user and system time, whatever the program is called', () => {
    expect(cpuMsOf(STAT)).toBe(1750);
  });

  it('between two times is taken from the samples around them', () => {
    const samples = [
      { at: 1000, cpuMs: 0 },
      { at: 1100, cpuMs: 100 },
      { at: 1200, cpuMs: 120 },
    ];
    expect(cpuBetween(samples, 1000, 1200)).toBe(120);
    expect(cpuBetween(samples, 1050, 1150)).toBe(60);
  });

  it('is unknown outside the samples, and never guessed', () => {
    expect(cpuBetween([{ at: 1000, cpuMs: 5 }], 900, 1000)).toBeNaN();
    expect(cpuBetween([], 0, 1)).toBeNaN();
  });
});

describe('the memory of a process', () => {
  it('is the most that it ever held', () => {
    expect(peakMemoryMbOf('Name:\tnode\nVmPeak:\t 9000 kB\nVmHWM:\t  204800 kB\nVmRSS:\t 1 kB\n')).toBe(200);
  });

  it('is unknown where the system does not say', () => {
    expect(peakMemoryMbOf('Name:\tnode\n')).toBeNaN();
  });
});
