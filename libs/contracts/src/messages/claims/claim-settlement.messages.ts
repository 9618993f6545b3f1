import { CLAIMS_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import type { Money } from '../../value-types.js';
import * as payloads from './claim-settlement.payloads.js';

const owner = CLAIMS_AGENT;
const decisionCommand = { kind: 'command', owner, stage: 'decision', audited: true } as const;
const settlement = { kind: 'event', owner, stage: 'settlement' } as const;
const claim = { customerId: 'cust-1001', claimId: 'clm-5001' } as const;
const gbp = (amount: number): Money => ({ amount, currency: 'GBP' });
const payment = { ...claim, paymentId: 'pay-5001', amount: gbp(35_000) } as const;
const refused = { code: 'account_closed', detail: 'The receiving account is closed.' };

export const PaymentSettled = defineMessage({
  ...settlement,
  type: 'PAYMENT_SETTLED',
  payload: payloads.PaymentSettledPayload,
  example: { ...payment, providerReference: 'sandbox-000042' },
});

export const PaymentRefused = defineMessage({
  ...settlement,
  type: 'PAYMENT_REFUSED',
  audited: true,
  payload: payloads.PaymentRefusedPayload,
  example: { ...payment, reason: refused },
});

export const ClaimPaid = defineMessage({
  ...settlement,
  type: 'CLAIM_PAID',
  audited: true,
  payload: payloads.ClaimPaidPayload,
  example: { ...payment },
});

export const ClaimClosed = defineMessage({
  ...settlement,
  type: 'CLAIM_CLOSED',
  payload: payloads.ClaimClosedPayload,
  example: { ...claim, outcome: 'PAID' },
});

export const ReserveReleased = defineMessage({
  ...settlement,
  type: 'RESERVE_RELEASED',
  audited: true,
  payload: payloads.ReserveReleasedPayload,
  example: { ...claim, released: gbp(35_000), reason: refused },
});

export const ClaimReopened = defineMessage({
  ...settlement,
  type: 'CLAIM_REOPENED',
  audited: true,
  payload: payloads.ClaimReopenedPayload,
  example: { ...claim, reason: refused },
});

export const ReopenClaim = defineMessage({
  ...decisionCommand,
  type: 'REOPEN_CLAIM',
  payload: payloads.ReopenClaimPayload,
  example: { ...claim, reason: 'The repair shop found further damage.' },
});

export const WithdrawClaim = defineMessage({
  ...decisionCommand,
  type: 'WITHDRAW_CLAIM',
  payload: payloads.WithdrawClaimPayload,
  example: { ...claim, reason: 'The other party pays.' },
});

export const ClaimWithdrawn = defineMessage({
  ...settlement,
  type: 'CLAIM_WITHDRAWN',
  payload: payloads.ClaimWithdrawnPayload,
  example: { ...claim, reason: 'The other party pays.' },
});
