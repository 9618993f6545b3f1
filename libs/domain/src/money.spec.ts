import { describe, expect, it } from '@jest/globals';
import type { Money } from '@aika/contracts';
import fc from 'fast-check';
import {
  add,
  allocate,
  CurrencyMismatchError,
  max,
  min,
  MoneyRangeError,
  multiplyRatio,
  subtract,
} from './money.js';

const gbp = (amount: number): Money => ({ amount, currency: 'GBP' });
const amounts = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });

describe('money', () => {
  it('adds, subtracts and compares in one currency only', () => {
    expect(add(gbp(1), gbp(2))).toEqual(gbp(3));
    expect(subtract(gbp(1), gbp(2))).toEqual(gbp(-1));
    expect(min(gbp(1), gbp(2))).toEqual(gbp(1));
    expect(max(gbp(1), gbp(2))).toEqual(gbp(2));
    for (const operation of [add, subtract, min, max]) {
      expect(() => operation(gbp(1), { amount: 1, currency: 'DKK' })).toThrow(CurrencyMismatchError);
    }
  });

  it('rounds a half away from zero, so that a refund mirrors a charge', () => {
    expect(multiplyRatio(gbp(1), 1, 2)).toEqual(gbp(1));
    expect(multiplyRatio(gbp(-1), 1, 2)).toEqual(gbp(-1));
    expect(multiplyRatio(gbp(10), 1, 3)).toEqual(gbp(3));
    expect(multiplyRatio(gbp(199), 1, 100, 'down')).toEqual(gbp(1));
  });

  it('stays exact where binary fractions would not', () => {
    expect(multiplyRatio(gbp(9_007_199_254_740_991), 3, 3)).toEqual(gbp(9_007_199_254_740_991));
    expect(() => multiplyRatio(gbp(9_007_199_254_740_991), 2, 1)).toThrow(MoneyRangeError);
    expect(() => multiplyRatio(gbp(1), 1, 0)).toThrow(MoneyRangeError);
  });

  it('allocates parts that sum to the whole and differ from the exact share by less than one unit', () => {
    const weights = fc
      .array(fc.nat(1000), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((w) => w > 0));
    fc.assert(
      fc.property(amounts, weights, (amount, shares) => {
        const parts = allocate(gbp(amount), shares);
        expect(parts.reduce(add)).toEqual(gbp(amount));
        const total = shares.reduce((sum, weight) => sum + weight, 0);
        parts.forEach((part, i) => {
          expect(Math.abs(part.amount - (amount * (shares[i] ?? 0)) / total)).toBeLessThan(1.001);
        });
      }),
    );
    expect(() => allocate(gbp(1), [0, 0])).toThrow(MoneyRangeError);
  });
});
