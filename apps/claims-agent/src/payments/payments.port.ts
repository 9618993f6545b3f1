import type { Reason } from '@aika/contracts';
import type { PayClaimRequest } from './pay-claim.effect.js';

/** What a provider said. Everything else (no answer, an error of its own) is no outcome and is thrown. */
export type PaymentOutcome =
  | { readonly status: 'SETTLED'; readonly providerReference: string }
  | { readonly status: 'REFUSED'; readonly reason: Reason };

export interface PaymentCall {
  /** The provider pays once under one key and repeats its answer after that. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** Whoever moves the money. */
export interface PaymentProvider {
  /**
   * Pays, or repeats what became of this key.
   *
   * @throws RetriableError `PAYMENT_OUTCOME_UNKNOWN` when it is not known whether the money went out
   * @throws TerminalError `PAYMENT_REQUEST_INVALID` when the provider will never take this request
   */
  pay(request: PayClaimRequest, call: PaymentCall): Promise<PaymentOutcome>;
}

/** Injection token of the `PaymentProvider`. */
export const PAYMENT_PROVIDER = Symbol('payment-provider');
