import { DateOnly, Id, Int, Nested, OneOf, Text, Time } from '../../schema/field.decorators.js';
import type { Currency, Money, Peril } from '../../value-types.js';
import { CURRENCIES, CustomerPayload, MoneyValue, PERILS } from '../../value-types.js';

/** First notice of loss. */
export class FileClaimPayload extends CustomerPayload {
  @Id({ optional: true, description: 'Without it, derived from the message id.' })
  readonly claimId?: string;
  @Id()
  readonly policyId!: string;
  @Time()
  readonly lossAt!: string;
  @Time({ optional: true, description: "Without it, the message's time." })
  readonly reportedAt?: string;
  @OneOf(PERILS)
  readonly cause!: Peril;
  @Nested(() => MoneyValue)
  readonly estimatedLoss!: Money;
  @Text({ optional: true, min: 0, max: 2000, personal: true })
  readonly description?: string;
  @Text({ default: 'policyholder', max: 100, description: 'Who reports the loss.' })
  readonly reporter?: string;
}

/** Version 1, still read: the money in two fields, and the day of the loss without a time. */
export class FileClaimPayloadV1 extends CustomerPayload {
  @Id({ optional: true, description: 'Without it, derived from the message id.' })
  readonly claimId?: string;
  @Id()
  readonly policyId!: string;
  @DateOnly()
  readonly lossDate!: string;
  @Time({ optional: true, description: "Without it, the message's time." })
  readonly reportedAt?: string;
  @OneOf(PERILS)
  readonly cause!: Peril;
  @Int({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'Estimated loss in minor units.' })
  readonly amount!: number;
  @OneOf(CURRENCIES, { description: 'ISO 4217.' })
  readonly currency!: Currency;
  @Text({ optional: true, min: 0, max: 2000, personal: true })
  readonly description?: string;
  @Text({ default: 'policyholder', max: 100, description: 'Who reports the loss.' })
  readonly reporter?: string;
}

/** A claim by version 1 in the words of version 2: the loss at the first moment of its day. */
export function fileClaimFromV1(old: FileClaimPayloadV1): FileClaimPayload {
  const { lossDate, amount, currency, ...same } = old;
  return { ...same, lossAt: `${lossDate}T00:00:00Z`, estimatedLoss: { amount, currency } };
}

export class ClaimFiledPayload extends CustomerPayload {
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
  @Text({ max: 100 })
  readonly reporter!: string;
}
