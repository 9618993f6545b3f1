import { CustomerAssessmentRequest, CustomerAssessmentRequestPayload } from '@aika/contracts';
import { assessmentIdOf, riskAssessmentDecider } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, decideOn, defineEntity } from '@aika/workflow';
import { riskAgent, type RiskContext } from './risk.agent.js';

const riskAssessment = defineEntity({ name: 'risk-assessment', decider: riskAssessmentDecider });

/** Scores customers, for a quote or to look again. */
@AgentController(riskAgent)
export class AssessmentController {
  @Handles(CustomerAssessmentRequest)
  assessCustomer(request: CustomerAssessmentRequestPayload, context: RiskContext): void {
    const command = commandOf(context, 'CUSTOMER_ASSESSMENT_REQUEST', request);
    decideOn(context, riskAssessment, assessmentIdOf(command), command);
  }
}
