import type { Money } from '@aika/contracts';
import type { ClaimFile } from './claim.state.js';
import { paidSoFar } from './claim.state.js';
import { inOneCurrency, payableAmount } from './payable.js';

/**
 * The most that the claim pays as far as is known: the formula where coverage has answered, else the estimate.
 * A loss in another currency than the policy's cannot be computed; then the policy's limit is the bound.
 */
export function knownPayable(file: ClaimFile): Money {
  const { coverage, facts } = file;
  if (!coverage?.covered) return facts.estimatedLoss;
  if (!hasCurrencyMismatch(file)) return payableAmount(facts.estimatedLoss, coverage);
  return coverage.limit ?? facts.estimatedLoss;
}

/** Whether coverage has answered in another currency than the loss is stated in. */
export function hasCurrencyMismatch({ facts, coverage }: ClaimFile): boolean {
  return coverage !== undefined && coverage.covered && !inOneCurrency(facts.estimatedLoss, coverage);
}

/**
 * The most that a person may approve on a reopened claim. Reopening may overrule a denial, so a payable of zero
 * gives way to the loss within the limit; what was paid before counts against it, so that all payments of a
 * claim together stay within what one would have been allowed.
 */
export function payableAfterReopening(file: ClaimFile): Money {
  const known = knownPayable(file);
  const bound = known.amount > 0 ? known : lossWithinLimit(file);
  return { amount: Math.max(0, bound.amount - paidSoFar(file)), currency: bound.currency };
}

/**
 * The most that a person may change the amount to: the loss within the limit, less what was paid before. They may do
 * without the deductible and without average, but nobody gains by a loss.
 */
export function payableByChange(file: ClaimFile): Money {
  const bound = hasCurrencyMismatch(file) ? knownPayable(file) : lossWithinLimit(file);
  return { amount: Math.max(0, bound.amount - paidSoFar(file)), currency: bound.currency };
}

function lossWithinLimit({ facts, coverage }: ClaimFile): Money {
  return payableAmount(facts.estimatedLoss, { limit: coverage?.limit });
}
