import { describe, expect, it } from '@jest/globals';
import { BatchLimit } from './batch-limit.js';

describe('the limit of a batch', () => {
  it('is what can be handled in the time, once it is known', () => {
    const limit = new BatchLimit(2000, 250);
    expect(limit.size).toBe(2000);
    limit.took('handling', 100, 1000);
    expect(limit.size).toBe(25);
    expect(limit.isSeeking).toBe(false);
    for (let n = 0; n < 50; n += 1) limit.took('handling', 50, 1);
    expect(limit.size).toBe(2000);
  });

  it('is as short as the slower of handling and commit asks for', () => {
    const limit = new BatchLimit(2000, 250);
    limit.took('handling', 2000, 100);
    limit.took('commit', 2000, 500);
    expect(limit.size).toBe(1000);
  });

  it('learns nothing from a few quick records, and of one slow record that it is slow', () => {
    const limit = new BatchLimit(2000, 250);
    limit.took('commit', 1, 100);
    limit.took('commit', 0, 500);
    expect(limit.size).toBe(2000);
    limit.took('handling', 1, 400);
    expect(limit.size).toBe(1);
  });

  it('is halved for a batch that fails twice until one record stands alone, and grows again', () => {
    const limit = new BatchLimit(8, 250);
    expect([limit.failed(8), limit.failed(8), limit.size]).toEqual([false, false, 4]);
    expect([limit.failed(4), limit.size, limit.isSeeking]).toEqual([false, 2, true]);
    expect([limit.failed(2), limit.failed(1)]).toEqual([false, true]);
    for (let n = 0; n < 3; n += 1) limit.succeeded();
    expect([limit.size, limit.isSeeking]).toEqual([8, false]);
  });
});
