import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createKafkaAdmin, createKafkaLog } from '../kafka/index.js';
import type { MessageLog } from '../ports/index.js';
import { describeDeadLetters } from './suite/dead-letters.suite.js';

jest.setTimeout(40_000);

const PARTITIONS = 4;
const KEYED = ['commands', 'events', 'agent.risk', 'audit', 'dlq', 'state.risk'];

describeDeadLetters('Kafka', async () => {
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const namespace = `dl-${randomUUID().slice(0, 8)}`;
  const admin = createKafkaAdmin({ brokers, clientId: 'suite' });
  const topic = (name: string, partitions: number, config: Record<string, string> = {}) => ({
    name: `${namespace}.${name}`,
    partitions,
    replicationFactor: 3,
    config: { 'min.insync.replicas': '2', ...config },
  });
  await admin.ensureTopics([
    ...KEYED.map((name) => topic(name, PARTITIONS)),
    topic('agents', 1, { 'cleanup.policy': 'compact' }),
  ]);
  const logs: MessageLog[] = [];
  return {
    namespace,
    connect: (clientId) => {
      const log = createKafkaLog({ brokers, clientId });
      logs.push(log);
      return log;
    },
    close: async () => {
      await Promise.all(logs.map((log) => log.close()));
      await admin.deleteTopics([...KEYED, 'agents'].map((name) => `${namespace}.${name}`));
      await admin.close();
    },
  };
});
