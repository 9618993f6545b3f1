import { CLAIMS_AGENT } from '../../agents.js';
import { defineMessage, previousVersion } from '../../message-definition.js';
import type { Money } from '../../value-types.js';
import * as decision from './claim-decision.payloads.js';
import * as intake from './claim-intake.payloads.js';

const owner = CLAIMS_AGENT;
const decisionCommand = { kind: 'command', owner, stage: 'decision', audited: true } as const;
const decisionEvent = { kind: 'event', owner, stage: 'decision' } as const;
const claim = { customerId: 'cust-1001', claimId: 'clm-5001' } as const;
const gbp = (amount: number): Money => ({ amount, currency: 'GBP' });

export const FileClaim = defineMessage({
  kind: 'command',
  owner,
  stage: 'intake',
  type: 'FILE_CLAIM',
  audited: true,
  version: 2,
  payload: intake.FileClaimPayload,
  example: {
    ...claim,
    policyId: 'pol-4001',
    lossAt: '2026-06-14T17:20:00Z',
    reportedAt: '2026-06-15T08:05:00Z',
    cause: 'HAIL',
    estimatedLoss: gbp(50_000),
    description: 'Hail dented the bonnet and the roof.',
    reporter: 'policyholder',
  },
  previousVersions: [
    previousVersion({
      version: 1,
      payload: intake.FileClaimPayloadV1,
      example: {
        ...claim,
        policyId: 'pol-4001',
        lossDate: '2026-06-14',
        reportedAt: '2026-06-15T08:05:00Z',
        cause: 'HAIL',
        amount: 50_000,
        currency: 'GBP',
        description: 'Hail dented the bonnet and the roof.',
        reporter: 'policyholder',
      },
      upcast: intake.fileClaimFromV1,
    }),
  ],
});

export const ClaimFiled = defineMessage({
  kind: 'event',
  owner,
  stage: 'intake',
  type: 'CLAIM_FILED',
  payload: intake.ClaimFiledPayload,
  example: {
    ...claim,
    policyId: 'pol-4001',
    lossAt: '2026-06-14T17:20:00Z',
    reportedAt: '2026-06-15T08:05:00Z',
    cause: 'HAIL',
    estimatedLoss: gbp(50_000),
    reporter: 'policyholder',
  },
});

export const ClaimReserved = defineMessage({
  ...decisionEvent,
  type: 'CLAIM_RESERVED',
  payload: decision.ClaimReservedPayload,
  example: { ...claim, reserve: gbp(35_000) },
});

export const ClaimApproved = defineMessage({
  ...decisionEvent,
  type: 'CLAIM_APPROVED',
  audited: true,
  payload: decision.ClaimApprovedPayload,
  example: {
    ...claim,
    payable: gbp(35_000),
    approvedBy: decision.DECIDED_AUTOMATICALLY,
    reasons: [{ code: 'within_automatic_limit', detail: 'The amount is within the automatic limit.' }],
  },
});

export const ClaimReferred = defineMessage({
  ...decisionEvent,
  type: 'CLAIM_REFERRED',
  audited: true,
  payload: decision.ClaimReferredPayload,
  example: {
    ...claim,
    payable: gbp(1_250_000),
    fraudPoints: 0,
    requiredAuthority: 'MANAGER',
    reasons: [{ code: 'above_adjuster_limit', detail: "The amount is above an adjuster's authority." }],
  },
});

export const ClaimDenied = defineMessage({
  ...decisionEvent,
  type: 'CLAIM_DENIED',
  audited: true,
  payload: decision.ClaimDeniedPayload,
  example: {
    ...claim,
    reasons: [{ code: 'outside_policy_period', detail: 'The loss happened before cover began.' }],
    deniedBy: decision.DECIDED_AUTOMATICALLY,
  },
});

export const DecideReferredClaim = defineMessage({
  ...decisionCommand,
  type: 'DECIDE_REFERRED_CLAIM',
  audited: {
    kind: 'approval',
    actor: ({ decidedBy }) => decidedBy,
    reason: ({ reason }) => reason,
  },
  payload: decision.DecideReferredClaimPayload,
  example: {
    ...claim,
    decision: 'APPROVE',
    decidedBy: 'manager-7',
    reason: "The expert's report confirms the loss.",
    amount: gbp(1_200_000),
  },
});

export const EscalateClaim = defineMessage({
  ...decisionCommand,
  audited: false,
  topic: 'agent.claims',
  type: 'ESCALATE_CLAIM',
  payload: decision.EscalateClaimPayload,
  example: { ...claim },
});
