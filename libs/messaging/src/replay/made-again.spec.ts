import { describe, expect, it } from '@jest/globals';
import type { OutgoingRecord } from '../ports/index.js';
import { comparable, digestOf } from './comparable-output.js';
import { MadeAgain } from './made-again.js';

const output = (messageId: string, rest: object): OutgoingRecord => ({
  ...{ topic: 'aika.events', partition: 0, key: 'cust-1' },
  value: JSON.stringify({ messageId, messageType: 'ADDED', ...rest }),
  headers: { 'aika-message-id': messageId },
});
const stepOf = (records: readonly OutgoingRecord[]) => ({
  ...{ customerId: 'cust-1', message: { messageId: 'msg-0', messageType: 'ADD' } },
  ...{ records, effects: [], isKnown: true },
});
const digest = (rest: object): string => digestOf(comparable(output('msg-1', rest), 'aika'));

describe('what a replay has made', () => {
  it('is kept as digests, so that a long history fits into memory, and whole where that is asked for', () => {
    const long = 'x'.repeat(10_000);
    const made = new MadeAgain('aika', new Set(['msg-2']));
    made.add(stepOf([1, 2, 3].map((n) => output(`msg-${n}`, { payload: { long } }))));
    expect(JSON.stringify([...made.outputs]).length).toBeLessThan(1000);
    expect([...made.outputs.keys()]).toEqual(['msg-1', 'msg-2', 'msg-3']);
    expect([...made.whole.keys()]).toEqual(['msg-2']);
  });
});

describe('the digest of an output', () => {
  it('tells every field apart, however deep, but the id', () => {
    const payload = { amount: { amount: 1, currency: 'GBP' }, reasons: ['a', 'b'] };
    const others = [
      { payload: { ...payload, amount: { amount: 2, currency: 'GBP' } } },
      { payload: { ...payload, reasons: ['b', 'a'] } },
      { payload: { amount: payload.amount } },
      { payload, timestamp: '2026-01-01T00:00:00Z' },
    ].map(digest);
    expect(new Set([digest({ payload }), ...others]).size).toBe(1 + others.length);
    const other = comparable(output('msg-2', { payload }), 'aika');
    expect(digestOf(other)).toBe(digest({ payload }));
    expect(digestOf({ ...other, partition: 1 })).not.toBe(digest({ payload }));
  });

  it('is the same in whatever order an object has its fields', () => {
    expect(digest({ payload: { a: 1, b: { c: 2, d: 3 } } })).toBe(
      digest({ payload: { b: { d: 3, c: 2 }, a: 1 } }),
    );
  });

  it('leaves the time of an ask’s deadline out, and of nothing else', () => {
    const timedOut = (timestamp: string): string => digest({ messageType: 'ASK_TIMED_OUT', timestamp });
    expect(timedOut('2026-01-01T00:00:00Z')).toBe(timedOut('2026-01-01T00:00:09Z'));
  });
});
