import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule } from '@aika/messaging/nest';
import { ConversationController } from './conversation.controller.js';
import { customerAgent } from './customer.agent.js';
import { CustomerController } from './customer.controller.js';
import { NotificationController } from './notification.controller.js';

@Module({
  imports: [
    AikaModule.forAgent(customerAgent, {
      defaultPort: 3104,
      log: (settings) => createKafkaLog(kafkaOptionsOf(settings)),
    }),
  ],
  controllers: [CustomerController, ConversationController, NotificationController],
})
export class CustomerAgentModule {}
