import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule } from '@aika/messaging/nest';
import { AssessmentController } from './assessment.controller.js';
import { ClaimRiskController } from './claim-risk.controller.js';
import { PolicyFactsController } from './policy-facts.controller.js';
import { riskAgent } from './risk.agent.js';

@Module({
  imports: [
    AikaModule.forAgent(riskAgent, {
      defaultPort: 3101,
      log: (settings) => createKafkaLog(kafkaOptionsOf(settings)),
    }),
  ],
  controllers: [AssessmentController, ClaimRiskController, PolicyFactsController],
})
export class RiskAgentModule {}
