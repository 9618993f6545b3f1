import { CLAIMS_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import * as decision from './claim-decision.payloads.js';
import * as information from './claim-information.payloads.js';

const owner = CLAIMS_AGENT;
// What is asked and answered while a claim is assessed is between the insurer and who is asked.
const assessment = { owner, stage: 'assessment' } as const;
const claim = { customerId: 'cust-1001', claimId: 'clm-5001' } as const;
const question = { ...claim, questionId: 'clm-5001-question-1' } as const;
const answer = {
  text: 'The workshop repaired the roof; its invoice is attached.',
  documents: ['invoice-4711.pdf'],
} as const;

export const ClaimReferralEscalated = defineMessage({
  kind: 'event',
  owner,
  stage: 'decision',
  type: 'CLAIM_REFERRAL_ESCALATED',
  audited: true,
  payload: decision.ClaimReferralEscalatedPayload,
  example: {
    ...claim,
    escalationLevel: 1,
    requiredAuthority: 'MANAGER',
    reason: { code: 'decision_overdue', detail: 'No adjuster has decided by 2026-06-17 08:05 UTC.' },
    dueAt: '2026-06-18T08:05:00Z',
  },
});

export const EscalateReferral = defineMessage({
  kind: 'command',
  owner,
  stage: 'decision',
  topic: 'agent.claims',
  type: 'ESCALATE_REFERRAL',
  payload: decision.EscalateReferralPayload,
  example: { ...claim, dueAt: '2026-06-17T08:05:00Z' },
});

export const ClaimInformationRequested = defineMessage({
  ...assessment,
  kind: 'event',
  type: 'CLAIM_INFORMATION_REQUESTED',
  audited: true,
  payload: information.ClaimInformationRequestedPayload,
  example: {
    ...question,
    askedOf: 'CUSTOMER',
    askedBy: 'jo.adjuster',
    question: 'Please send us the invoice of the workshop.',
    reason: { code: 'asked_by_person', detail: 'The estimate is high for this damage.' },
    dueAt: '2026-06-29T08:05:00Z',
  },
});

export const ClaimInformationProvided = defineMessage({
  ...assessment,
  kind: 'event',
  type: 'CLAIM_INFORMATION_PROVIDED',
  payload: information.ClaimInformationProvidedPayload,
  example: {
    ...question,
    from: 'CUSTOMER',
    providedBy: 'cust-1001',
    ...answer,
    dueAt: '2026-06-20T08:05:00Z',
  },
});

export const ProvideClaimInformation = defineMessage({
  ...assessment,
  kind: 'command',
  type: 'PROVIDE_CLAIM_INFORMATION',
  audited: { kind: 'command', actor: ({ providedBy }) => providedBy },
  payload: information.ProvideClaimInformationPayload,
  example: { ...claim, from: 'CUSTOMER', providedBy: 'cust-1001', ...answer },
});
