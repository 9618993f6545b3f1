import { describe, expect, it } from '@jest/globals';
import { fieldDifferences } from './field-differences.js';

describe('differences of two values', () => {
  it('are named by their innermost field', () => {
    const recorded = { payload: { amount: { amount: 100, currency: 'GBP' }, reasons: ['A', 'B'] } };
    const now = { payload: { amount: { amount: 120, currency: 'GBP' }, reasons: ['A', 'C', 'D'] } };
    expect(fieldDifferences(recorded, now)).toEqual([
      { path: 'payload.amount.amount', recorded: 100, now: 120 },
      { path: 'payload.reasons[1]', recorded: 'B', now: 'C' },
      { path: 'payload.reasons[2]', recorded: undefined, now: 'D' },
    ]);
  });

  it('are none when only the order of fields differs', () => {
    expect(fieldDifferences({ a: 1, b: { c: null, d: [1] } }, { b: { d: [1], c: null }, a: 1 })).toEqual([]);
  });

  it.each([
    [null, {}],
    [[], {}],
    ['1', 1],
  ])('tell %j from %j', (recorded, now) => {
    expect(fieldDifferences({ x: recorded }, { x: now })).toEqual([{ path: 'x', recorded, now }]);
  });

  it('are not told without end', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`f${n}`, n]));
    expect(fieldDifferences(many, {})).toHaveLength(50);
  });
});
