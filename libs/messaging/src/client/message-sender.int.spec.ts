import { afterAll, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createKafkaAdmin, createKafkaLog } from '../kafka/index.js';
import { describeMessageSender } from './message-sender.suite.js';

jest.setTimeout(40_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const namespace = `edge-${randomUUID().slice(0, 8)}`;
const names = ['commands', 'audit'].map((name) => `${namespace}.${name}`);
const admin = createKafkaAdmin({ brokers, clientId: 'sender-admin' });

describeMessageSender('Kafka', async () => {
  await admin.ensureTopics(names.map((name) => ({ name, partitions: 3, replicationFactor: 3, config: {} })));
  return { namespace, connect: () => createKafkaLog({ brokers, clientId: 'edge' }) };
});

afterAll(async () => {
  await admin.deleteTopics(names);
  await admin.close();
});
