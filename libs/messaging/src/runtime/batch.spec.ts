import { describe, expect, it } from '@jest/globals';
import { Batch } from './batch.js';
import { handlingOrder } from './handling-order.js';
import { PartitionState } from './partition-state.js';

const record = (offset: number) => ({
  ...{ topic: 'ns.commands', partition: 0, offset, key: null, value: null, headers: {}, timestamp: 0 },
});

/** A batch that has handled one record of partition 0, built on another one or on what is committed. */
function handled(offset: number, state: PartitionState, below?: Batch): Batch {
  const batch = new Batch(below);
  batch.part(0, state).handled(record(offset));
  batch.rememberHandled(offset, 0);
  return batch;
}
const written = (batch: Batch): [string, string | null][] =>
  batch.changelog('state').map(({ key, value }) => [String(key), value as string | null]);

describe('the entry of what a batch handled', () => {
  it('is numbered behind that of the batch below, whether that one is committed yet or not', () => {
    const state = new PartitionState();
    const first = handled(5, state);
    const second = handled(3, state, first);
    first.apply();
    const third = handled(4, state, second);
    second.apply();
    const entries = [first, second, third].flatMap(written);
    expect(entries.map(([key]) => key)).toEqual(['m/-/1', 'm/-/2', 'm/-/3']);
    const offsets = handlingOrder(entries).map((step) => (step.kind === 'record' ? step.offset : undefined));
    expect(offsets).toEqual([5, 3, 4]);
  });

  it('takes the number of a batch that fell', () => {
    const state = new PartitionState();
    handled(1, state);
    expect(written(handled(1, state))[0]?.[0]).toBe('m/-/1');
  });

  it('is behind those of an earlier process, and forgotten when it is old', () => {
    const state = new PartitionState();
    const before = handled(1, state);
    before.apply();
    const restored = new PartitionState();
    restored.apply(written(before));
    const after = new Batch();
    after.part(0, restored).handled(record(2));
    after.rememberHandled(100, 50);
    expect(written(after).map(([key, value]) => [key, value === null])).toEqual([
      ['m/-/2', false],
      ['m/-/1', true],
    ]);
  });

  it('forgets a few old ones at a time, and more than are added, when a day’s are due at once', () => {
    const state = new PartitionState();
    for (let n = 1; n <= 20; n += 1) handled(n, state).apply();
    const counts = [0, 1, 2, 3].map((n) => {
      const batch = new Batch();
      batch.part(0, state).handled(record(100 + n));
      batch.rememberHandled(1000, 500);
      batch.apply();
      return written(batch).filter(([, value]) => value === null).length;
    });
    expect(counts).toEqual([4, 4, 4, 4]);
  });
});
