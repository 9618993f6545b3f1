import type { Authority, ClaimReferredPayload, Money, Reason } from '@aika/contracts';
import { amountText } from './amount-text.js';
import { adjusterLimit, authorityFor, automaticLimit, type ClaimAuthority } from './authority.js';
import { idsOf } from './claim.events.js';
import type { ClaimFile, WaitingClaim } from './claim.state.js';
import { hasCurrencyMismatch, knownPayable } from './known-payable.js';

/** Code of the referral reason that a missing answer makes. */
export const ASSESSMENT_OVERDUE = 'assessment_overdue';
/** Code of the referral reason that a loss in another currency than the policy's makes. */
export const CURRENCY_MISMATCH = 'currency_mismatch';

/** Who may decide the claim as it is known. What nobody can compute goes to a manager. */
export function requiredAuthority(file: ClaimFile): ClaimAuthority {
  if (hasCurrencyMismatch(file)) return 'MANAGER';
  return authorityFor(knownPayable(file), file.fraud?.fraudPoints ?? 0);
}

/** Whom the claim waits for. */
export function requiredOf(state: WaitingClaim): Authority {
  return state.requiredAuthority ?? personFor(state.file);
}

/** The person who may decide the claim as it is known. */
export function personFor(file: ClaimFile): Authority {
  return requiredAuthority(file) === 'MANAGER' ? 'MANAGER' : 'ADJUSTER';
}

/** The referral to a person with every cause, `first` and then those of the claim itself. */
export function referralOf(file: ClaimFile, first: readonly Reason[] = []): ClaimReferredPayload {
  const payable = knownPayable(file);
  const amountReasons = hasCurrencyMismatch(file) ? [currencyMismatch(file)] : aboveLimit(payable);
  return {
    ...idsOf(file),
    payable,
    fraudPoints: file.fraud?.fraudPoints ?? 0,
    requiredAuthority: personFor(file),
    reasons: [...first, ...amountReasons, ...fraudReasons(file)],
  };
}

/** Says which answers are missing. */
export function overdueReason({ coverage, fraud }: ClaimFile): Reason {
  const missing = [...(coverage ? [] : ['the coverage check']), ...(fraud ? [] : ['the risk assessment'])];
  const detail =
    missing.length > 0
      ? `No answer in time from ${missing.join(' and ')}.`
      : 'The assessments came after their deadline, when a person had already been asked.';
  return { code: ASSESSMENT_OVERDUE, detail };
}

function aboveLimit(payable: Money): readonly Reason[] {
  const [automatic, adjuster] = [automaticLimit(payable.currency), adjusterLimit(payable.currency)];
  if (payable.amount <= automatic.amount) return [];
  const above = `${amountText(payable)} is above the automatic limit of ${amountText(automatic)}`;
  const manager =
    payable.amount > adjuster.amount ? ` and the adjuster's limit of ${amountText(adjuster)}` : '';
  return [{ code: 'above_automatic_limit', detail: `${above}${manager}.` }];
}

function fraudReasons({ fraud }: ClaimFile): readonly Reason[] {
  if (!fraud || fraud.fraudPoints <= 0) return [];
  const parts = fraud.indicators.map(({ code, points }) => `${code} ${points}`).join(', ');
  const detail = `${fraud.fraudPoints} fraud points${parts ? `: ${parts}` : ''}.`;
  return [{ code: 'fraud_points', detail }];
}

function currencyMismatch({ facts, coverage }: ClaimFile): Reason {
  const stated = `The loss is stated in ${facts.estimatedLoss.currency}`;
  const paid = `the policy pays in ${coverage?.limit?.currency ?? 'another currency'}`;
  return { code: CURRENCY_MISMATCH, detail: `${stated} and ${paid}: it has to be converted by hand.` };
}
