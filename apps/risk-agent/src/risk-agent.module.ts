import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule } from '@aika/messaging/nest';
import { withPersonalData } from '@aika/personal-data';
import { AssessmentController } from './assessment.controller.js';
import { ClaimRiskController } from './claim-risk.controller.js';
import { PolicyFactsController } from './policy-facts.controller.js';
import { riskAgent } from './risk.agent.js';

@Module({
  imports: [
    AikaModule.forAgent(riskAgent, {
      defaultPort: 3101,
      log: (settings) => withPersonalData(createKafkaLog(kafkaOptionsOf(settings)), settings),
    }),
  ],
  controllers: [AssessmentController, ClaimRiskController, PolicyFactsController],
})
export class RiskAgentModule {}
