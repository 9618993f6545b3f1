import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule } from '@aika/messaging/nest';
import { withPersonalData } from '@aika/personal-data';
import { CoverageController } from './coverage.controller.js';
import { PolicyController } from './policy.controller.js';
import { policyAgent } from './policy.agent.js';
import { QuoteController } from './quote.controller.js';

@Module({
  imports: [
    AikaModule.forAgent(policyAgent, {
      defaultPort: 3102,
      log: (settings) => withPersonalData(createKafkaLog(kafkaOptionsOf(settings)), settings),
    }),
  ],
  controllers: [QuoteController, PolicyController, CoverageController],
})
export class PolicyAgentModule {}
