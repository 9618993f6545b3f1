import { describeMessageLog } from '../ports/message-log.suite.js';
import { createKafkaAdmin, createKafkaLog } from './index.js';

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');

describeMessageLog('Kafka', () => {
  const admin = createKafkaAdmin({ brokers, clientId: 'suite-admin' });
  const created: string[] = [];
  return Promise.resolve({
    log: (clientId) => createKafkaLog({ brokers, clientId }),
    createTopic: async (partitions) => {
      const name = `suite.${process.pid}.${Date.now()}.${created.length}`;
      created.push(name);
      await admin.ensureTopics([
        { name, partitions, replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
      ]);
      return name;
    },
    close: async () => {
      await admin.deleteTopics(created);
      await admin.close();
    },
  });
});
