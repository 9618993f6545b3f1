import { POLICY_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import * as payloads from './coverage.payloads.js';
import { cover, customerId, inception, policyId } from './policy.examples.js';

const owner = POLICY_AGENT;
const lossAt = '2026-06-14T17:20:00Z';

export const AskCoverageQuestion = defineMessage({
  kind: 'command',
  owner,
  stage: 'intake',
  type: 'ASK_COVERAGE_QUESTION',
  audited: true,
  payload: payloads.AskCoverageQuestionPayload,
  example: { customerId, policyId, peril: 'HAIL', at: lossAt },
});

export const CoverageQuestionAnswered = defineMessage({
  kind: 'event',
  owner,
  stage: 'recommendation',
  type: 'COVERAGE_QUESTION_ANSWERED',
  payload: payloads.CoverageQuestionAnsweredPayload,
  example: {
    customerId,
    policyId,
    peril: 'HAIL',
    at: lossAt,
    covered: true,
    limit: cover.limit,
    deductible: cover.deductible,
    reasons: [{ code: 'peril_covered', detail: 'Hail is one of the perils of the policy.' }],
  },
});

export const VerifyCoverage = defineMessage({
  kind: 'command',
  owner,
  topic: 'agent.policy',
  stage: 'assessment',
  type: 'VERIFY_COVERAGE',
  payload: payloads.VerifyCoveragePayload,
  example: { customerId, claimId: 'clm-5001', policyId, cause: 'HAIL', lossAt },
});

export const CoverageVerified = defineMessage({
  kind: 'event',
  owner,
  stage: 'assessment',
  type: 'COVERAGE_VERIFIED',
  payload: payloads.CoverageVerifiedPayload,
  example: {
    customerId,
    claimId: 'clm-5001',
    policyId,
    covered: true,
    reasons: [],
    limit: cover.limit,
    deductible: cover.deductible,
    effectiveFrom: inception,
  },
});
