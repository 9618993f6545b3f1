import { POLICY_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import { cover, customerId, expiry, gbp, inception, motor, policyId, quoteId } from './policy.examples.js';
import * as payloads from './policy.payloads.js';

const owner = POLICY_AGENT;
const decisionCommand = { kind: 'command', owner, stage: 'decision', audited: true } as const;
const decisionEvent = { kind: 'event', owner, stage: 'decision', audited: true } as const;
const effectiveAt = '2026-09-01T00:00:00Z';

export const PolicyBound = defineMessage({
  ...decisionEvent,
  type: 'POLICY_BOUND',
  payload: payloads.PolicyBoundPayload,
  example: {
    customerId,
    policyId,
    quoteId,
    product: 'MOTOR',
    version: 1,
    cover,
    premium: gbp(41_230),
    effectiveFrom: inception,
    effectiveTo: expiry,
    motor,
    bonusMalus: 0.95,
    riskScore: 17,
  },
});

export const StartCover = defineMessage({
  kind: 'command',
  owner,
  topic: 'agent.policy',
  stage: 'settlement',
  type: 'START_COVER',
  payload: payloads.StartCoverPayload,
  example: { customerId, policyId },
});

export const PolicyTookEffect = defineMessage({
  kind: 'event',
  owner,
  stage: 'settlement',
  type: 'POLICY_TOOK_EFFECT',
  payload: payloads.PolicyTookEffectPayload,
  example: { customerId, policyId, effectiveFrom: inception },
});

export const EndorsePolicy = defineMessage({
  ...decisionCommand,
  type: 'ENDORSE_POLICY',
  payload: payloads.EndorsePolicyPayload,
  example: { customerId, policyId, effectiveAt, cover: { deductible: gbp(10_000) } },
});

export const PolicyEndorsed = defineMessage({
  ...decisionEvent,
  type: 'POLICY_ENDORSED',
  payload: payloads.PolicyEndorsedPayload,
  example: {
    customerId,
    policyId,
    version: 2,
    effectiveAt,
    cover: { ...cover, deductible: gbp(10_000) },
    premium: gbp(43_100),
    premiumDifference: gbp(948),
    coverIncreased: true,
    motor,
  },
});

export const RenewPolicy = defineMessage({
  ...decisionCommand,
  type: 'RENEW_POLICY',
  payload: payloads.RenewPolicyPayload,
  example: { customerId, policyId, atFaultClaims: 0, partlyAtFaultClaims: 1 },
});

export const PolicyRenewed = defineMessage({
  ...decisionEvent,
  type: 'POLICY_RENEWED',
  payload: payloads.PolicyRenewedPayload,
  example: {
    customerId,
    policyId,
    version: 3,
    effectiveFrom: expiry,
    effectiveTo: '2028-03-05T00:00:00Z',
    premium: gbp(44_950),
    bonusMalus: 1.07,
  },
});

export const CancelPolicy = defineMessage({
  ...decisionCommand,
  type: 'CANCEL_POLICY',
  payload: payloads.CancelPolicyPayload,
  example: {
    customerId,
    policyId,
    effectiveAt,
    initiator: 'INSURED',
    fromInception: false,
    reason: 'The car was sold.',
  },
});

export const PolicyCancelled = defineMessage({
  ...decisionEvent,
  type: 'POLICY_CANCELLED',
  payload: payloads.PolicyCancelledPayload,
  example: {
    customerId,
    policyId,
    effectiveAt,
    method: 'SHORT_RATE',
    refund: gbp(18_808),
    reason: 'The car was sold.',
  },
});

export const LapsePolicy = defineMessage({
  ...decisionCommand,
  type: 'LAPSE_POLICY',
  payload: payloads.LapsePolicyPayload,
  example: { customerId, policyId, effectiveAt, reason: 'The premium was not paid.' },
});

export const PolicyLapsed = defineMessage({
  ...decisionEvent,
  type: 'POLICY_LAPSED',
  payload: payloads.PolicyLapsedPayload,
  example: { customerId, policyId, effectiveAt, reason: 'The premium was not paid.' },
});

export const ReinstatePolicy = defineMessage({
  ...decisionCommand,
  type: 'REINSTATE_POLICY',
  payload: payloads.ReinstatePolicyPayload,
  example: {
    customerId,
    policyId,
    effectiveAt: '2026-09-10T00:00:00Z',
    reason: 'The premium arrived.',
  },
});

export const PolicyReinstated = defineMessage({
  ...decisionEvent,
  type: 'POLICY_REINSTATED',
  payload: payloads.PolicyReinstatedPayload,
  example: { customerId, policyId, version: 3, effectiveAt: '2026-09-10T00:00:00Z', gap: true },
});
