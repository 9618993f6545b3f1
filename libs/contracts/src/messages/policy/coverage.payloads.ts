import { Flag, Id, ListOf, Nested, OneOf, Time } from '../../schema/field.decorators.js';
import type { Money, Peril } from '../../value-types.js';
import { CustomerPayload, MoneyValue, PERILS, Reason } from '../../value-types.js';

export class AskCoverageQuestionPayload extends CustomerPayload {
  @Id()
  readonly policyId!: string;
  @OneOf(PERILS)
  readonly peril!: Peril;
  @Time({ optional: true, description: "Without it, the message's time." })
  readonly at?: string;
}

export class CoverageQuestionAnsweredPayload extends CustomerPayload {
  @Id()
  readonly policyId!: string;
  @OneOf(PERILS)
  readonly peril!: Peril;
  @Time()
  readonly at!: string;
  @Flag()
  readonly covered!: boolean;
  @Nested(() => MoneyValue, { optional: true })
  readonly limit?: Money;
  @Nested(() => MoneyValue, { optional: true })
  readonly deductible?: Money;
  @ListOf(() => Reason)
  readonly reasons!: readonly Reason[];
}

export class VerifyCoveragePayload extends CustomerPayload {
  @Id()
  readonly claimId!: string;
  @Id()
  readonly policyId!: string;
  @OneOf(PERILS)
  readonly cause!: Peril;
  @Time()
  readonly lossAt!: string;
}

export class CoverageVerifiedPayload extends CustomerPayload {
  @Id()
  readonly claimId!: string;
  @Id()
  readonly policyId!: string;
  @Flag()
  readonly covered!: boolean;
  @ListOf(() => Reason, { description: 'Every reason why it is not covered.' })
  readonly reasons!: readonly Reason[];
  @Nested(() => MoneyValue, { optional: true })
  readonly limit?: Money;
  @Nested(() => MoneyValue, { optional: true })
  readonly deductible?: Money;
  @Nested(() => MoneyValue, { optional: true, description: 'Home: the sum insured.' })
  readonly carried?: Money;
  @Nested(() => MoneyValue, { optional: true, description: 'Home: the rebuilding cost.' })
  readonly required?: Money;
  @Time({ optional: true, description: 'Inception of the cover.' })
  readonly effectiveFrom?: string;
}
