import { POLICY_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import { cover, customerId, gbp, inception, motor, policyId, quoteId } from './policy.examples.js';
import * as payloads from './quote.payloads.js';

const owner = POLICY_AGENT;
const recommendation = { kind: 'event', owner, stage: 'recommendation' } as const;
const decisionCommand = { kind: 'command', owner, stage: 'decision', audited: true } as const;
const decisionEvent = { kind: 'event', owner, stage: 'decision' } as const;

export const PolicyRecommended = defineMessage({
  ...recommendation,
  type: 'POLICY_RECOMMENDED',
  payload: payloads.PolicyRecommendedPayload,
  example: {
    customerId,
    recommendationId: 'rec-2501',
    assessmentId: 'asm-2001',
    product: 'MOTOR',
    cover,
    reasons: [{ code: 'hail_district', detail: 'Hail is frequent in the district.' }],
  },
});

export const QuoteIssued = defineMessage({
  ...recommendation,
  type: 'QUOTE_ISSUED',
  audited: true,
  payload: payloads.QuoteIssuedPayload,
  example: {
    customerId,
    quoteId,
    assessmentId: 'asm-2001',
    product: 'MOTOR',
    cover,
    premium: gbp(41_230),
    rating: [
      { step: 'base', factor: '1.0000', premium: gbp(43_400) },
      { step: 'bonus_malus', factor: '0.9500', premium: gbp(41_230) },
    ],
    riskScore: 37.5,
    effectiveFrom: inception,
    validUntil: '2026-04-01T09:00:00Z',
    motor,
    bonusMalus: 0.95,
  },
});

export const QuoteDeclined = defineMessage({
  ...recommendation,
  type: 'QUOTE_DECLINED',
  audited: true,
  payload: payloads.QuoteDeclinedPayload,
  example: {
    customerId,
    quoteId,
    reasons: [{ code: 'risk_too_high', detail: 'The risk score is above what the company takes on.' }],
  },
});

export const AcceptQuote = defineMessage({
  ...decisionCommand,
  type: 'ACCEPT_QUOTE',
  payload: payloads.AcceptQuotePayload,
  example: { customerId, quoteId },
});

export const ExpireQuote = defineMessage({
  ...decisionCommand,
  audited: false,
  topic: 'agent.policy',
  type: 'EXPIRE_QUOTE',
  payload: payloads.ExpireQuotePayload,
  example: { customerId, quoteId },
});

export const QuoteAccepted = defineMessage({
  ...decisionEvent,
  type: 'QUOTE_ACCEPTED',
  audited: true,
  payload: payloads.QuoteAcceptedPayload,
  example: { customerId, quoteId, policyId },
});

export const QuoteExpired = defineMessage({
  ...decisionEvent,
  type: 'QUOTE_EXPIRED',
  payload: payloads.QuoteExpiredPayload,
  example: { customerId, quoteId },
});
