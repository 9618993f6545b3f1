import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';

import type { LogRecord, MessageLog, TransactionalWriter } from '../ports/index.js';
import { PolledMember, collect, joinOptions, until } from '../ports/suite/suite-tools.js';
import { COMPRESSIONS, createKafkaAdmin, createKafkaLog } from './index.js';
import { readWithJava } from './java-consumer.fixtures.js';

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
   * Four transactions at once on one partition, half of them aborted; returns the ids of what was committed. Ended
   * in the reverse order of their first records: brokers list aborted transactions by their ends, and the stock
   * filter takes that for the order of their beginnings.
   */
  const interleave = async (topic: string): Promise<string[]> => {
    const writers = await Promise.all([0, 1, 2, 3].map((n) => transactional(`${topic}.${n}`)));
    const committed: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const keeps = (w: number): boolean => (round + w) % 2 === 0;
      const open = await Promise.all(writers.map((writer) => writer.begin()));
      for (let n = 0; n < 4; n += 1) {
        for (const [w, transaction] of open.entries()) {
          const value = `${keeps(w) ? 'committed' : 'aborted'}.${round}.${w}.${n}`;
          await transaction.send([{ topic, partition: 0, key: null, value }]);
          if (keeps(w)) committed.push(value);
        }
      }
      for (const [w, transaction] of [...open.entries()].reverse()) {
        await (keeps(w) ? transaction.commit() : transaction.abort());
      }
    }
    return committed;
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

  it('four interleaved writers: this adapter and Java deliver what was committed, the stock consumer more', async () => {
    const topic = await createTopic(1);
    const committed = await interleave(topic);
    const { end } = await log.offsets({ topic, partition: 0 });
    const read = await collect(log.read({ topic, partition: 0 }, { from: 0, until: end }));
    const member = await PolledMember.join(log, joinOptions(`${topic}.own`, [topic]));
    await until(() => (member.records.at(-1)?.offset ?? 0) >= (read.at(-1)?.offset ?? Infinity));
    await member.leave();
    const values = (records: readonly LogRecord[]) => records.map(({ value }) => value?.toString());
    expect(values(read)).toEqual(committed);
    expect(values(member.records)).toEqual(committed);
    expect(await readWithJava(brokers, topic)).toEqual(committed);
    const stock = await readWithStockConsumer(topic, committed.length);
    expect(stock.filter((value) => value.startsWith('aborted')).length).toBeGreaterThan(0);
  }, 90_000);

  it("what this adapter compresses, Java's consumer reads", async () => {
    const topic = await createTopic(1);
    const sent: string[] = [];
    for (const compression of COMPRESSIONS) {
      const own = createKafkaLog({ brokers, clientId: 'controls', compression });
      const writer = await own.createWriter();
      const values = Array.from(
        { length: 200 },
        (_, n) => `${compression} ${n} ${'burst pipe '.repeat(n % 50)}`,
      );
      await writer.send(values.map((value) => ({ topic, partition: 0, key: 'k', value })));
      sent.push(...values);
      await own.close();
    }
    expect(await readWithJava(brokers, topic, sent.length)).toEqual(sent);
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
