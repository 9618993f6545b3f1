import { Flag, Id, Int, Nested, OneOf, Text, Time, Decimal } from '../../schema/field.decorators.js';
import type { Money, Product } from '../../value-types.js';
import {
  BonusMalus,
  Cover,
  CustomerPayload,
  HomeFacts,
  MoneyValue,
  MotorFacts,
  PRODUCTS,
  RequestedCover,
  SignedMoneyValue,
} from '../../value-types.js';

/** Who ends a policy: the insurer pays back pro rata, the insured short rate. */
export const CANCELLATION_INITIATORS = ['INSURER', 'INSURED'] as const;
export type CancellationInitiator = (typeof CANCELLATION_INITIATORS)[number];

/** How the unearned premium of a cancelled policy is paid back. */
export const CANCELLATION_METHODS = ['PRO_RATA', 'SHORT_RATE', 'FLAT'] as const;
export type CancellationMethod = (typeof CANCELLATION_METHODS)[number];

const VersionNumber = (): PropertyDecorator =>
  Int({ min: 1, description: "The policy's version, from 1; each change of its terms adds one." });

abstract class PolicyPayload extends CustomerPayload {
  @Id()
  readonly policyId!: string;
}

export class PolicyBoundPayload extends PolicyPayload {
  @Id()
  readonly quoteId!: string;
  @OneOf(PRODUCTS)
  readonly product!: Product;
  @VersionNumber()
  readonly version!: number;
  @Nested(() => Cover)
  readonly cover!: Cover;
  @Nested(() => MoneyValue, { description: 'A year.' })
  readonly premium!: Money;
  @Time({ description: 'First moment of cover.' })
  readonly effectiveFrom!: string;
  @Time({ description: 'First moment after the cover.' })
  readonly effectiveTo!: string;
  @Nested(() => MotorFacts, { optional: true })
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, { optional: true })
  readonly home?: HomeFacts;
  @BonusMalus()
  readonly bonusMalus!: number;
  @Decimal({ min: 0, max: 100, optional: true, description: 'Later changes are rated with it.' })
  readonly riskScore?: number;
}

/** The policy agent's own timer at inception. */
export class StartCoverPayload extends PolicyPayload {}

export class PolicyTookEffectPayload extends PolicyPayload {
  @Time()
  readonly effectiveFrom!: string;
}

export class EndorsePolicyPayload extends PolicyPayload {
  @Time()
  readonly effectiveAt!: string;
  @Nested(() => RequestedCover, { optional: true, description: 'What is left out stays as it is.' })
  readonly cover?: RequestedCover;
  @Nested(() => MotorFacts, { optional: true })
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, { optional: true })
  readonly home?: HomeFacts;
}

export class PolicyEndorsedPayload extends PolicyPayload {
  @VersionNumber()
  readonly version!: number;
  @Time()
  readonly effectiveAt!: string;
  @Nested(() => Cover)
  readonly cover!: Cover;
  @Nested(() => MoneyValue, { description: 'A year, by the new terms.' })
  readonly premium!: Money;
  @Nested(() => SignedMoneyValue, { description: 'For the rest of the period; negative is paid back.' })
  readonly premiumDifference!: Money;
  @Flag({ description: 'More perils, a higher limit or a lower deductible than before.' })
  readonly coverIncreased!: boolean;
  @Nested(() => MotorFacts, { optional: true })
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, { optional: true })
  readonly home?: HomeFacts;
}

export class RenewPolicyPayload extends PolicyPayload {
  @Int({ min: 0, default: 0, description: 'In the period that ends.' })
  readonly atFaultClaims?: number;
  @Int({ min: 0, default: 0, description: 'In the period that ends.' })
  readonly partlyAtFaultClaims?: number;
}

export class PolicyRenewedPayload extends PolicyPayload {
  @VersionNumber()
  readonly version!: number;
  @Time()
  readonly effectiveFrom!: string;
  @Time({ description: 'First moment after the cover.' })
  readonly effectiveTo!: string;
  @Nested(() => MoneyValue, { description: 'A year.' })
  readonly premium!: Money;
  @BonusMalus()
  readonly bonusMalus!: number;
}

export class CancelPolicyPayload extends PolicyPayload {
  @Time()
  readonly effectiveAt!: string;
  @OneOf(CANCELLATION_INITIATORS)
  readonly initiator!: CancellationInitiator;
  @Flag({ default: false, description: 'Flat: as if it had never been, the whole premium back.' })
  readonly fromInception?: boolean;
  @Text({ max: 500 })
  readonly reason!: string;
}

export class PolicyCancelledPayload extends PolicyPayload {
  @Time()
  readonly effectiveAt!: string;
  @OneOf(CANCELLATION_METHODS)
  readonly method!: CancellationMethod;
  @Nested(() => MoneyValue)
  readonly refund!: Money;
  @Text({ max: 500 })
  readonly reason!: string;
}

export class LapsePolicyPayload extends PolicyPayload {
  @Time()
  readonly effectiveAt!: string;
  @Text({ max: 500 })
  readonly reason!: string;
}

export class PolicyLapsedPayload extends PolicyPayload {
  @Time()
  readonly effectiveAt!: string;
  @Text({ max: 500 })
  readonly reason!: string;
}

export class ReinstatePolicyPayload extends PolicyPayload {
  @Time()
  readonly effectiveAt!: string;
  @Text({ max: 500 })
  readonly reason!: string;
}

export class PolicyReinstatedPayload extends PolicyPayload {
  @VersionNumber()
  readonly version!: number;
  @Time()
  readonly effectiveAt!: string;
  @Flag({ description: 'There was a time without cover.' })
  readonly gap!: boolean;
}
