import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { AikaModule, runAgent } from '@aika/messaging/nest';
import { peerSettings } from '../peer-settings.js';
import { tallyAgent } from './tally.agent.js';
import { StatefulTallyController, StatelessTallyController } from './tally.controllers.js';

/** Ours, as any agent is run: Nest module, health endpoints, default settings. */
@Module({
  imports: [AikaModule.forAgent(tallyAgent, { log: (settings) => createKafkaLog(kafkaOptionsOf(settings)) })],
  controllers: [peerSettings().withState ? StatefulTallyController : StatelessTallyController],
})
class TallyModule {}

await runAgent(TallyModule);
