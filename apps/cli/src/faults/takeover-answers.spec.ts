import { describe, expect, it } from '@jest/globals';
import { partitionFor } from '@aika/messaging';
import { AnswerTimes, lastRestored } from './takeover-answers.js';
import { countKeys } from './takeover-fill.js';
import { lagOf } from './takeover-lag.js';
import { customersOf } from './takeover-probe.js';

describe('the times of answers', () => {
  it('count only questions asked after the kill, however late older ones are answered', () => {
    const times = new AnswerTimes();
    times.asked('before', 0, 90);
    times.asked('after', 0, 110);
    times.answered('before', 120);
    expect(times.firstSince(100).size).toBe(0);
    times.answered('after', 140);
    expect(times.firstSince(100).get(0)).toEqual({ partition: 0, askedAt: 110, answeredAt: 140 });
  });

  it('keep partitions apart and take the first answer of each', () => {
    const times = new AnswerTimes();
    for (const [id, partition, at] of [
      ['a', 0, 1],
      ['b', 1, 2],
      ['c', 0, 3],
    ] as const) {
      times.asked(id, partition, at);
    }
    times.answered('c', 7);
    times.answered('a', 8);
    expect([...times.firstSince(0)].map(([partition, { answeredAt }]) => [partition, answeredAt])).toEqual([
      [0, 7],
    ]);
    expect(times.openCount).toBe(1);
  });

  it('count an answer once, and none that belongs to others', () => {
    const times = new AnswerTimes();
    times.asked('a', 0, 1);
    times.answered('other', 2);
    expect(times.openCount).toBe(1);
    times.answered('a', 3);
    times.answered('a', 4);
    expect(times.firstSince(0).get(0)?.answeredAt).toBe(3);
    expect(times.openCount).toBe(0);
  });

  it('forget old answers and keep open questions', () => {
    const times = new AnswerTimes();
    times.asked('a', 0, 1);
    times.asked('open', 1, 1);
    times.answered('a', 2);
    times.forgetBefore(5);
    expect(times.firstSince(0).size).toBe(0);
    expect(times.openCount).toBe(1);
  });
});

describe('what an agent says of its restoring', () => {
  const line = (gained: readonly number[], keys: number): string =>
    JSON.stringify({ level: 'log', timestamp: 5, message: 'partitions assigned', gained, keys, ms: 12 });

  it('is the last assignment that gave it partitions', () => {
    const log = [line([0, 1], 10), line([2, 3], 20), line([], 0), 'no JSON: partitions assigned'].join('\n');
    expect(lastRestored(log)).toEqual({ gained: [2, 3], keys: 20, ms: 12, timestamp: 5 });
  });

  it('is nothing when it was given none', () => {
    expect(lastRestored(line([], 0))).toBeUndefined();
  });
});

describe('the lag of all agents', () => {
  const group = (groupId: string, lag: number) => ({
    groupId,
    lag: [{ topic: 'events', partition: 2, committed: 5, end: 5 + lag, lag }],
  });
  const idle = ['a', 'b', 'c'].map((groupId) => group(groupId, 0));

  it('is gone when every group has handled all', () => {
    expect(lagOf([...idle, group('d', 0)])).toBe('');
  });

  it('names what is left', () => {
    expect(lagOf([...idle, group('d', 7)])).toBe('d 7 on events/2');
  });

  it('is not gone while a group or its offsets cannot be seen', () => {
    expect(lagOf(idle)).not.toBe('');
    expect(lagOf([...idle, { groupId: 'd', lag: [] }])).toBe('no offsets of d');
  });
});

describe('the state of an agent', () => {
  it('is counted in keys without the ids of handled messages', () => {
    const keys = ['s/c/quote/q', 't/c/expire', 'm/0/12', 'e/c/pay'];
    expect(countKeys(new Map(keys.map((key) => [key, '{}'])))).toBe(3);
  });
});

describe('the customers of a probe', () => {
  it('cover every partition, each its own', () => {
    expect(customersOf(6).map((customerId) => partitionFor(customerId, 6))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
