import { describe, expect } from '@jest/globals';

import { record, type SuiteContext } from './suite-tools.js';

export function describeRecords(context: SuiteContext): void {
  const { createTopic, connect, transactional, inTransaction, readAll, rule } = context;

  describe('records', () => {
    rule('keys, values, headers, times and tombstones come back as written', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const writer = await log.createWriter();
      await writer.send([
        {
          topic,
          partition: 0,
          key: 'clé',
          value: Buffer.from([0, 255, 10]),
          headers: { type: 'CLAIM_FILED', raw: Buffer.from([1, 2]), empty: '' },
          timestamp: 1_700_000_000_123,
        },
        { topic, partition: 0, key: Buffer.from([9]), value: null, timestamp: 1_600_000_000_000 },
        { topic, partition: 0, key: null, value: '' },
      ]);
      const [first, second, third] = await readAll(log, { topic, partition: 0 });
      expect(first).toMatchObject({ topic, partition: 0, offset: 0, timestamp: 1_700_000_000_123 });
      expect(first?.key?.toString()).toBe('clé');
      expect([...first!.value!]).toEqual([0, 255, 10]);
      expect(Object.keys(first!.headers).sort()).toEqual(['empty', 'raw', 'type']);
      expect(first?.headers['type']?.toString()).toBe('CLAIM_FILED');
      expect([...first!.headers['raw']!]).toEqual([1, 2]);
      expect(first?.headers['empty']).toHaveLength(0);
      expect(second).toMatchObject({ offset: 1, value: null, timestamp: 1_600_000_000_000 });
      expect(third).toMatchObject({ offset: 2, key: null });
      expect(third?.value).toHaveLength(0);
      expect(Math.abs(third!.timestamp - Date.now())).toBeLessThan(60_000);
    });

    rule('a send tells the position of each record, and a partition keeps their order', async () => {
      const topic = await createTopic(2);
      const log = connect();
      const writer = await log.createWriter();
      const sent = Array.from({ length: 40 }, (_, n) => record(topic, n % 2, `${n}`));
      const positions = await writer.send(sent);
      expect(positions.map(({ offset }) => offset)).toEqual(sent.map((_, n) => Math.floor(n / 2)));
      const odd = await readAll(log, { topic, partition: 1 });
      expect(odd.map(({ value }) => value?.toString())).toEqual(
        sent.filter(({ partition }) => partition === 1).map(({ value }) => value),
      );
    });

    rule('many sends at once keep the order in which they were made', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const writer = await log.createWriter();
      await Promise.all(Array.from({ length: 50 }, (_, n) => writer.send([record(topic, 0, `${n}`)])));
      const values = (await readAll(log, { topic, partition: 0 })).map(({ value }) => Number(value));
      expect(values).toEqual(Array.from({ length: 50 }, (_, n) => n));
    });

    rule('more than one batch can carry is sent in several, in order', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const writer = await transactional(log);
      const large = 'x'.repeat(300_000);
      await inTransaction(writer, (transaction) =>
        transaction.send(Array.from({ length: 10 }, (_, n) => record(topic, 0, `${n}${large}`))),
      );
      const values = (await readAll(log, { topic, partition: 0 })).map(
        ({ value }) => Number(value?.[0]) - 48,
      );
      expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    rule('a record that is too large is refused and nothing of its send is written', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const writer = await log.createWriter();
      const sent = writer.send([record(topic, 0, 'small'), record(topic, 0, 'x'.repeat(1_100_000))]);
      await expect(sent).rejects.toMatchObject({ code: 'RECORD_TOO_LARGE', retriable: false });
      expect(await log.offsets({ topic, partition: 0 })).toEqual({ start: 0, end: 0, stableEnd: 0 });
      await expect(writer.send([record(topic, 0, 'after')])).resolves.toHaveLength(1);
    });

    rule('a topic or partition that does not exist is refused', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const writer = await log.createWriter();
      const unknown = { code: 'UNKNOWN_TOPIC', retriable: false };
      await expect(log.partitionCount('no.such.topic')).rejects.toMatchObject(unknown);
      await expect(writer.send([record('no.such.topic', 0, 'v')])).rejects.toMatchObject(unknown);
      await expect(writer.send([record(topic, 1, 'v')])).rejects.toMatchObject(unknown);
      expect(await log.partitionCount(topic)).toBe(1);
    });
  });
}
