import { Module } from '@nestjs/common';
import { AikaModule } from '@aika/messaging/nest';
import { AssessmentController } from './assessment.controller.js';
import { ClaimRiskController } from './claim-risk.controller.js';
import { PolicyFactsController } from './policy-facts.controller.js';
import { riskAgent } from './risk.agent.js';

@Module({
  imports: [AikaModule.forAgent(riskAgent)],
  controllers: [AssessmentController, ClaimRiskController, PolicyFactsController],
})
export class RiskAgentModule {}
