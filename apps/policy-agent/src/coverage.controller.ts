import {
  AskCoverageQuestion,
  AskCoverageQuestionPayload,
  VerifyCoverage,
  VerifyCoveragePayload,
} from '@aika/contracts';
import type { PolicyQuestion } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, decideOn } from '@aika/workflow';
import { policyAgent, type PolicyContext } from './policy.agent.js';
import { policy } from './policy.entities.js';

/** Answers what a policy covers, also when there is no such policy. */
@AgentController(policyAgent)
export class CoverageController {
  @Handles(AskCoverageQuestion)
  answerCustomer(data: AskCoverageQuestionPayload, context: PolicyContext): void {
    answer(context, commandOf(context, 'ASK_COVERAGE_QUESTION', data));
  }

  @Handles(VerifyCoverage)
  verifyForClaim(data: VerifyCoveragePayload, context: PolicyContext): void {
    answer(context, commandOf(context, 'VERIFY_COVERAGE', data));
  }
}

function answer(context: PolicyContext, command: PolicyQuestion): void {
  decideOn(context, policy, command.data.policyId, command);
}
