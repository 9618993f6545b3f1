import { describe, expect, it } from '@jest/globals';

import { collect } from '../ports/suite/suite-tools.js';
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
    outlastSession: (_clientId, sessionTimeoutMs) => {
      // The whole process stands still, as under SIGSTOP.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, sessionTimeoutMs + 1_500);
      return Promise.resolve();
    },
    close: async () => {
      await admin.deleteTopics(created);
      await admin.close();
    },
  });
});

describe('records that another client has compressed', () => {
  it.each(['gzip', 'snappy', 'lz4', 'zstd'])(
    'are read from %s',
    async (codec) => {
      const admin = createKafkaAdmin({ brokers, clientId: 'codecs-admin' });
      const log = createKafkaLog({ brokers, clientId: 'codecs' });
      const topic = `codecs.${codec}.${process.pid}.${Date.now()}`;
      // The broker compresses what arrives in another form.
      const config = { 'compression.type': codec };
      await admin.ensureTopics([{ name: topic, partitions: 1, replicationFactor: 3, config }]);
      const values = Array.from(
        { length: 300 },
        (_, n) => `${n}:${'claim of a customer '.repeat(n % 40)}${n * 7919}`,
      );
      const writer = await log.createWriter();
      await writer.send(values.map((value) => ({ topic, partition: 0, key: 'k', value })));
      const read = await collect(log.read({ topic, partition: 0 }, { from: 0, until: values.length }));
      expect(read.map(({ value }) => value?.toString())).toEqual(values);
      await log.close();
      await admin.deleteTopics([topic]);
      await admin.close();
    },
    30_000,
  );
});
