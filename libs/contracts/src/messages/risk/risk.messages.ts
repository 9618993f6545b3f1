import { RISK_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import * as payloads from './risk.payloads.js';

const assessment = { owner: RISK_AGENT, stage: 'assessment' } as const;
const customerId = 'cust-1001';
const claimId = 'clm-5001';

export const CustomerAssessmentRequest = defineMessage({
  ...assessment,
  kind: 'command',
  type: 'CUSTOMER_ASSESSMENT_REQUEST',
  audited: true,
  payload: payloads.CustomerAssessmentRequestPayload,
  example: {
    customerId,
    assessmentId: 'asm-2001',
    purpose: 'QUOTE',
    product: 'MOTOR',
    motor: { district: 2, engine: '1-1.5l', driverAge: 41 },
    occupation: 'teacher',
    previousClaims: 0,
    bonusMalus: 0.95,
    requestedCover: {
      perils: ['COLLISION', 'HAIL', 'LIABILITY'],
      limit: { amount: 2_000_000, currency: 'GBP' },
      deductible: { amount: 15_000, currency: 'GBP' },
    },
    effectiveFrom: '2026-03-05T00:00:00Z',
    bookTransfer: false,
  },
});

export const RiskAssessmentCompleted = defineMessage({
  ...assessment,
  kind: 'event',
  type: 'RISK_ASSESSMENT_COMPLETED',
  payload: payloads.RiskAssessmentCompletedPayload,
  example: {
    customerId,
    riskScore: 37.5,
    riskFactors: ['occupation_high_risk', 'previous_claims'],
    recommendations: ['additional_coverage', 'higher_premium'],
    assessmentId: 'asm-2001',
    purpose: 'QUOTE',
    product: 'MOTOR',
    motor: { district: 2, engine: '1-1.5l', driverAge: 41 },
    occupation: 'courier',
    previousClaims: 1,
    bonusMalus: 1.25,
    expectedClaimsPerQuarter: 0.0312,
    effectiveFrom: '2026-03-05T00:00:00Z',
    bookTransfer: false,
  },
});

export const AssessClaimRisk = defineMessage({
  ...assessment,
  kind: 'command',
  topic: 'agent.risk',
  type: 'ASSESS_CLAIM_RISK',
  payload: payloads.AssessClaimRiskPayload,
  example: {
    customerId,
    claimId,
    policyId: 'pol-4001',
    lossAt: '2026-06-14T17:20:00Z',
    reportedAt: '2026-06-15T08:05:00Z',
    cause: 'HAIL',
    estimatedLoss: { amount: 50_000, currency: 'GBP' },
    priorClaims: 0,
    sameLossClaims: 0,
  },
});

export const ClaimRiskAssessed = defineMessage({
  ...assessment,
  kind: 'event',
  type: 'CLAIM_RISK_ASSESSED',
  payload: payloads.ClaimRiskAssessedPayload,
  example: {
    customerId,
    claimId,
    fraudPoints: 20,
    indicators: [{ code: 'late_report', points: 20, detail: 'Reported 45 days after the loss.' }],
  },
});

export const RecheckClaimRisk = defineMessage({
  ...assessment,
  kind: 'command',
  topic: 'agent.risk',
  type: 'RECHECK_CLAIM_RISK',
  payload: payloads.RecheckClaimRiskPayload,
  example: { customerId, claimId, attempt: 1 },
});
