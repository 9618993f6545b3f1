import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule } from '@aika/messaging/nest';
import { greetingAgent } from './greeting.agent.js';
import { GreetingController } from './greeting.controller.js';
import { catalogue } from './greeting.messages.js';

@Module({
  imports: [
    AikaModule.forAgent(greetingAgent, {
      catalogue,
      defaultPort: 3110,
      log: (settings) => createKafkaLog(kafkaOptionsOf(settings)),
    }),
  ],
  controllers: [GreetingController],
})
export class GreetingAgentModule {}
