import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';

import type { MessageLog, TransactionalWriter } from '../ports/index.js';
import { PolledMember, collect, joinOptions, until } from '../ports/suite/suite-tools.js';
import { createKafkaAdmin, createKafkaLog } from './index.js';

/**
 * What kafkajs' own consumer and producer do in the same place. Each of these shows that the suite's rule is not
 * kept by luck: it fails without the remedy.
 */
describe('negative controls with the stock client', () => {
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const admin = createKafkaAdmin({ brokers, clientId: 'controls' });
  const topics: string[] = [];
  let log: MessageLog;
  let kafka: kafkajs.Kafka;

  const createTopic = async (partitions: number): Promise<string> => {
    const name = `controls.${process.pid}.${Date.now()}.${topics.length}`;
    topics.push(name);
    await admin.ensureTopics([{ name, partitions, replicationFactor: 3, config: {} }]);
    return name;
  };
  const transactional = (transactionalId: string): Promise<TransactionalWriter> =>
    log.createTransactionalWriter({ transactionalId, transactionTimeoutMs: 20_000 });

  beforeAll(() => {
    log = createKafkaLog({ brokers, clientId: 'controls' });
    kafka = new kafkajs.Kafka({ brokers, clientId: 'stock', logLevel: kafkajs.logLevel.NOTHING });
  });

  afterAll(async () => {
    await log.close();
    await admin.deleteTopics(topics);
    await admin.close();
  }, 30_000);

  /**
   * Four transactions at once on one partition, half of them aborted. Ended in the reverse order of their first
   * records: brokers list aborted transactions by their ends, and the stock filter takes that for the order of
   * their beginnings.
   */
  const interleave = async (topic: string): Promise<void> => {
    const writers = await Promise.all([0, 1, 2, 3].map((n) => transactional(`${topic}.${n}`)));
    for (let round = 0; round < 10; round += 1) {
      const open = await Promise.all(writers.map((writer) => writer.begin()));
      for (let n = 0; n < 4; n += 1) {
        for (const [w, transaction] of open.entries()) {
          const value = (round + w) % 2 === 0 ? 'committed' : 'aborted';
          await transaction.send([{ topic, partition: 0, key: null, value }]);
        }
      }
      for (const [w, transaction] of [...open.entries()].reverse()) {
        await ((round + w) % 2 === 0 ? transaction.commit() : transaction.abort());
      }
    }
  };

  const readWithStockConsumer = async (topic: string, enough: number): Promise<string[]> => {
    const consumer = kafka.consumer({ groupId: `${topic}.stock`, maxWaitTimeInMs: 200 });
    const values: string[] = [];
    let lastAt = Date.now();
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        values.push(message.value?.toString() ?? '');
        lastAt = Date.now();
        return Promise.resolve();
      },
    });
    await until(() => values.length >= enough && Date.now() - lastAt > 500);
    await consumer.disconnect();
    return values;
  };

  it('the stock consumer delivers aborted records of interleaved writers; this adapter does not', async () => {
    const topic = await createTopic(1);
    await interleave(topic);
    const { end } = await log.offsets({ topic, partition: 0 });
    const own = await collect(log.read({ topic, partition: 0 }, { from: 0, until: end }));
    const stock = await readWithStockConsumer(topic, 80);
    expect(stock.filter((value) => value === 'aborted').length).toBeGreaterThan(0);
    expect(own.filter(({ value }) => value?.toString() === 'aborted')).toEqual([]);
    expect(own).toHaveLength(80);
  }, 60_000);

  it('the stock producer commits offsets of a generation that is over', async () => {
    const topic = await createTopic(2);
    const groupId = `${topic}.group`;
    const first = await PolledMember.join(log, joinOptions(groupId, [topic]));
    const old = await first.stable();
    const second = await PolledMember.join(log, joinOptions(groupId, [topic]));
    await until(() => (first.membership?.generationId ?? 0) > old.generationId);
    const producer = kafka.producer({
      transactionalId: `${topic}.zombie`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const partitions = [{ partition: 0, offset: '5' }];
    await transaction.sendOffsets({ consumerGroupId: groupId, topics: [{ topic, partitions }] });
    await transaction.commit();
    await producer.disconnect();
    expect(await log.committedOffsets(groupId, [topic])).toEqual([{ topic, partition: 0, offset: 5 }]);
    await Promise.all([first.leave(), second.leave()]);
  }, 60_000);
});
