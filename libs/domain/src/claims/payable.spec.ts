import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dkk, gbp } from './claim.fixtures.js';
import { payableAmount } from './payable.js';

describe('payable', () => {
  it('is the loss less the deductible', () => {
    expect(payableAmount(gbp(1000), { limit: gbp(50_000), deductible: gbp(250) })).toEqual(gbp(750));
  });

  it('is at most the limit, which counts after the deductible', () => {
    expect(payableAmount(gbp(60_000), { limit: gbp(50_000), deductible: gbp(250) })).toEqual(gbp(50_000));
    expect(payableAmount(gbp(50_100), { limit: gbp(50_000), deductible: gbp(250) })).toEqual(gbp(49_850));
  });

  it('is nothing where the loss is not above the deductible', () => {
    expect(payableAmount(gbp(250), { deductible: gbp(250) })).toEqual(gbp(0));
    expect(payableAmount(gbp(100), { deductible: gbp(250) })).toEqual(gbp(0));
  });

  it('falls in proportion to underinsurance, before the deductible', () => {
    const terms = { carried: dkk(1_000_000), required: dkk(2_000_000), deductible: dkk(5000) };
    expect(payableAmount(dkk(100_000), terms)).toEqual(dkk(45_000));
  });

  it('does not rise by overinsurance', () => {
    expect(payableAmount(gbp(1000), { carried: gbp(300), required: gbp(200) })).toEqual(gbp(1000));
  });

  it('rounds half of a minor unit up, once', () => {
    const terms = {
      carried: { amount: 1, currency: 'GBP' },
      required: { amount: 2, currency: 'GBP' },
    } as const;
    expect(payableAmount({ amount: 5, currency: 'GBP' }, terms).amount).toBe(3);
    expect(payableAmount({ amount: 7, currency: 'GBP' }, terms).amount).toBe(4);
  });

  it('refuses to combine currencies', () => {
    expect(() => payableAmount(gbp(1000), { limit: dkk(1000) })).toThrow('cannot combine');
  });
});

describe('payable, for any loss and terms', () => {
  const money = (amount: number) => ({ amount, currency: 'GBP' as const });
  const amounts = fc.integer({ min: 0, max: 10 ** 12 }).map(money);
  const terms = fc.record(
    { limit: amounts, deductible: amounts, carried: amounts, required: amounts },
    { requiredKeys: [] },
  );

  it('is a whole number, never below zero, above the loss or above the limit', () => {
    fc.assert(
      fc.property(amounts, terms, (loss, policy) => {
        const { amount } = payableAmount(loss, policy);
        expect(Number.isSafeInteger(amount)).toBe(true);
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(amount).toBeLessThanOrEqual(loss.amount);
        expect(amount).toBeLessThanOrEqual(policy.limit?.amount ?? Infinity);
      }),
    );
  });

  it('never falls when the loss rises', () => {
    fc.assert(
      fc.property(amounts, amounts, terms, (a, b, policy) => {
        const [less, more] = a.amount <= b.amount ? [a, b] : [b, a];
        expect(payableAmount(less, policy).amount).toBeLessThanOrEqual(payableAmount(more, policy).amount);
      }),
    );
  });

  it('is within half a minor unit of the exact value', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (loss, carried, required) => {
        fc.pre(carried.amount < required.amount);
        const found = BigInt(payableAmount(loss, { carried, required }).amount);
        const [exact, divisor] = [BigInt(loss.amount) * BigInt(carried.amount), BigInt(required.amount)];
        const twice = 2n * (found * divisor - exact);
        expect(twice <= divisor && twice > -divisor).toBe(true);
      }),
    );
  });
});
