import { Decimal, Id, ListOf, Nested, OneOf, Time } from '../../schema/field.decorators.js';
import type { Money, Product } from '../../value-types.js';
import {
  BonusMalus,
  Cover,
  CustomerPayload,
  HomeFacts,
  MoneyValue,
  MotorFacts,
  PRODUCTS,
  RatingStep,
  Reason,
} from '../../value-types.js';

export class PolicyRecommendedPayload extends CustomerPayload {
  @Id()
  readonly recommendationId!: string;
  @Id({ optional: true })
  readonly assessmentId?: string;
  @OneOf(PRODUCTS)
  readonly product!: Product;
  @Nested(() => Cover)
  readonly cover!: Cover;
  @ListOf(() => Reason)
  readonly reasons!: readonly Reason[];
}

export class QuoteIssuedPayload extends CustomerPayload {
  @Id()
  readonly quoteId!: string;
  @Id({ optional: true })
  readonly assessmentId?: string;
  @OneOf(PRODUCTS)
  readonly product!: Product;
  @Nested(() => Cover)
  readonly cover!: Cover;
  @Nested(() => MoneyValue, { description: 'A year.' })
  readonly premium!: Money;
  @ListOf(() => RatingStep, { description: 'How the premium came about, step by step.' })
  readonly rating!: readonly RatingStep[];
  @Decimal({ min: 0, max: 100 })
  readonly riskScore!: number;
  @Time()
  readonly effectiveFrom!: string;
  @Time({ description: 'The quote can be accepted until then.' })
  readonly validUntil!: string;
  @Nested(() => MotorFacts, { optional: true })
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, { optional: true })
  readonly home?: HomeFacts;
  @BonusMalus()
  readonly bonusMalus!: number;
}

export class QuoteDeclinedPayload extends CustomerPayload {
  @Id()
  readonly quoteId!: string;
  @ListOf(() => Reason)
  readonly reasons!: readonly Reason[];
}

export class AcceptQuotePayload extends CustomerPayload {
  @Id()
  readonly quoteId!: string;
}

/** The policy agent's own timer at the end of a quote's validity. */
export class ExpireQuotePayload extends CustomerPayload {
  @Id()
  readonly quoteId!: string;
}

export class QuoteAcceptedPayload extends CustomerPayload {
  @Id()
  readonly quoteId!: string;
  @Id()
  readonly policyId!: string;
}

export class QuoteExpiredPayload extends CustomerPayload {
  @Id()
  readonly quoteId!: string;
}
