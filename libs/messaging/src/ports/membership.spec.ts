import { describe, expect, it } from '@jest/globals';

import { keptPartitions } from './membership.js';

const before = { groupId: 'g', memberId: 'm', generationId: 4, partitions: [0, 1, 2] };

describe('partitions kept over a rebalance', () => {
  it('are those owned in both of two successive generations', () => {
    expect(keptPartitions(before, { ...before, generationId: 5, partitions: [1, 2, 3] })).toEqual([1, 2]);
  });

  it('are none after a missed generation: somebody else may have worked on them', () => {
    expect(keptPartitions(before, { ...before, generationId: 6 })).toEqual([]);
  });

  it('are none for a member that comes back under another id, and at the first join', () => {
    expect(keptPartitions(before, { ...before, generationId: 5, memberId: 'n' })).toEqual([]);
    expect(keptPartitions(undefined, before)).toEqual([]);
  });
});
