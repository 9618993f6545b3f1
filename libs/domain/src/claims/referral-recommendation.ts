import type { ClaimReferredPayload, Money } from '@aika/contracts';
import { ASSESSMENT_OVERDUE, CURRENCY_MISMATCH } from './referral.js';

/** `INVESTIGATE`: something has to be found out first. */
export const REFERRAL_RECOMMENDATIONS = ['APPROVE', 'DENY', 'INVESTIGATE'] as const;
export type RecommendedDecision = (typeof REFERRAL_RECOMMENDATIONS)[number];

export interface ReferralRecommendation {
  readonly decision: RecommendedDecision;
  /** What an approval would pay. */
  readonly amount?: Money;
}

/**
 * What the rules suggest to the person whom a claim is referred to, and who is free to decide otherwise: what the
 * agent would do itself if the amount were within its limit. Signs of fraud never deny a claim.
 */
export function recommendationFor(
  referral: Pick<ClaimReferredPayload, 'payable' | 'fraudPoints' | 'reasons'>,
): ReferralRecommendation {
  const { payable, fraudPoints, reasons } = referral;
  const isOpen = reasons.some(({ code }) => code === ASSESSMENT_OVERDUE || code === CURRENCY_MISMATCH);
  if (fraudPoints > 0 || isOpen) return { decision: 'INVESTIGATE' };
  if (payable.amount <= 0) return { decision: 'DENY' };
  return { decision: 'APPROVE', amount: payable };
}
