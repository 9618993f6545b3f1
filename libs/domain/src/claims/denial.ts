import type { Reason } from '@aika/contracts';
import { daysBetween } from '../time.js';
import { amountText } from './amount-text.js';
import type { ClaimFile } from './claim.state.js';
import { hasCurrencyMismatch, knownPayable } from './known-payable.js';

/** Later than this many days after the loss, a notice is outside the policy's notice period. */
export const NOTICE_PERIOD_DAYS = 365;

const NOT_COVERED: Reason = { code: 'not_covered', detail: 'The policy does not cover this loss.' };

/**
 * Every reason to deny that is known, not only the first; none is known before coverage has answered. Fraud
 * points are no reason: they refer a claim to a person.
 */
export function denialReasons(file: ClaimFile): readonly Reason[] {
  const { coverage, facts } = file;
  if (!coverage) return [];
  const late = lateNotice(facts.lossAt, facts.reportedAt);
  if (!coverage.covered)
    return [...(coverage.reasons.length > 0 ? coverage.reasons : [NOT_COVERED]), ...late];
  const nothingPayable = !hasCurrencyMismatch(file) && knownPayable(file).amount === 0;
  return [...(nothingPayable ? [belowDeductible(file)] : []), ...late];
}

function lateNotice(lossAt: string, reportedAt: string): readonly Reason[] {
  const days = daysBetween(lossAt, reportedAt);
  if (days <= NOTICE_PERIOD_DAYS) return [];
  const detail = `Reported ${days} days after the loss; the notice period is ${NOTICE_PERIOD_DAYS} days.`;
  return [{ code: 'outside_notice_period', detail }];
}

function belowDeductible({ facts, coverage }: ClaimFile): Reason {
  const deductible = coverage?.deductible ? ` of ${amountText(coverage.deductible)}` : '';
  const detail = `Nothing of the loss of ${amountText(facts.estimatedLoss)} is above the deductible${deductible}.`;
  return { code: 'below_deductible', detail };
}
