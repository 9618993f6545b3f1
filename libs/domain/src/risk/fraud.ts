import type { AssessClaimRiskPayload, FraudIndicator } from '@aika/contracts';
import { daysBetween } from '../time.js';
import type { PolicyFacts } from './policy-facts.js';

/**
 * The published fraud points. They refer a claim to a person; they never deny it. Each is a sign that
 * honest claims show too, only less often.
 */
export const FRAUD_PLAN = {
  soonAfterInception: { withinDays: 14, points: 20 },
  soonAfterCoverIncrease: { withinDays: 14, points: 20 },
  lateReport: { afterDays: 30, points: 15 },
  priorClaims: { from: 2, pointsEach: 10, most: 30 },
  sameLossClaimed: { points: 40 },
} as const;

/** What is known about the claim. Days are UTC calendar days. */
export type ClaimFacts = Pick<
  AssessClaimRiskPayload,
  'lossAt' | 'reportedAt' | 'priorClaims' | 'sameLossClaims'
>;

/**
 * The signs of fraud in a claim, in the order of `FRAUD_PLAN`; none is the usual case.
 * @param policy the risk agent's own record of the policy; without it the signs that need it cannot be seen
 */
export function fraudIndicators(claim: ClaimFacts, policy?: PolicyFacts): FraudIndicator[] {
  const signs = [
    policy && soonAfterInception(claim, policy),
    policy && soonAfterCoverIncrease(claim, policy),
    lateReport(claim),
    priorClaims(claim),
    sameLossClaimed(claim),
  ];
  return signs.filter((sign) => sign !== undefined);
}

/** The sum that decides whether a person looks at the claim. */
export function fraudPoints(indicators: readonly FraudIndicator[]): number {
  return indicators.reduce((sum, { points }) => sum + points, 0);
}

function soonAfterInception(claim: ClaimFacts, policy: PolicyFacts): FraudIndicator | undefined {
  const days = daysBetween(policy.effectiveFrom, claim.lossAt);
  const { withinDays, points } = FRAUD_PLAN.soonAfterInception;
  if (days < 0 || days > withinDays) return undefined;
  return {
    code: 'loss_soon_after_inception',
    points,
    detail: `The loss was ${inDays(days)} after cover began.`,
  };
}

function soonAfterCoverIncrease(claim: ClaimFacts, policy: PolicyFacts): FraudIndicator | undefined {
  const { withinDays, points } = FRAUD_PLAN.soonAfterCoverIncrease;
  const days = policy.coverIncreases
    .map((increasedAt) => daysBetween(increasedAt, claim.lossAt))
    .filter((since) => since >= 0 && since <= withinDays)
    .at(-1);
  if (days === undefined) return undefined;
  const detail = `The loss was ${inDays(days)} after the cover was increased.`;
  return { code: 'loss_soon_after_cover_increase', points, detail };
}

function lateReport(claim: ClaimFacts): FraudIndicator | undefined {
  const days = daysBetween(claim.lossAt, claim.reportedAt);
  const { afterDays, points } = FRAUD_PLAN.lateReport;
  if (days <= afterDays) return undefined;
  return { code: 'reported_late', points, detail: `The loss was reported after ${inDays(days)}.` };
}

function priorClaims(claim: ClaimFacts): FraudIndicator | undefined {
  const { from, pointsEach, most } = FRAUD_PLAN.priorClaims;
  if (claim.priorClaims < from) return undefined;
  const points = Math.min(most, claim.priorClaims * pointsEach);
  return { code: 'prior_claims', points, detail: `The customer made ${claim.priorClaims} earlier claims.` };
}

function sameLossClaimed(claim: ClaimFacts): FraudIndicator | undefined {
  if (claim.sameLossClaims === 0) return undefined;
  const { points } = FRAUD_PLAN.sameLossClaimed;
  return { code: 'same_loss_claimed', points, detail: 'The same loss was already claimed.' };
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
