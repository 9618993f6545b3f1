import type { Money } from '@aika/contracts';
import { defineEffect } from '@aika/messaging';

/** One payment of an approved claim. */
export interface PayClaimRequest {
  readonly customerId: string;
  readonly claimId: string;
  /** Of the claim and the number of its approvals: a second approval is a second payment. */
  readonly paymentId: string;
  readonly amount: Money;
}

/**
 * Pays a claim. Tried until there is an answer: an unknown outcome is never taken for a refusal, because the
 * money may have gone out, and the same idempotency key makes another attempt safe.
 */
export const PayClaim = defineEffect<PayClaimRequest>({
  name: 'pay-claim',
  timeoutMs: 10_000,
  maxAttempts: Infinity,
  backoffMs: 200,
  maxBackoffMs: 30_000,
});
