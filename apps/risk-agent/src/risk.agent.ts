import {
  AssessClaimRisk,
  ClaimRiskAssessed,
  CommandRejected,
  CustomerAssessmentRequest,
  PolicyBound,
  PolicyEndorsed,
  PolicyReinstated,
  RecheckClaimRisk,
  RISK_AGENT,
  RiskAssessmentCompleted,
} from '@aika/contracts';
import { type ContextOf, defineAgent } from '@aika/messaging';

/** Scores customers for quotes and claims for signs of fraud. */
export const riskAgent = defineAgent({
  id: RISK_AGENT,
  inbox: 'agent.risk',
  handles: [
    CustomerAssessmentRequest,
    AssessClaimRisk,
    RecheckClaimRisk,
    PolicyBound,
    PolicyEndorsed,
    PolicyReinstated,
  ],
  emits: [RiskAssessmentCompleted, ClaimRiskAssessed, CommandRejected],
});

/** What the handlers of this agent may do. */
export type RiskContext = ContextOf<typeof riskAgent>;
