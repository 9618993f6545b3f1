import type {
  ApprovalProposal,
  Authority,
  ClaimOutcome,
  Currency,
  FraudIndicator,
  Informant,
  Peril,
  Reason,
  ReferralAmounts,
  RuleFinding,
} from '@aika/contracts';
import type { FoldedColumns, Json, Moment } from './columns.js';

/** As in the life of a claim by `libs/domain`; `referred` and `reopened` wait for a person. */
export const CLAIM_STATUSES = [
  'filed',
  'reserved',
  'referred',
  'approved',
  'payment_refused',
  'paid',
  'denied',
  'withdrawn',
  'closed',
  'reopened',
] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

/** Amounts are whole minor units; all amounts of a claim have the claim's currency, `currency`. */
export interface ClaimsTable extends FoldedColumns {
  claim_id: string;
  customer_id: string;
  policy_id: string;
  status: ClaimStatus;
  loss_at: Moment;
  reported_at: Moment;
  cause: Peril;
  reporter: string;
  currency: Currency;
  estimated_amount: number;
  /** Set aside now; null = nothing is. */
  reserve_amount: number | null;
  /** Of the last referral or approval. */
  payable_amount: number | null;
  /** Settled by the provider, over all payments. */
  paid_amount: number;
  /** The policy agent's answer; null = not yet. */
  covered: boolean | null;
  coverage_reasons: Json<readonly Reason[]>;
  /** The risk agent's answer; null = not yet. */
  fraud_points: number | null;
  fraud_indicators: Json<readonly FraudIndicator[]>;
  required_authority: Authority | null;
  /** `AUTOMATIC`, or the person who decided last. */
  decided_by: string | null;
  /** Of the last decision, referral, refusal or reopening. */
  reasons: Json<readonly Reason[]>;
  outcome: ClaimOutcome | null;
  filed_at: Moment;
  closed_at: Moment | null;
}

/** What was asked of the payment provider and answered by it. */
export interface ClaimPaymentsTable {
  payment_id: string;
  claim_id: string;
  customer_id: string;
  status: 'settled' | 'refused';
  amount: number;
  currency: Currency;
  provider_reference: string | null;
  refusal: Json<Reason> | null;
  answered_at: Moment;
  message_id: string;
  order_key: string;
}

/** `overdue`: nobody has answered in time; an answer is still taken. */
export const QUESTION_STATUSES = ['open', 'overdue', 'answered'] as const;

/** What a person has asked before they decide; the answer stands in `claim_answers`. */
export interface AskedQuestion {
  readonly questionId: string;
  readonly askedOf: Informant;
  readonly askedBy: string;
  readonly question: string;
  readonly reason: Reason;
  readonly askedAt: Moment;
  readonly dueAt?: Moment;
  readonly status: (typeof QUESTION_STATUSES)[number];
}

/** Answers to what was asked about claims. */
export interface ClaimAnswersTable {
  question_id: string;
  claim_id: string;
  customer_id: string;
  informant: Informant;
  provided_by: string;
  /** Personal data. */
  text: string;
  documents: string[];
  provided_at: Moment;
  message_id: string;
  order_key: string;
}

/** Claims that a person was asked to decide: the last time, if it was asked more than once. */
export interface ReferredClaimsTable extends FoldedColumns {
  claim_id: string;
  customer_id: string;
  /** `withdrawn`: the customer took the claim back before somebody decided. */
  status: 'open' | 'approved' | 'denied' | 'withdrawn';
  /** A claim is reopened after a refused payment or by a person's order. */
  kind: 'referred' | 'reopened';
  /** The most that a person may approve by the rules; null of a reopened claim that names no new amount. */
  payable_amount: number | null;
  currency: Currency | null;
  fraud_points: number | null;
  required_authority: Authority | null;
  reasons: Json<readonly Reason[]>;
  /** Every rule that was asked and what it found; empty of a reopened claim. */
  findings: Json<readonly RuleFinding[]>;
  amounts: Json<ReferralAmounts> | null;
  /** The first of two approvals. */
  proposal: Json<ApprovalProposal> | null;
  /** When the next one is asked, or was for the last time; null once it is decided. */
  due_at: Moment | null;
  /** How often nobody has decided in time. */
  escalation_level: number;
  /** Oldest first. */
  questions: Json<readonly AskedQuestion[]>;
  referred_at: Moment;
  decided_by: string | null;
  decided_amount: number | null;
  decided_at: Moment | null;
}
