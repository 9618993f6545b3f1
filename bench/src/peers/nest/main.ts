import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientKafka,
  ClientsModule,
  EventPattern,
  MessagePattern,
  Payload,
  Transport,
  type KafkaOptions,
} from '@nestjs/microservices';
import { catalogue, type ClaimApprovedPayload, readMessage } from '@aika/contracts';
import type { Observable } from 'rxjs';
import { requestTopicOf } from '../../cluster/bench-cluster.js';
import { noticeOf, noticeRecord } from '../../workload/claim-notice.js';
import { peerSettings } from '../peer-settings.js';

/**
 * Nest's own Kafka transport: a handler by decorator, and the output through ClientKafka. The handler returns what
 * `emit` gives, so that Nest waits for the write and the offset moves after it. Partitions side by side.
 */
const settings = peerSettings();

const kafka: KafkaOptions['options'] = {
  client: { clientId: settings.name, brokers: [...settings.brokers] },
  consumer: { groupId: settings.name },
  producer: { idempotent: true, maxInFlightRequests: 1 },
  send: { acks: -1 },
  subscribe: { fromBeginning: true },
  // The contract's reader parses: Nest's parser would do it a first time.
  parser: { keepBinary: true },
  run: { partitionsConsumedConcurrently: settings.partitions },
};

/** @throws ContractError for a message that breaks its contract */
function outputOf(message: object) {
  const result = readMessage(message as Buffer, { catalogue, receivedAt: new Date().toISOString() });
  if (!result.ok) throw result.error;
  const { envelope } = result;
  const payload = envelope.payload as unknown as ClaimApprovedPayload;
  return noticeRecord(envelope, noticeOf(payload, envelope.messageId), settings.name);
}

@Controller()
class TallyController {
  constructor(@Inject('OUTPUT') private readonly output: ClientKafka) {}

  @EventPattern(settings.inputTopic)
  approved(@Payload() message: object): Observable<unknown> {
    return this.output.emit(settings.outputTopic, outputOf(message));
  }

  @MessagePattern(requestTopicOf(settings.namespace))
  asked(@Payload() message: object): object {
    return outputOf(message);
  }
}

@Module({
  imports: [
    ClientsModule.register([
      { name: 'OUTPUT', transport: Transport.KAFKA, options: { ...kafka, producerOnlyMode: true } },
    ]),
  ],
  controllers: [TallyController],
})
class TallyModule {}

const app = await NestFactory.createMicroservice(TallyModule, {
  transport: Transport.KAFKA,
  options: kafka,
  logger: ['error'],
});
app.enableShutdownHooks(['SIGTERM']);
await app.listen();
process.once('disconnect', () => process.exit());
