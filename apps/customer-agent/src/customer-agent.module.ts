import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule } from '@aika/messaging/nest';
import { withPersonalData } from '@aika/personal-data';
import { ConversationController } from './conversation.controller.js';
import { CustomerAgentSettings } from './customer-agent.settings.js';
import { customerAgent } from './customer.agent.js';
import { CustomerController } from './customer.controller.js';
import { profiles } from './customer.entity.js';
import { channelsOf } from './notifications/channels.js';
import { DeliveryController } from './notifications/delivery.controller.js';
import { NOTIFICATION_CHANNELS } from './notifications/notification-channel.port.js';
import { NotificationController } from './notifications/notification.controller.js';

@Module({
  imports: [
    AikaModule.forAgent(customerAgent, {
      defaultPort: 3104,
      settings: CustomerAgentSettings,
      log: (settings) =>
        withPersonalData(createKafkaLog(kafkaOptionsOf(settings)), settings, {
          stores: [profiles],
          effects: customerAgent.effects,
        }),
    }),
  ],
  controllers: [CustomerController, ConversationController, NotificationController, DeliveryController],
  providers: [{ provide: NOTIFICATION_CHANNELS, inject: [CustomerAgentSettings], useFactory: channelsOf }],
})
export class CustomerAgentModule {}
