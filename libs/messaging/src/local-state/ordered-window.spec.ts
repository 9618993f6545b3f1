import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexKey, OrderedWindow } from './ordered-window.js';

const PREFIX = 't/';

/** A window of 4 over an index that stands in for the disk; loading takes a turn. */
function windowOver(disk: Set<string>): OrderedWindow {
  return new OrderedWindow({
    prefix: PREFIX,
    size: 4,
    load: (after, limit) => {
      const found = [...disk].filter((entry) => entry > after).sort();
      return new Promise((resolve) => setImmediate(() => resolve(found.slice(0, limit))));
    },
    failed: (error) => {
      throw error;
    },
  });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the window over an index by time', () => {
  it('orders by time, whatever the keys are, and gives them back as they were', async () => {
    const window = windowOver(new Set());
    await window.open();
    const keys = ['t/ada/é/ü', 't/bob/%2F', 't/\u{1F600}/x'];
    keys.forEach((key, n) => window.add(indexKey(PREFIX, 30 - n, key)));
    expect(window.upTo(100, 10)).toEqual([...keys].reverse());
    expect(window.next()).toBe(28);
  });

  it('hands out everything once, in order, as entries come and go while more is loaded', async () => {
    const step = fc.oneof(
      fc.record({ add: fc.nat(40) }),
      fc.record({ remove: fc.nat(40) }),
      fc.constant({ take: true }),
      fc.constant({ wait: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40)), fc.array(step, { maxLength: 60 }), async (before, steps) => {
        const disk = new Set(before.map((time) => indexKey(PREFIX, time, `k${time}`)));
        const window = windowOver(disk);
        await window.open();
        const take = (): boolean => {
          const [key] = window.upTo(100, 1);
          if (key === undefined) return false;
          const entry = indexKey(PREFIX, Number(key.slice(1)), key);
          expect(entry).toBe([...disk].sort()[0]);
          disk.delete(entry);
          window.delete(entry);
          return true;
        };
        for (const one of steps) {
          if ('add' in one) {
            const entry = indexKey(PREFIX, one.add, `k${one.add}`);
            disk.add(entry);
            window.add(entry);
          } else if ('remove' in one) {
            const entry = indexKey(PREFIX, one.remove, `k${one.remove}`);
            disk.delete(entry);
            window.delete(entry);
          } else if ('take' in one) take();
          else await turn();
        }
        await turn();
        while (disk.size > 0) {
          expect(window.next()).toBeDefined();
          if (!take()) await turn();
        }
        expect(window.upTo(100, 1)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
