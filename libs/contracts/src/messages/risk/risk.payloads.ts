import {
  Decimal,
  Flag,
  Id,
  Int,
  ListOf,
  Nested,
  OneOf,
  Text,
  TextList,
  Time,
} from '../../schema/field.decorators.js';
import type { Money, Peril, Product } from '../../value-types.js';
import {
  BonusMalus,
  CustomerPayload,
  FraudIndicator,
  HomeFacts,
  MoneyValue,
  MotorFacts,
  PERILS,
  PRODUCTS,
  RequestedCover,
} from '../../value-types.js';

/** Why a customer is assessed: for a new policy, or to look again. */
export const ASSESSMENT_PURPOSES = ['QUOTE', 'REVIEW'] as const;
export type AssessmentPurpose = (typeof ASSESSMENT_PURPOSES)[number];

export class CustomerAssessmentRequestPayload extends CustomerPayload {
  @Id({ optional: true, description: 'Without it, derived from the message id.' })
  readonly assessmentId?: string;
  @OneOf(ASSESSMENT_PURPOSES, { default: 'QUOTE' })
  readonly purpose?: AssessmentPurpose;
  @OneOf(PRODUCTS, { default: 'MOTOR' })
  readonly product?: Product;
  @Nested(() => MotorFacts, { optional: true })
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, { optional: true })
  readonly home?: HomeFacts;
  @Text({ optional: true, max: 100 })
  readonly occupation?: string;
  @Int({ min: 0, default: 0 })
  readonly previousClaims?: number;
  @BonusMalus({ default: 1 })
  readonly bonusMalus?: number;
  @Nested(() => RequestedCover, { optional: true })
  readonly requestedCover?: RequestedCover;
  @Time({ optional: true, description: 'When cover shall begin.' })
  readonly effectiveFrom?: string;
  @Flag({
    default: false,
    description: 'Part of a portfolio taken over from another insurer: cover may begin in the past.',
  })
  readonly bookTransfer?: boolean;
}

/** Only the first fields are required: programs of other teams send this message too. */
export class RiskAssessmentCompletedPayload extends CustomerPayload {
  @Decimal({ min: 0, max: 100, description: '0 (best) to 100 (worst).' })
  readonly riskScore!: number;
  @TextList({ description: 'What raised or lowered the score, such as previous_claims.' })
  readonly riskFactors!: readonly string[];
  @TextList({ description: 'Such as additional_coverage or higher_premium.' })
  readonly recommendations!: readonly string[];
  @Id({ optional: true })
  readonly assessmentId?: string;
  @OneOf(ASSESSMENT_PURPOSES, { optional: true })
  readonly purpose?: AssessmentPurpose;
  @OneOf(PRODUCTS, { optional: true })
  readonly product?: Product;
  @Nested(() => MotorFacts, { optional: true })
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, { optional: true })
  readonly home?: HomeFacts;
  @Text({ optional: true, max: 100 })
  readonly occupation?: string;
  @Int({ min: 0, optional: true })
  readonly previousClaims?: number;
  @BonusMalus({ optional: true })
  readonly bonusMalus?: number;
  @Decimal({ min: 0, optional: true, description: 'Expected claims of one policy in one quarter.' })
  readonly expectedClaimsPerQuarter?: number;
  @Nested(() => RequestedCover, { optional: true })
  readonly requestedCover?: RequestedCover;
  @Time({ optional: true })
  readonly effectiveFrom?: string;
  @Flag({ optional: true })
  readonly bookTransfer?: boolean;
}

export class AssessClaimRiskPayload extends CustomerPayload {
  @Id()
  readonly claimId!: string;
  @Id()
  readonly policyId!: string;
  @Time()
  readonly lossAt!: string;
  @Time()
  readonly reportedAt!: string;
  @OneOf(PERILS)
  readonly cause!: Peril;
  @Nested(() => MoneyValue)
  readonly estimatedLoss!: Money;
  @Int({ min: 0, description: "The customer's earlier claims." })
  readonly priorClaims!: number;
  @Int({ min: 0, description: 'Earlier claims of the same loss.' })
  readonly sameLossClaims!: number;
}

export class ClaimRiskAssessedPayload extends CustomerPayload {
  @Id()
  readonly claimId!: string;
  @Int({ min: 0, description: "Sum of the indicators' points; above zero a person decides." })
  readonly fraudPoints!: number;
  @ListOf(() => FraudIndicator)
  readonly indicators!: readonly FraudIndicator[];
}

/** The risk agent's own timer: the policy of a claim was not known yet. */
export class RecheckClaimRiskPayload extends CustomerPayload {
  @Id()
  readonly claimId!: string;
  @Int({ min: 1 })
  readonly attempt!: number;
}
