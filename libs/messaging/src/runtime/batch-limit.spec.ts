import { describe, expect, it } from '@jest/globals';
import { BatchLimit } from './batch-limit.js';

describe('the limit of a batch', () => {
  it('shrinks to what can be handled in the time, and grows again with batches that use it', () => {
    const limit = new BatchLimit(2000, 250);
    expect(limit.size).toBe(2000);
    limit.took('handling', 100, 1000);
    expect(limit.size).toBe(25);
    expect(limit.isSeeking).toBe(false);
    limit.took('handling', 3, 1);
    expect(limit.size).toBe(25);
    for (let n = 0; n < 11; n += 1) limit.took('handling', limit.size, 100);
    expect(limit.size).toBe(2000);
    limit.took('handling', 0, 500);
    expect(limit.size).toBe(2000);
  });

  it('is as short as the slower of handling and commit asks for', () => {
    const limit = new BatchLimit(2000, 250);
    limit.took('handling', 2000, 300);
    limit.took('commit', 2000, 500);
    expect(limit.size).toBe(1000);
  });

  it('does not shrink for what a commit costs in any case', () => {
    const limit = new BatchLimit(2000, 250);
    for (let n = 0; n < 10; n += 1) limit.took('commit', 20, 10_000);
    expect(limit.size).toBe(500);
    limit.took('handling', 1, 400);
    expect(limit.size).toBe(1);
  });

  it('is no more than its most, though that is less than a commit is worth', () => {
    const limit = new BatchLimit(8, 250);
    limit.took('commit', 8, 1000);
    expect(limit.size).toBe(8);
  });

  it('is halved for a batch that fails twice until one record stands alone, and grows again', () => {
    const limit = new BatchLimit(8, 250);
    const sizes = [8, 8, 4, 2].map((records) => {
      limit.failed(records);
      return limit.size;
    });
    expect(sizes).toEqual([8, 4, 2, 1]);
    expect(limit.isSeeking).toBe(true);
    for (let n = 0; n < 3; n += 1) limit.succeeded();
    expect([limit.size, limit.isSeeking]).toEqual([8, false]);
  });
});
