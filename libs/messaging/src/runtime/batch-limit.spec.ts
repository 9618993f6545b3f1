import { describe, expect, it } from '@jest/globals';
import { BatchLimit } from './batch-limit.js';

describe('the limit of a batch', () => {
  it('shrinks to what can be handled in the time, and grows again with batches that use it', () => {
    const limit = new BatchLimit(2000, 250);
    expect(limit.size).toBe(2000);
    limit.took(2000, 20_000);
    expect(limit.size).toBe(25);
    expect(limit.isSeeking).toBe(false);
    limit.took(3, 1);
    expect(limit.size).toBe(25);
    for (let n = 0; n < 11; n += 1) limit.took(limit.size, 100);
    expect(limit.size).toBe(2000);
    limit.took(0, 500);
    expect(limit.size).toBe(2000);
  });

  it('is halved at most by a batch much shorter than it could be', () => {
    const limit = new BatchLimit(2000, 250);
    limit.took(5, 300);
    expect(limit.size).toBe(1000);
    limit.took(400, 275);
    expect(limit.size).toBe(500);
    limit.took(400, 500);
    expect(limit.size).toBe(200);
  });

  it('lets the next batch be handled while the last one commits under a backlog only', () => {
    const limit = new BatchLimit(2000, 250);
    const flightsAfter = (polled: number) => {
      limit.took(polled, 1);
      return limit.flights;
    };
    expect([limit.flights, ...[5, 99, 100, 2000, 0].map(flightsAfter)]).toEqual([0, 0, 0, 1, 1, 0]);
    const small = new BatchLimit(8, 250);
    const smallFlightsAfter = (polled: number) => {
      small.took(polled, 1);
      return small.flights;
    };
    expect([7, 8].map(smallFlightsAfter)).toEqual([0, 1]);
  });

  it('lets the next batch be handled while the last one commits where commits are quick', () => {
    const limit = new BatchLimit(2000, 250);
    const flightsAfter = (commitMs: number) => {
      limit.succeeded(commitMs);
      return limit.flights;
    };
    expect([15, 25, 80, 80, 20, 20, 20, 20, 20].map(flightsAfter)).toEqual([1, 1, 1, 0, 0, 0, 0, 1, 1]);
  });

  it('has the agent rest after slow commits, as long as they are slow, and not under a backlog', () => {
    const limit = new BatchLimit(2000, 250);
    const restAfter = (commitMs: number) => {
      limit.succeeded(commitMs);
      return Math.round(limit.restMs);
    };
    expect([limit.restMs, ...[15, 30, 80, 80, 1000].map(restAfter)]).toEqual([0, 0, 0, 2, 41, 100]);
    limit.took(500, 10);
    expect(limit.restMs).toBe(0);
  });

  it('has the agent keep the interval from commit to commit, and longer rests after slow ones', () => {
    const limit = new BatchLimit(2000, 250, 200);
    const restAfter = (commitMs: number) => {
      limit.succeeded(commitMs);
      return [limit.flights, Math.round(limit.restMs)];
    };
    expect([0, limit.restMs]).toEqual([0, 0]);
    expect([20, 20, 70].map(restAfter)).toEqual([
      [0, 180],
      [0, 180],
      [0, 170],
    ]);
    for (let n = 0; n < 50; n += 1) limit.succeeded(190);
    expect(Math.round(limit.restMs)).toBe(100);
    limit.took(500, 10);
    expect([limit.flights, limit.restMs]).toEqual([1, 0]);
  });

  it('is halved for a batch that fails twice until one record stands alone, and grows again', () => {
    const limit = new BatchLimit(8, 250);
    const sizes = [8, 8, 4, 2].map((records) => {
      limit.failed(records);
      return limit.size;
    });
    expect(sizes).toEqual([8, 4, 2, 1]);
    expect(limit.isSeeking).toBe(true);
    for (let n = 0; n < 3; n += 1) limit.succeeded(100);
    expect([limit.size, limit.isSeeking]).toEqual([8, false]);
  });
});
