import {
  PolicyBound,
  PolicyBoundPayload,
  PolicyEndorsed,
  PolicyEndorsedPayload,
  PolicyReinstated,
  PolicyReinstatedPayload,
} from '@aika/contracts';
import { AgentController, Handles } from '@aika/messaging/nest';
import { answerWaiting } from './claim-risk-questions.js';
import { remember } from './policy-facts.js';
import { riskAgent, type RiskContext } from './risk.agent.js';

/** Remembers the dates of policies: a loss soon after inception or after an increase of cover is a sign of fraud. */
@AgentController(riskAgent)
export class PolicyFactsController {
  @Handles(PolicyBound)
  policyBound(data: PolicyBoundPayload, context: RiskContext): void {
    remember(context, { type: 'POLICY_BOUND', data });
    answerWaiting(context, data.policyId);
  }

  @Handles(PolicyEndorsed)
  policyEndorsed(data: PolicyEndorsedPayload, context: RiskContext): void {
    remember(context, { type: 'POLICY_ENDORSED', data });
  }

  @Handles(PolicyReinstated)
  policyReinstated(data: PolicyReinstatedPayload, context: RiskContext): void {
    remember(context, { type: 'POLICY_REINSTATED', data });
  }
}
