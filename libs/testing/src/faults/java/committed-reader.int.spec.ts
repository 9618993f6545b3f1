import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MessageLog, TransactionalWriter } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { type CommittedRecord, groupOffsets, readCommittedWithJava } from './committed-reader.js';

jest.setTimeout(60_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const run = randomUUID().slice(0, 8);
const [first, second, held] = [`java-a-${run}`, `java-b-${run}`, `java-c-${run}`];
const group = `java-group-${run}`;
const admin = createKafkaAdmin({ brokers, clientId: 'java-test' });
let log: MessageLog;

beforeAll(async () => {
  log = createKafkaLog({ brokers, clientId: 'java-test' });
  await admin.ensureTopics(
    [first, second, held].map((name) => ({ name, partitions: 2, replicationFactor: 3, config: {} })),
  );
});

afterAll(async () => {
  await log.close();
  await admin.deleteTopics([first, second, held]);
  await admin.close();
});

const writerOf = (id: string): Promise<TransactionalWriter> =>
  log.createTransactionalWriter({ transactionalId: `${id}-${run}`, transactionTimeoutMs: 30_000 });

async function write(
  writer: TransactionalWriter,
  end: 'commit' | 'abort',
  records: Parameters<Awaited<ReturnType<TransactionalWriter['begin']>>['send']>[0],
): Promise<void> {
  const transaction = await writer.begin();
  await transaction.send(records);
  await transaction[end]();
}

async function readAll(...topics: string[]): Promise<readonly CommittedRecord[]> {
  const records: CommittedRecord[] = [];
  for await (const record of readCommittedWithJava(brokers, topics)) records.push(record);
  return records;
}

describe('the committed reader', () => {
  it('reads all topics to their ends: tombstones and bytes too, aborted records never', async () => {
    const writer = await writerOf('writer');
    await write(writer, 'commit', [
      {
        topic: first,
        partition: 0,
        key: 'k-1',
        value: '{"text":"a \\"quoted\\" line\\n and ünïcode"}',
        headers: { type: 'A', binary: Buffer.from([0xff, 0x00]) },
        timestamp: 1_700_000_000_000,
      },
      { topic: second, partition: 1, key: 'k-2', value: null },
    ]);
    await write(writer, 'abort', [
      { topic: first, partition: 0, key: 'k-1', value: 'aborted' },
      { topic: second, partition: 0, key: 'k-1', value: 'aborted' },
    ]);
    await write(writer, 'commit', [
      { topic: first, partition: 1, key: null, value: Buffer.from([0xc3, 0x28]) },
    ]);

    const records = await readAll(first, second);
    expect(records).toHaveLength(3);
    expect(records).toEqual(
      expect.arrayContaining([
        {
          topic: first,
          partition: 0,
          offset: 0,
          timestamp: 1_700_000_000_000,
          key: 'k-1',
          value: '{"text":"a \\"quoted\\" line\\n and ünïcode"}',
          headers: [
            ['type', 'A'],
            ['binary', '/wA='],
          ],
          base64: ['headers.binary'],
        },
        expect.objectContaining({ topic: second, partition: 1, key: 'k-2', value: null }),
        expect.objectContaining({ topic: first, partition: 1, key: null, value: 'wyg=', base64: ['value'] }),
      ]),
    );
  });

  it('waits for a transaction that is open, and fails rather than to leave it out', async () => {
    const transaction = await (await writerOf('open')).begin();
    await transaction.send([{ topic: held, partition: 0, key: 'k', value: 'open' }]);
    const early = (async () => {
      for await (const record of readCommittedWithJava(brokers, [held], { timeoutMs: 1_000 })) void record;
    })();
    await expect(early).rejects.toThrow(`${held}-0 stands at 0 of 1`);
    await transaction.commit();
    expect((await readAll(held)).map(({ value }) => value)).toEqual(['open']);
  });

  it('refuses a topic that does not exist', async () => {
    await expect(readAll(`missing-${run}`)).rejects.toThrow(`missing-${run}`);
  });

  it('says what groups have committed, and counts what is left without markers and aborted records', async () => {
    const member = await log.joinGroup({
      groupId: group,
      topics: [second],
      sessionTimeoutMs: 6_000,
      rebalanceTimeoutMs: 10_000,
      heartbeatIntervalMs: 500,
      maxBytesPerPartition: 1_048_576,
      maxBuffered: 100,
    });
    while (member.membership === undefined) await member.poll({ maxRecords: 1, waitMs: 200 });
    const writer = await writerOf('group');
    const transaction = await writer.begin();
    await transaction.commitOffsets(member.membership, [
      { topic: second, partition: 0, offset: 0 },
      { topic: second, partition: 1, offset: 0 },
    ]);
    await transaction.commit();
    await member.leave();

    // Partition 0 holds an aborted record and its marker, partition 1 one record and a marker.
    expect(await groupOffsets(brokers, [group])).toEqual([
      { group, topic: second, partition: 0, committed: 0, end: 2, left: 0 },
      { group, topic: second, partition: 1, committed: 0, end: 2, left: 1 },
    ]);
  });
});
