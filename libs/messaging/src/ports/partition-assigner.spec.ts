import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { assignPartitionNumbers, type AssignableMember } from './partition-assigner.js';

const member = (memberId: string, owned: readonly number[] = [], generationId = -1): AssignableMember => ({
  memberId,
  owned,
  generationId,
});

const entries = (members: readonly AssignableMember[], count: number): Record<string, readonly number[]> =>
  Object.fromEntries(assignPartitionNumbers(members, count));

describe('assignment of partition numbers', () => {
  it('gives all to a single member and none to nobody', () => {
    expect(entries([member('a')], 3)).toEqual({ a: [0, 1, 2] });
    expect(entries([], 3)).toEqual({});
  });

  it('leaves members without a partition when there are more members than partitions', () => {
    const shares = Object.values(entries([member('a'), member('b'), member('c')], 2));
    expect(shares.map((share) => share.length).sort()).toEqual([0, 1, 1]);
  });

  it('takes from each of two members only what a third needs', () => {
    const before = [member('a', [0, 1, 2], 4), member('b', [3, 4, 5], 4), member('c')];
    expect(entries(before, 6)).toEqual({ a: [0, 1], b: [3, 4], c: [2, 5] });
  });

  it('gives what a member left behind to the others and moves nothing else', () => {
    const shares = entries([member('a', [0, 1], 5), member('c', [2, 5], 5)], 6);
    expect(shares['a']).toEqual(expect.arrayContaining([0, 1]));
    expect(shares['c']).toEqual(expect.arrayContaining([2, 5]));
  });

  it('ignores what a member claims from an earlier generation', () => {
    const shares = entries([member('a', [0, 1], 3), member('zombie', [0, 1, 2, 3], 2)], 4);
    expect(shares['a']).toEqual([0, 1]);
    expect(shares['zombie']).toEqual([2, 3]);
  });

  it('ignores claims of partitions that do not exist', () => {
    expect(entries([member('a', [7, -1, 0], 1), member('b', [1], 1)], 2)).toEqual({ a: [0], b: [1] });
  });

  const anyMembers = fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
    .chain((ids) =>
      fc.tuple(
        ...ids.map((memberId) =>
          fc.record({
            memberId: fc.constant(memberId),
            owned: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 30 }),
            generationId: fc.integer({ min: -1, max: 3 }),
          }),
        ),
      ),
    );

  it('gives every number once, in shares equal to within one, whatever is claimed', () => {
    fc.assert(
      fc.property(anyMembers, fc.integer({ min: 1, max: 30 }), (members, count) => {
        const shares = [...assignPartitionNumbers(members, count).values()];
        expect(shares.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
        const sizes = shares.map((share) => share.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order of the members, and changes nothing when nothing has changed', () => {
    fc.assert(
      fc.property(anyMembers, fc.integer({ min: 1, max: 30 }), (members, count) => {
        const first = assignPartitionNumbers(members, count);
        expect(Object.fromEntries(assignPartitionNumbers([...members].reverse(), count))).toEqual(
          Object.fromEntries(first),
        );
        const settled = [...first].map(([memberId, owned]) => member(memberId, owned, 9));
        expect(assignPartitionNumbers(settled, count)).toEqual(
          new Map([...first].sort(([a], [b]) => (a < b ? -1 : 1))),
        );
      }),
    );
  });
});
