import { Id, Nested, OneOf, Text, Time } from '../../schema/field.decorators.js';
import type { Money } from '../../value-types.js';
import { MoneyValue, Reason } from '../../value-types.js';
import { AUTHORITIES, type Authority } from './claim-authority.js';
import { ClaimPayload } from './claim-decision.payloads.js';

/** How a claim ended. */
export const CLAIM_OUTCOMES = ['PAID', 'DENIED', 'WITHDRAWN'] as const;
export type ClaimOutcome = (typeof CLAIM_OUTCOMES)[number];

abstract class PaymentPayload extends ClaimPayload {
  @Id()
  readonly paymentId!: string;
  @Nested(() => MoneyValue)
  readonly amount!: Money;
}

/** Result of the payment effect: the provider paid. */
export class PaymentSettledPayload extends PaymentPayload {
  @Text({ max: 200, description: "The provider's own number of the payment." })
  readonly providerReference!: string;
}

/** Result of the payment effect: the provider said no, and nothing was paid. */
export class PaymentRefusedPayload extends PaymentPayload {
  @Nested(() => Reason)
  readonly reason!: Reason;
}

export class ClaimPaidPayload extends PaymentPayload {}

export class ClaimClosedPayload extends ClaimPayload {
  @OneOf(CLAIM_OUTCOMES)
  readonly outcome!: ClaimOutcome;
}

export class ReserveReleasedPayload extends ClaimPayload {
  @Nested(() => MoneyValue)
  readonly released!: Money;
  @Nested(() => Reason)
  readonly reason!: Reason;
}

export class ClaimReopenedPayload extends ClaimPayload {
  @Nested(() => Reason)
  readonly reason!: Reason;
  @Nested(() => MoneyValue, { optional: true, description: 'The most that a person may approve now.' })
  readonly payable?: Money;
  @OneOf(AUTHORITIES, { optional: true, description: 'Who has to decide.' })
  readonly requiredAuthority?: Authority;
  @Time({ optional: true, description: 'When somebody above is asked unless a person has decided by then.' })
  readonly dueAt?: string;
}

export class ReopenClaimPayload extends ClaimPayload {
  @Text({ max: 500 })
  readonly reason!: string;
}

export class WithdrawClaimPayload extends ClaimPayload {
  @Text({ max: 500 })
  readonly reason!: string;
}

export class ClaimWithdrawnPayload extends ClaimPayload {
  @Text({ max: 500 })
  readonly reason!: string;
}
