import type { Money } from '@aika/contracts';
import { add, multiplyRatio, subtract } from '../money.js';
import { daysBetween, earliest, isBefore, latest } from '../time.js';

/** A period of cover that one premium pays for; `to` is the first moment after it. */
export interface Term {
  readonly from: string;
  readonly to: string;
}

/**
 * The part of an annual premium that is earned from the term's first day up to the day of `at`, by UTC
 * calendar days, rounded half-up; nothing before the term, everything after it.
 */
export function earnedPremium(premium: Money, term: Term, at: string): Money {
  const days = daysBetween(term.from, term.to);
  const passed = Math.min(days, Math.max(0, daysBetween(term.from, at)));
  return multiplyRatio(premium, passed, days);
}

/**
 * The part of a premium for the days from `from` to `to`. A difference of two earned amounts, so that the
 * parts of a term, cut anywhere, always sum to the whole premium to the last minor unit.
 */
export function premiumBetween(premium: Money, term: Term, from: string, to: string): Money {
  return subtract(earnedPremium(premium, term, to), earnedPremium(premium, term, from));
}

/** The part of a premium that is not yet earned on the day of `at`. */
export function unearnedPremium(premium: Money, term: Term, at: string): Money {
  return premiumBetween(premium, term, at, term.to);
}

/** A premium (a year) that holds from a moment on, until the next one. */
export interface PremiumFrom {
  readonly from: string;
  readonly premium: Money;
}

/**
 * What a term whose premium changed on the way costs from `from` to its end: the sum of its parts.
 * @param premiums in order of time, the first at or before the term's beginning
 */
export function chargedBetween(
  premiums: readonly PremiumFrom[],
  term: Term,
  from: string,
): Money | undefined {
  const parts = premiums.map(({ from: since, premium }, index) => {
    const until = premiums[index + 1]?.from ?? term.to;
    const [start, end] = [latest(since, from), earliest(until, term.to)];
    return premiumBetween(premium, term, start, isBefore(end, start) ? start : end);
  });
  return parts.reduce<Money | undefined>((sum, part) => (sum ? add(sum, part) : part), undefined);
}
