import type {
  ApprovalProposal,
  Authority,
  ClaimDecision,
  ClaimFiledPayload,
  ClaimOutcome,
  ClaimRiskAssessedPayload,
  CoverageVerifiedPayload,
  Informant,
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
  /** How often somebody was asked about the claim; absent = never. */
  readonly questionsAsked?: number;
}

export type ReservedClaimFile = ClaimFile & { readonly reserve: Money };

/** Who decided what, until the claim is reopened. */
export interface RecordedDecision {
  readonly verdict: Exclude<ClaimDecision, 'ASK'>;
  /** 'AUTOMATIC' or a person. */
  readonly by: string;
  /** Only of an approval. */
  readonly amount?: Money;
  /** RFC 3339 UTC; absent of a decision from before it was told. */
  readonly at?: string;
}

/** What a person wants to know before they decide. */
export interface OpenQuestion {
  readonly questionId: string;
  readonly askedOf: Informant;
  readonly askedBy: string;
  readonly question: string;
  /** Nobody has answered in time; an answer is still taken. */
  readonly isOverdue?: true;
}

/** A claim on the desk of a person. */
interface Desk {
  /** When the next one is asked, RFC 3339 UTC. Absent = nobody is above, or the claim waits since before deadlines. */
  readonly dueAt?: string;
  /** How often nobody has decided in time; absent = never. */
  readonly escalationLevel?: number;
  readonly question?: OpenQuestion;
}

interface Referral extends Desk {
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
export interface ReopenedClaim extends Desk {
  readonly status: 'reopened';
  readonly file: ClaimFile;
  readonly reason: Reason;
  /** Absent of a claim reopened before it was told: see `requiredOf`. */
  readonly requiredAuthority?: Authority;
}
/** Waits for a person. */
export type WaitingClaim = ReferredClaim | ReopenedClaim;

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

export function isWaiting(state: ClaimState): state is WaitingClaim {
  return state.status === 'referred' || state.status === 'reopened';
}

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
