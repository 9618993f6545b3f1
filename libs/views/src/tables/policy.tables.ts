import type {
  AssessmentPurpose,
  CancellationMethod,
  Cover,
  Currency,
  HomeFacts,
  MotorFacts,
  Product,
  RatingStep,
  Reason,
} from '@aika/contracts';
import type { FoldedColumns, Json, Moment } from './columns.js';

/** Amounts are whole minor units (pence, øre, cents) beside their ISO 4217 currency. */
export interface PremiumColumns {
  /** A year. */
  premium_amount: number | null;
  premium_currency: Currency | null;
}

interface FactColumns {
  motor: Json<MotorFacts> | null;
  home: Json<HomeFacts> | null;
}

export interface AssessmentsTable extends FactColumns {
  /** As the assessment says, else derived from the message's id. */
  assessment_id: string;
  customer_id: string;
  purpose: AssessmentPurpose | null;
  product: Product | null;
  /** 0 (best) to 100. */
  risk_score: number;
  risk_factors: string[];
  recommendations: string[];
  expected_claims_per_quarter: number | null;
  assessed_at: Moment;
  message_id: string;
  order_key: string;
}

export const QUOTE_STATUSES = ['issued', 'declined', 'accepted', 'expired'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

export interface QuotesTable extends FoldedColumns, PremiumColumns, FactColumns {
  quote_id: string;
  customer_id: string;
  status: QuoteStatus;
  assessment_id: string | null;
  product: Product | null;
  /** Null of a declined quote, as everything about the offer. */
  cover: Json<Cover> | null;
  rating: Json<readonly RatingStep[]> | null;
  risk_score: number | null;
  bonus_malus: number | null;
  effective_from: Moment | null;
  /** The quote can be accepted until then. */
  valid_until: Moment | null;
  /** Of an accepted quote. */
  policy_id: string | null;
  /** Why it was declined; else empty. */
  reasons: Json<readonly Reason[]>;
  issued_at: Moment;
}

/** `bound`: agreed, cover has not begun. */
export const POLICY_STATUSES = ['bound', 'in_force', 'cancelled', 'lapsed'] as const;
export type PolicyStatus = (typeof POLICY_STATUSES)[number];

/** Terms of the latest version, also when they begin later. */
export interface PoliciesTable extends FoldedColumns, PremiumColumns, FactColumns {
  policy_id: string;
  customer_id: string;
  quote_id: string;
  product: Product;
  status: PolicyStatus;
  version: number;
  cover: Json<Cover>;
  /** First moment of cover of the first version, and first moment after the last year agreed on. */
  effective_from: Moment;
  effective_to: Moment;
  bonus_malus: number;
  risk_score: number | null;
  bound_at: Moment;
  /** Of a policy that was cancelled or has lapsed. */
  ended_at: Moment | null;
  end_reason: string | null;
  cancellation_method: CancellationMethod | null;
  refund_amount: number | null;
  refund_currency: Currency | null;
}

export const POLICY_CHANGES = ['bound', 'endorsed', 'renewed', 'reinstated'] as const;
export type PolicyChange = (typeof POLICY_CHANGES)[number];

/** The terms of a policy from a moment on; what a change did not name is as it was. */
export interface PolicyVersionsTable extends PremiumColumns, FactColumns {
  policy_id: string;
  version: number;
  customer_id: string;
  change: PolicyChange;
  effective_from: Moment;
  /** First moment after the last year agreed on with this version. */
  effective_to: Moment;
  cover: Json<Cover>;
  bonus_malus: number;
  /** Of an endorsement, for the rest of the period; negative is paid back. */
  premium_difference_amount: number | null;
  changed_at: Moment;
  message_id: string;
}
