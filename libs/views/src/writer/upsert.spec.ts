import { describe, expect, it } from '@jest/globals';
import { orderKey } from '../projections/view-event.js';
import { jsonOf } from './upsert.js';

describe('JSON for PostgreSQL', () => {
  it('has neither NUL nor halves of surrogate pairs, which a text of somebody else may hold', () => {
    expect(jsonOf({ text: 'a\0b\uD800c' })).toBe('{"text":"a\uFFFDb\uFFFDc"}');
  });

  it('leaves every other text as it is', () => {
    const text = 'naïve 🚗 \\u0000 "quoted"\n';
    expect(JSON.parse(jsonOf([text]))).toEqual([text]);
  });
});

describe('the order of events', () => {
  const at = (latestMs: number, offset: number, topic = 'aika.events') =>
    orderKey({ latestMs, topic, partition: 0, offset });

  it('is that of the log within a partition, and of the log’s time between topics', () => {
    const keys = [at(1000, 1, 'aika.events.high'), at(1000, 9), at(1000, 10), at(2000, 2), at(10_000, 3)];
    expect([...keys].reverse().sort()).toEqual(keys);
  });
});
