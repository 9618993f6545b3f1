import { describe, expect, it } from '@jest/globals';
import { Recent } from './recent.js';

const world = (outcomes: readonly (string | Error)[]) => {
  let reads = 0;
  let now = 0;
  const read = (): Promise<string> => {
    const outcome = outcomes[reads++] ?? 'none';
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  };
  return {
    recent: new Recent(read, 1_000, () => now),
    reads: () => reads,
    pass: (ms: number) => (now += ms),
  };
};

describe('what was read a moment ago', () => {
  it('is told again, and read anew when it is too old', async () => {
    const { recent, reads, pass } = world(['first', 'second']);
    expect(await recent.get()).toBe('first');
    pass(999);
    expect(await recent.get()).toBe('first');
    expect(reads()).toBe(1);
    pass(1);
    expect(await recent.get()).toBe('second');
  });

  it('is read once for all who ask meanwhile', async () => {
    const { recent, reads } = world(['first']);
    expect(await Promise.all([recent.get(), recent.get(), recent.get()])).toEqual([
      'first',
      'first',
      'first',
    ]);
    expect(reads()).toBe(1);
  });

  it('is not kept when it failed', async () => {
    const { recent } = world([new Error('away'), 'back']);
    await expect(recent.get()).rejects.toThrow('away');
    expect(await recent.get()).toBe('back');
  });
});
