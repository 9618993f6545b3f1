import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule } from '@aika/messaging/nest';
import { withPersonalData } from '@aika/personal-data';
import { ClaimDecisionController } from './claim-decision.controller.js';
import { ClaimIntakeController } from './claim-intake.controller.js';
import { CLAIM_SETTLEMENT, claimSettlement } from './claim-settlement.saga.js';
import { ClaimsAgentSettings } from './claims-agent.settings.js';
import { claimsAgent } from './claims.agent.js';
import { PaymentController } from './payments/payment.controller.js';
import { PAYMENT_PROVIDER } from './payments/payments.port.js';
import { SandboxPayments } from './payments/sandbox-payments.js';

@Module({
  imports: [
    AikaModule.forAgent(claimsAgent, {
      defaultPort: 3103,
      settings: ClaimsAgentSettings,
      log: (settings) => withPersonalData(createKafkaLog(kafkaOptionsOf(settings)), settings),
    }),
  ],
  controllers: [ClaimIntakeController, ClaimDecisionController, PaymentController],
  providers: [
    {
      provide: CLAIM_SETTLEMENT,
      inject: [ClaimsAgentSettings],
      useFactory: (settings: ClaimsAgentSettings) =>
        claimSettlement(settings.claimAnswersWithinMs, {
          adjusterMs: settings.claimDecisionWithinMs,
          managerMs: settings.claimManagerDecisionWithinMs,
          answerMs: settings.claimInformationWithinMs,
        }),
    },
    {
      provide: PAYMENT_PROVIDER,
      inject: [ClaimsAgentSettings],
      useFactory: ({ paymentsUrl }: ClaimsAgentSettings) => new SandboxPayments(paymentsUrl),
    },
  ],
})
export class ClaimsAgentModule {}
