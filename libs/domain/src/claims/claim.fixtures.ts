import type {
  ClaimFiledPayload,
  ClaimRiskAssessedPayload,
  CoverageVerifiedPayload,
  Money,
  Reason,
} from '@aika/contracts';
import type { ClaimCommand, ClaimEvent } from './claim.messages.js';

/** The claim that the specifications tell about. */
export const ids = { customerId: 'cus-1', claimId: 'clm-1' };
export const now = '2026-03-02T12:00:00Z';

export const gbp = (pounds: number): Money => ({ amount: Math.round(pounds * 100), currency: 'GBP' });
export const dkk = (kroner: number): Money => ({ amount: Math.round(kroner * 100), currency: 'DKK' });

export type ClaimEventOf<T extends ClaimEvent['type']> = Extract<ClaimEvent, { type: T }>;
type CommandOf<T extends ClaimCommand['type']> = Extract<ClaimCommand, { type: T }>;

/** A command of the specifications, from `maria`, at `now`. */
export function command<T extends ClaimCommand['type']>(
  type: T,
  data: Omit<CommandOf<T>['data'], 'customerId' | 'claimId'> & { customerId?: string; claimId?: string },
  context: Partial<Omit<CommandOf<T>, 'type' | 'data'>> = {},
): CommandOf<T> {
  const base = type === 'FILE_CLAIM' ? { openClaims: [] } : {};
  const whole = {
    ...base,
    id: 'msg-1',
    at: now,
    actor: 'maria',
    ...context,
    type,
    data: { ...ids, ...data },
  };
  return whole as unknown as CommandOf<T>;
}

export const notice = {
  policyId: 'pol-1',
  lossAt: '2026-03-01T08:00:00Z',
  cause: 'COLLISION',
  estimatedLoss: gbp(1000),
} as const;

export function filed(facts: Partial<ClaimFiledPayload> = {}): ClaimEventOf<'CLAIM_FILED'> {
  const data = { ...ids, ...notice, reportedAt: now, reporter: 'policyholder', ...facts };
  return { type: 'CLAIM_FILED', data };
}

export function covered(data: Partial<CoverageVerifiedPayload> = {}): CoverageVerifiedPayload {
  const terms = { limit: gbp(50_000), deductible: gbp(250) };
  return { ...ids, policyId: 'pol-1', covered: true, reasons: [], ...terms, ...data };
}

export function notCovered(...reasons: Reason[]): CoverageVerifiedPayload {
  return { ...ids, policyId: 'pol-1', covered: false, reasons };
}

export function fraud(fraudPoints = 0, code = 'late_report'): ClaimRiskAssessedPayload {
  const indicators = fraudPoints > 0 ? [{ code, points: fraudPoints, detail: 'A sign.' }] : [];
  return { ...ids, fraudPoints, indicators };
}

export const coverageVerified = (data = covered()): ClaimEventOf<'COVERAGE_VERIFIED'> => ({
  type: 'COVERAGE_VERIFIED',
  data,
});
export const riskAssessed = (data = fraud()): ClaimEventOf<'CLAIM_RISK_ASSESSED'> => ({
  type: 'CLAIM_RISK_ASSESSED',
  data,
});
export const reserved = (reserve: Money): ClaimEventOf<'CLAIM_RESERVED'> => ({
  type: 'CLAIM_RESERVED',
  data: { ...ids, reserve },
});
export const approved = (
  payable: Money,
  approvedBy: string,
  ...reasons: Reason[]
): ClaimEventOf<'CLAIM_APPROVED'> => ({
  type: 'CLAIM_APPROVED',
  data: { ...ids, payable, approvedBy, reasons },
});
export const denied = (deniedBy: string, ...reasons: Reason[]): ClaimEventOf<'CLAIM_DENIED'> => ({
  type: 'CLAIM_DENIED',
  data: { ...ids, reasons, deniedBy },
});
export const released = (amount: Money, reason: Reason): ClaimEventOf<'RESERVE_RELEASED'> => ({
  type: 'RESERVE_RELEASED',
  data: { ...ids, released: amount, reason },
});
export const paid = (amount: Money, attempt = 1): ClaimEventOf<'CLAIM_PAID'> => ({
  type: 'CLAIM_PAID',
  data: { ...ids, paymentId: `clm-1-pay-${attempt}`, amount },
});
export const closed = (
  outcome: ClaimEventOf<'CLAIM_CLOSED'>['data']['outcome'],
): ClaimEventOf<'CLAIM_CLOSED'> => ({ type: 'CLAIM_CLOSED', data: { ...ids, outcome } });
export const withdrawn = (reason: string): ClaimEventOf<'CLAIM_WITHDRAWN'> => ({
  type: 'CLAIM_WITHDRAWN',
  data: { ...ids, reason },
});
export const reopened = (reason: Reason): ClaimEventOf<'CLAIM_REOPENED'> => ({
  type: 'CLAIM_REOPENED',
  data: { ...ids, reason },
});

/** Histories to start from. */
export const assessed = [filed(), coverageVerified(), riskAssessed()] as const;
export const approvedAutomatically = [
  ...assessed,
  reserved(gbp(750)),
  approved(gbp(750), 'AUTOMATIC', { code: 'within_automatic_limit', detail: 'Small.' }),
] as const;
export const refusal: Reason = { code: 'account_closed', detail: 'The account is closed.' };
export const referredLarge = [
  filed({ estimatedLoss: gbp(10_250) }),
  coverageVerified(),
  riskAssessed(),
  reserved(gbp(10_000)),
  {
    type: 'CLAIM_REFERRED',
    data: {
      ...ids,
      payable: gbp(10_000),
      fraudPoints: 0,
      requiredAuthority: 'ADJUSTER',
      reasons: [{ code: 'above_automatic_limit', detail: 'Large.' }],
    },
  },
] as const satisfies readonly ClaimEvent[];
export const approvedByAnna = [
  ...referredLarge,
  approved(gbp(10_000), 'anna', { code: 'approved_by_person', detail: 'Seen.' }),
] as const;
export const paidAndClosed = [...approvedAutomatically, paid(gbp(750)), closed('PAID')] as const;
export const paymentRefused = [...approvedAutomatically, released(gbp(750), refusal)] as const;
export const reopenedAfterRefusal = [...paymentRefused, reopened(refusal)] as const;
