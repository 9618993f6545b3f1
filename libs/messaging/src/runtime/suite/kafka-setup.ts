import { randomUUID } from 'node:crypto';
import { createKafkaAdmin, createKafkaLog } from '../../kafka/index.js';
import type { MessageLog } from '../../ports/index.js';
import { KEYED_TOPICS, PARTITIONS, type RuntimeSuiteSetup } from './counter-world.js';

/** The test cluster with the topics of a namespace of its own, which go when it is closed. */
export async function openOnKafka(prefix: string): Promise<RuntimeSuiteSetup> {
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const namespace = `${prefix}-${randomUUID().slice(0, 8)}`;
  const admin = createKafkaAdmin({ brokers, clientId: 'suite' });
  const topic = (name: string, partitions: number, config: Record<string, string> = {}) => ({
    name: `${namespace}.${name}`,
    partitions,
    replicationFactor: 3,
    config: { 'min.insync.replicas': '2', ...config },
  });
  await admin.ensureTopics([
    ...KEYED_TOPICS.map((name) => topic(name, PARTITIONS)),
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
      await admin.deleteTopics([...KEYED_TOPICS, 'agents'].map((name) => `${namespace}.${name}`));
      await admin.close();
    },
  };
}
