import { Inject } from '@nestjs/common';
import {
  PaymentRefused,
  PaymentRefusedPayload,
  PaymentSettled,
  PaymentSettledPayload,
} from '@aika/contracts';
import { type EffectCall, type EffectResult, outcome } from '@aika/messaging';
import { AgentController, Handles, RunsEffect } from '@aika/messaging/nest';
import { deliver } from '@aika/workflow';
import { CLAIM_SETTLEMENT, type ClaimSettlement } from '../claim-settlement.saga.js';
import { claimsAgent, type ClaimsContext } from '../claims.agent.js';
import { PayClaim, type PayClaimRequest } from './pay-claim.effect.js';
import { PAYMENT_PROVIDER, type PaymentProvider } from './payments.port.js';

/** Pays approved claims, and takes what became of the payment back into the settlement. */
@AgentController(claimsAgent)
export class PaymentController {
  constructor(
    @Inject(PAYMENT_PROVIDER) private readonly provider: PaymentProvider,
    @Inject(CLAIM_SETTLEMENT) private readonly settlement: ClaimSettlement,
  ) {}

  @RunsEffect(PayClaim)
  async pay(request: PayClaimRequest, { idempotencyKey, signal }: EffectCall): Promise<EffectResult> {
    const { customerId, claimId, paymentId, amount } = request;
    const payment = { customerId, claimId, paymentId, amount };
    const answer = await this.provider.pay(request, { idempotencyKey, signal });
    return answer.status === 'SETTLED'
      ? outcome(PaymentSettled, { ...payment, providerReference: answer.providerReference })
      : outcome(PaymentRefused, { ...payment, reason: answer.reason });
  }

  @Handles(PaymentSettled)
  settled(payload: PaymentSettledPayload, context: ClaimsContext): void {
    deliver(context, this.settlement, payload.claimId, PaymentSettled, payload);
  }

  @Handles(PaymentRefused)
  refused(payload: PaymentRefusedPayload, context: ClaimsContext): void {
    deliver(context, this.settlement, payload.claimId, PaymentRefused, payload);
  }
}
