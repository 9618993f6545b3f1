import { catalogue, type ClaimApprovedPayload, readMessage } from '@aika/contracts';
import kafkajs, { type EachBatchPayload, type KafkaMessage, type Message, type Producer } from 'kafkajs';
import { noticeOf, noticeRecord } from '../../workload/claim-notice.js';
import { peerSettings } from '../peer-settings.js';

/**
 * kafkajs as its documentation has it: batches, offsets by hand. With transactions each partition has a producer
 * and transactional id of its own, which is what fences without generations; without, one idempotent producer.
 */
const settings = peerSettings();
const kafka = new kafkajs.Kafka({
  clientId: settings.name,
  brokers: [...settings.brokers],
  logLevel: kafkajs.logLevel.ERROR,
});
const consumer = kafka.consumer({ groupId: settings.name, readUncommitted: false });
const producers = new Map<number, Promise<Producer>>();

function producerOf(partition: number): Promise<Producer> {
  const key = settings.transactional ? partition : 0;
  const known = producers.get(key);
  if (known) return known;
  const made = connected(key);
  producers.set(key, made);
  return made;
}

async function connected(key: number): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    ...(settings.transactional ? { transactionalId: `${settings.name}-${key}` } : {}),
    // The default of 300 ms would be slept after every transaction whose markers are still being written.
    retry: { initialRetryTime: 10, retries: 30 },
  });
  await producer.connect();
  return producer;
}

/** @throws ContractError for a message that breaks its contract */
function outputOf(message: KafkaMessage): Message {
  const receivedAt = new Date(Number(message.timestamp)).toISOString();
  const result = readMessage(message.value ?? '', { catalogue, receivedAt });
  if (!result.ok) throw result.error;
  const { envelope } = result;
  const payload = envelope.payload as unknown as ClaimApprovedPayload;
  return noticeRecord(envelope, noticeOf(payload, envelope.messageId), settings.name);
}

async function eachBatch({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
  const messages = batch.messages.map(outputOf);
  const offset = String(Number(batch.lastOffset()) + 1);
  const topics = [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }];
  const producer = await producerOf(batch.partition);
  const target = settings.transactional ? await producer.transaction() : producer;
  await target.send({ topic: settings.outputTopic, messages, acks: -1 });
  if ('sendOffsets' in target) {
    await target.sendOffsets({ consumerGroupId: settings.name, topics });
    await target.commit();
  } else {
    await consumer.commitOffsets([{ topic: batch.topic, partition: batch.partition, offset }]);
  }
  resolveOffset(batch.lastOffset());
  await heartbeat();
}

await consumer.connect();
await consumer.subscribe({ topics: [settings.inputTopic], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachBatchAutoResolve: false,
  partitionsConsumedConcurrently: settings.partitions,
  eachBatch,
});
process.once('SIGTERM', () => void consumer.disconnect().finally(() => process.exit()));
process.once('disconnect', () => process.exit());
