import { describe, expect } from '@jest/globals';

import type { OutgoingRecord } from '../log-record.js';
import { collect, record, until, type SuiteContext } from './suite-tools.js';

export function describeReading(context: SuiteContext): void {
  const { createTopic, connect, transactional, inTransaction, send, readAll, rule } = context;

  describe('reading', () => {
    rule('a read ends at the high watermark also when markers and aborted records come last', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const writer = await transactional(log);
      await inTransaction(writer, (transaction) => transaction.send([record(topic, 0, 'kept')]));
      await inTransaction(writer, (transaction) => transaction.send([record(topic, 0, 'dropped')]), 'abort');
      await until(async () => (await log.offsets({ topic, partition: 0 })).end === 4);
      const values = (await readAll(log, { topic, partition: 0 })).map(({ value }) => value?.toString());
      expect(values).toEqual(['kept']);
      expect(await collect(log.read({ topic, partition: 0 }, { from: 1, until: 4 }))).toEqual([]);
    });

    rule('a topic has an identity: the same at each question, another one under another name', async () => {
      const [topic, other] = [await createTopic(1), await createTopic(1)];
      const log = connect();
      const identity = await log.identity(topic);
      expect(identity).toEqual({ clusterId: expect.any(String), topicId: expect.any(String) });
      expect(await connect().identity(topic)).toEqual(identity);
      const { clusterId, topicId } = await log.identity(other);
      expect(clusterId).toBe(identity.clusterId);
      expect(topicId).not.toBe(identity.topicId);
      await expect(log.identity('no-such-topic')).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC' });
    });

    rule('a read stops before `until` and starts at `from`', async () => {
      const topic = await createTopic(1);
      const log = connect();
      await send(Array.from({ length: 10 }, (_, n) => record(topic, 0, `${n}`)));
      const found = await collect(log.read({ topic, partition: 0 }, { from: 3, until: 6 }));
      expect(found.map(({ offset }) => offset)).toEqual([3, 4, 5]);
    });

    rule('a time is found as the first record since then, or the end where there is none', async () => {
      const topic = await createTopic(2);
      const log = connect();
      const at = { topic, partition: 0 };
      await send(['a', 'b'].map((value) => record(topic, 0, value)));
      await until(async () => (await readAll(log, at)).length === 2);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await send(['c', 'd'].map((value) => record(topic, 0, value)));
      const found = await readAll(log, at);
      const [first, , third] = found.map(({ timestamp }) => timestamp);
      expect(await log.offsetAt(at, third!)).toBe(2);
      expect(await log.offsetAt(at, first!)).toBe(0);
      expect(await log.offsetAt(at, first! - 60_000)).toBe(0);
      expect(await log.offsetAt(at, third! + 60_000)).toBe(4);
      expect(await log.offsetAt({ topic, partition: 1 }, first!)).toBe(0);
    });

    rule('a read waits for a transaction that is still open below `until`', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const transaction = await (await transactional(log)).begin();
      await transaction.send([record(topic, 0, 'late')]);
      const { end } = await log.offsets({ topic, partition: 0 });
      expect(end).toBe(1);
      const reading = collect(log.read({ topic, partition: 0 }, { from: 0, until: end }));
      await new Promise((resolve) => setTimeout(resolve, 150));
      await transaction.commit();
      expect((await reading).map(({ value }) => value?.toString())).toEqual(['late']);
    });

    rule('a follower from the end sees what is written after it was ready, of all partitions', async () => {
      const topic = await createTopic(3);
      const log = connect();
      await send([record(topic, 0, 'before')]);
      const stop = new AbortController();
      const ready = Promise.withResolvers<void>();
      const following = collect(
        log.follow({ topics: [topic], from: 'end', signal: stop.signal, onReady: ready.resolve }),
        (found) => found.length >= 3 && stop.abort(),
      );
      await ready.promise;
      await send([record(topic, 0, 'a'), record(topic, 1, 'b'), record(topic, 2, 'c')]);
      const values = (await following).map(({ value }) => value!.toString());
      expect(values.sort()).toEqual(['a', 'b', 'c']);
    });

    rule('a follower can begin at the start or at a time', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const at = (value: string, timestamp: number): OutgoingRecord => ({
        ...record(topic, 0, value),
        timestamp,
      });
      const day = Date.now() - 86_400_000;
      await send([at('a', day), at('b', day + 1_000), at('c', day + 2_000)]);
      const follow = async (from: 'start' | number, count: number): Promise<string[]> => {
        const stop = new AbortController();
        const found = await collect(
          log.follow({ topics: [topic], from, signal: stop.signal }),
          (records) => records.length >= count && stop.abort(),
        );
        return found.map(({ value }) => value!.toString());
      };
      expect(await follow('start', 3)).toEqual(['a', 'b', 'c']);
      expect(await follow(day + 500, 2)).toEqual(['b', 'c']);
    });

    rule('a follower ends when its signal aborts while nothing arrives', async () => {
      const topic = await createTopic(1);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 100);
      expect(
        await collect(connect().follow({ topics: [topic], from: 'start', signal: stop.signal })),
      ).toEqual([]);
    });
  });
}
