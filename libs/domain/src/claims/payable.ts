import type { Money } from '@aika/contracts';
import { max, min, multiplyRatio, subtract, zero } from '../money.js';

/** What the policy says about a loss, as the policy agent's coverage answer states it. All in one currency. */
export interface PayableTerms {
  /** The most that one loss pays; absent = the loss itself is the only limit. */
  readonly limit?: Money;
  /** The customer's own part of every loss; absent = none. */
  readonly deductible?: Money;
  /** The sum that the customer insured (home). */
  readonly carried?: Money;
  /** The sum that should have been insured: the rebuilding cost (home). */
  readonly required?: Money;
}

/**
 * `max(0, min(limit, min(1, carried / required) × loss − deductible))` in minor units, exact, rounded half-up
 * once. The ratio is average (underinsurance): who insured half of the value bears half of every loss.
 * @throws CurrencyMismatchError when loss and terms are not in one currency
 */
export function payableAmount(loss: Money, terms: PayableTerms): Money {
  const nothing = zero(loss);
  const afterAverage = applyAverage(loss, terms);
  const afterDeductible = terms.deductible ? subtract(afterAverage, terms.deductible) : afterAverage;
  const limited = terms.limit ? min(terms.limit, afterDeductible) : afterDeductible;
  return max(nothing, limited);
}

function applyAverage(loss: Money, { carried, required }: PayableTerms): Money {
  if (!carried || !required || carried.amount >= required.amount) return loss;
  return multiplyRatio(loss, carried.amount, required.amount, 'half-up');
}

/** Whether every amount of the terms is in the currency of the loss. */
export function inOneCurrency(loss: Money, terms: PayableTerms): boolean {
  const { limit, deductible, carried, required } = terms;
  return [limit, deductible, carried, required].every(
    (money) => money === undefined || money.currency === loss.currency,
  );
}
