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

describe('batches that lie on each other', () => {
  const KEY = 's/ada/balances/1';
  /** Writes a value and an id in a partition. */
  function writes(value: string, partition: number, state: PartitionState, below?: Batch): Batch {
    const batch = new Batch(below);
    const part = batch.part(partition, state);
    part.overlay.set(KEY, value);
    part.seen.set(`msg-${value}`, `digest-${value}`);
    batch.rememberHandled(1, 0);
    return batch;
  }
  const seenBy = (batch: Batch, state: PartitionState) => {
    const part = batch.part(0, state);
    return [part.overlay.get(KEY), part.digestOf('msg-a'), part.digestOf('msg-c')];
  };

  it('read through one that has no part of the partition, before and after each commit', () => {
    const [state, other] = [new PartitionState(), new PartitionState()];
    const first = writes('a', 0, state);
    const second = writes('b', 1, other, first);
    const third = writes('c', 0, state, second);
    const fourth = new Batch(third);
    expect(seenBy(fourth, state)).toEqual(['c', 'digest-a', 'digest-c']);
    expect(written(third).map(([key]) => key)).toContain('m/-/2');
    for (const batch of [first, second, third]) {
      batch.apply();
      expect(seenBy(fourth, state)).toEqual(['c', 'digest-a', 'digest-c']);
    }
    expect(state.store.get(KEY)).toBe('c');
    expect(new Batch(fourth).part(1, other).overlay.get(KEY)).toBe('b');
  });

  it('see what is parked in any of those below', () => {
    const [state, other] = [new PartitionState(), new PartitionState()];
    const first = new Batch();
    first.part(0, state).parks = true;
    const third = writes('c', 0, state, writes('b', 1, other, first));
    expect(third.part(0, state).mayHaveParked).toBe(true);
    expect(third.part(1, other).mayHaveParked).toBe(false);
  });

  it('hold nothing of those that are committed', () => {
    const state = new PartitionState();
    const first = writes('a', 0, state);
    const second = new Batch(first);
    second.part(0, state);
    first.apply();
    state.apply([[KEY, 'changed']]);
    expect(second.part(0, state).overlay.get(KEY)).toBe('changed');
  });
});
