import { describe, expect, it } from '@jest/globals';
import type { Money } from '@aika/contracts';
import fc from 'fast-check';
import { add } from '../money.js';
import { addDays, addYears } from '../time.js';
import { chargedBetween, earnedPremium, premiumBetween, unearnedPremium } from './pro-rata.js';

const from = '2026-11-22T10:00:00Z';
const term = { from, to: addYears(from, 1) };
const gbp = (amount: number): Money => ({ amount, currency: 'GBP' });
const premiums = fc.integer({ min: 0, max: 10 ** 10 }).map(gbp);
const days = fc.integer({ min: 0, max: 365 });

describe('a pro-rated premium', () => {
  it('is earned by the day, nothing before the term and everything after it', () => {
    expect(earnedPremium(gbp(36_500), term, addDays(from, 73))).toEqual(gbp(7300));
    expect(earnedPremium(gbp(36_500), term, addDays(from, -5))).toEqual(gbp(0));
    expect(unearnedPremium(gbp(36_500), term, addDays(from, 400))).toEqual(gbp(0));
  });

  it('has parts that sum to the whole, wherever the term is cut', () => {
    fc.assert(
      fc.property(premiums, fc.array(days, { maxLength: 30 }), (premium, cuts) => {
        const points = [0, ...cuts.sort((a, b) => a - b), 365].map((day) => addDays(from, day));
        const parts = points.slice(1).map((to, i) => premiumBetween(premium, term, points[i] ?? from, to));
        expect(parts.reduce(add)).toEqual(premium);
        expect(parts.every(({ amount }) => amount >= 0)).toBe(true);
      }),
    );
  });

  it('that changes on the way costs the sum of its parts, never less than nothing', () => {
    fc.assert(
      fc.property(premiums, premiums, days, days, (first, second, change, since) => {
        const changed = [
          { from, premium: first },
          { from: addDays(from, change), premium: second },
        ];
        const cost = chargedBetween(changed, term, addDays(from, since));
        const whole = chargedBetween(changed, term, from);
        const [start, cut] = [addDays(from, since), addDays(from, Math.max(since, change))];
        const parts = [premiumBetween(first, term, start, cut), premiumBetween(second, term, cut, term.to)];
        expect(cost).toEqual(parts.reduce(add));
        expect(cost?.amount ?? -1).toBeLessThanOrEqual(whole?.amount ?? -1);
      }),
    );
  });
});
