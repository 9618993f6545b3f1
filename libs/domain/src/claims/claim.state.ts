import type {
  ApprovalProposal,
  Authority,
  ClaimDecision,
  ClaimFiledPayload,
  ClaimOutcome,
  ClaimRiskAssessedPayload,
  CoverageVerifiedPayload,
  Money,
  Reason,
} from '@aika/contracts';

/** One payment that the provider confirmed. */
export interface SettledPayment {
  readonly paymentId: string;
  readonly amount: Money;
}

/** What is known about a claim in every status. */
export interface ClaimFile {
  readonly facts: ClaimFiledPayload;
  /** The policy agent's first answer; absent = not yet. */
  readonly coverage?: CoverageVerifiedPayload;
  /** The risk agent's first answer; absent = not yet. */
  readonly fraud?: ClaimRiskAssessedPayload;
  /** Money set aside now; absent = none was, or it was released. */
  readonly reserve?: Money;
  /** Approvals so far: each leads to one payment, whose id carries the number. */
  readonly paymentAttempts: number;
  readonly payments: readonly SettledPayment[];
}

export type ReservedClaimFile = ClaimFile & { readonly reserve: Money };

/** Who decided what, until the claim is reopened. */
export interface RecordedDecision {
  readonly verdict: ClaimDecision;
  /** 'AUTOMATIC' or a person. */
  readonly by: string;
  /** Only of an approval. */
  readonly amount?: Money;
}

interface Referral {
  /** The most that a person may approve. */
  readonly payable: Money;
  readonly fraudPoints: number;
  readonly requiredAuthority: Authority;
  readonly reasons: readonly Reason[];
  /** The first of two approvals, above the authority of who gave it. */
  readonly proposal?: ApprovalProposal;
}

interface Approval {
  readonly decision: RecordedDecision;
  readonly payable: Money;
  readonly paymentId: string;
}

export type ReferredClaim = { readonly status: 'referred'; readonly file: ClaimFile } & Referral;
export type ApprovedClaim = { readonly status: 'approved'; readonly file: ReservedClaimFile } & Approval;
export interface ReopenedClaim {
  readonly status: 'reopened';
  readonly file: ClaimFile;
  readonly reason: Reason;
}

/**
 * The life of a claim. `reserved`, `denied` and `withdrawn` are passed through within one decision; `filed`
 * waits for the two assessments, `referred` and `reopened` for a person, `approved` for the provider.
 */
export type ClaimState =
  | { readonly status: 'none' }
  | { readonly status: 'filed'; readonly file: ClaimFile }
  | { readonly status: 'reserved'; readonly file: ReservedClaimFile }
  | ReferredClaim
  | ApprovedClaim
  | {
      readonly status: 'payment_refused';
      readonly file: ClaimFile;
      readonly refusal: Reason;
      readonly decision: RecordedDecision;
    }
  | { readonly status: 'paid'; readonly file: ClaimFile; readonly decision: RecordedDecision }
  | { readonly status: 'denied'; readonly file: ClaimFile; readonly decision: RecordedDecision }
  | { readonly status: 'withdrawn'; readonly file: ClaimFile }
  | {
      readonly status: 'closed';
      readonly file: ClaimFile;
      readonly outcome: ClaimOutcome;
      readonly decision?: RecordedDecision;
    }
  | ReopenedClaim;

export type KnownClaim = Exclude<ClaimState, { status: 'none' }>;

/**
 * The id of a claim's n-th payment (from 1): the idempotency key at the provider. It depends on nothing but the
 * claim and the number of its approvals, so that a repeated step can never pay twice.
 */
export function paymentIdOf(claimId: string, attempt: number): string {
  return `${claimId}-pay-${attempt}`;
}

/** What was paid on this claim over all its approvals, in minor units of the payments' currency. */
export function paidSoFar(file: ClaimFile): number {
  return file.payments.reduce((sum, payment) => sum + payment.amount.amount, 0);
}
