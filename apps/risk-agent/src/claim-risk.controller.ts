import {
  AssessClaimRisk,
  AssessClaimRiskPayload,
  RecheckClaimRisk,
  RecheckClaimRiskPayload,
} from '@aika/contracts';
import { AgentController, Handles } from '@aika/messaging/nest';
import { answerOrWait, openQuestion } from './claim-risk-questions.js';
import { riskAgent, type RiskContext } from './risk.agent.js';

/** Looks for signs of fraud in claims. */
@AgentController(riskAgent)
export class ClaimRiskController {
  @Handles(AssessClaimRisk)
  assessClaim(question: AssessClaimRiskPayload, context: RiskContext): void {
    answerOrWait(context, question, 0);
  }

  /** The timer of a question whose policy was not known; answered meanwhile, there is nothing to do. */
  @Handles(RecheckClaimRisk)
  recheckClaim({ claimId, attempt }: RecheckClaimRiskPayload, context: RiskContext): void {
    const question = openQuestion(context, claimId);
    if (question) answerOrWait(context, question, attempt);
  }
}
