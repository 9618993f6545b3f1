import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { LogRecord, OutgoingRecord, TopicPartition } from './log-record.js';
import { PolledMember, collect, joinOptions, until } from './message-log.suite-tools.js';
import type { MessageLog, Transaction, TransactionalWriter } from './message-log.port.js';

/** What an adapter has to bring for the suite. */
export interface MessageLogHarness {
  /** A new connection, as another process would have. The suite closes it. */
  log(clientId: string): MessageLog;
  /** A new topic's name. */
  createTopic(partitions: number): Promise<string>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 60_000;

/** The rules of the port. Every adapter passes them. */
export function describeMessageLog(name: string, setup: () => Promise<MessageLogHarness>): void {
  describe(`message log: ${name}`, () => {
    let harness: MessageLogHarness;
    let open: MessageLog[] = [];
    let ids = 0;

    const connect = (clientId = 'suite'): MessageLog => {
      const log = harness.log(clientId);
      open.push(log);
      return log;
    };
    const unique = (what: string): string => `${what}-${process.pid}-${Date.now()}-${(ids += 1)}`;
    const transactional = (log: MessageLog, transactionalId = unique('tx')): Promise<TransactionalWriter> =>
      log.createTransactionalWriter({ transactionalId, transactionTimeoutMs: 20_000 });
    const record = (topic: string, partition: number, value: string): OutgoingRecord => ({
      topic,
      partition,
      key: `key of ${value}`,
      value,
    });
    const send = async (records: readonly OutgoingRecord[]): Promise<void> => {
      const writer = await connect().createWriter();
      await writer.send(records);
      await writer.close();
    };
    const readAll = async (log: MessageLog, at: TopicPartition): Promise<LogRecord[]> => {
      const { start, end } = await log.offsets(at);
      return collect(log.read(at, { from: start, until: end }));
    };
    const inTransaction = async (
      writer: TransactionalWriter,
      work: (transaction: Transaction) => Promise<void>,
      end: 'commit' | 'abort' = 'commit',
    ): Promise<void> => {
      const transaction = await writer.begin();
      await work(transaction);
      await transaction[end]();
    };

    beforeAll(async () => {
      harness = await setup();
    }, TIMEOUT_MS);

    const rule = (text: string, test: () => Promise<void>): void =>
      it(
        text,
        async () => {
          try {
            await test();
          } finally {
            const closing = open;
            open = [];
            await Promise.all(closing.map((log) => log.close()));
          }
        },
        TIMEOUT_MS,
      );

    afterAll(async () => {
      await harness.close();
    }, TIMEOUT_MS);

    describe('records', () => {
      rule('keys, values, headers, times and tombstones come back as written', async () => {
        const topic = await harness.createTopic(1);
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
        const topic = await harness.createTopic(2);
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
        const topic = await harness.createTopic(1);
        const log = connect();
        const writer = await log.createWriter();
        await Promise.all(Array.from({ length: 50 }, (_, n) => writer.send([record(topic, 0, `${n}`)])));
        const values = (await readAll(log, { topic, partition: 0 })).map(({ value }) => Number(value));
        expect(values).toEqual(Array.from({ length: 50 }, (_, n) => n));
      });

      rule('more than one batch can carry is sent in several, in order', async () => {
        const topic = await harness.createTopic(1);
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
        const topic = await harness.createTopic(1);
        const log = connect();
        const writer = await log.createWriter();
        const sent = writer.send([record(topic, 0, 'small'), record(topic, 0, 'x'.repeat(1_100_000))]);
        await expect(sent).rejects.toMatchObject({ code: 'RECORD_TOO_LARGE', retriable: false });
        expect(await log.offsets({ topic, partition: 0 })).toEqual({ start: 0, end: 0 });
        await expect(writer.send([record(topic, 0, 'after')])).resolves.toHaveLength(1);
      });

      rule('a topic or partition that does not exist is refused', async () => {
        const topic = await harness.createTopic(1);
        const log = connect();
        const writer = await log.createWriter();
        const unknown = { code: 'UNKNOWN_TOPIC', retriable: false };
        await expect(log.partitionCount('no.such.topic')).rejects.toMatchObject(unknown);
        await expect(writer.send([record('no.such.topic', 0, 'v')])).rejects.toMatchObject(unknown);
        await expect(writer.send([record(topic, 1, 'v')])).rejects.toMatchObject(unknown);
        expect(await log.partitionCount(topic)).toBe(1);
      });
    });

    describe('transactions', () => {
      rule('a commit makes outputs and offsets visible together, not before', async () => {
        const [input, output] = [await harness.createTopic(2), await harness.createTopic(2)];
        const groupId = unique('group');
        const log = connect();
        const member = await PolledMember.join(log, joinOptions(groupId, [input]));
        const membership = await member.stable();
        const writer = await transactional(log);
        const transaction = await writer.begin();
        await transaction.send([record(output, 0, 'a'), record(output, 1, 'b')]);
        await transaction.commitOffsets(membership, [{ topic: input, partition: 1, offset: 7 }]);
        const end = (await log.offsets({ topic: output, partition: 0 })).end;
        const early = new AbortController();
        const reading = collect(
          log.read({ topic: output, partition: 0 }, { from: 0, until: end, signal: early.signal }),
        );
        await new Promise((resolve) => setTimeout(resolve, 100));
        early.abort();
        expect(await reading).toEqual([]);
        await transaction.commit();
        expect(await log.committedOffsets(groupId, [input])).toEqual([
          { topic: input, partition: 1, offset: 7 },
        ]);
        expect(await readAll(log, { topic: output, partition: 0 })).toHaveLength(1);
        expect(await readAll(log, { topic: output, partition: 1 })).toHaveLength(1);
        await member.leave();
      });

      rule('an abort shows nothing and leaves the offset where it was', async () => {
        const [input, output] = [await harness.createTopic(1), await harness.createTopic(1)];
        const groupId = unique('group');
        const log = connect();
        const member = await PolledMember.join(log, joinOptions(groupId, [input]));
        const membership = await member.stable();
        const writer = await transactional(log);
        const commit = (offset: number, end: 'commit' | 'abort'): Promise<void> =>
          inTransaction(
            writer,
            async (transaction) => {
              await transaction.send([record(output, 0, `${offset}`)]);
              await transaction.commitOffsets(membership, [{ topic: input, partition: 0, offset }]);
            },
            end,
          );
        await commit(1, 'commit');
        await commit(2, 'abort');
        expect(writer.broken).toBe(false);
        expect(await log.committedOffsets(groupId, [input])).toMatchObject([{ offset: 1 }]);
        const values = (await readAll(log, { topic: output, partition: 0 })).map(({ value }) =>
          value?.toString(),
        );
        expect(values).toEqual(['1']);
        await member.leave();
      });

      rule('no reader ever sees a record of an aborted transaction, however writers interleave', async () => {
        const topic = await harness.createTopic(1);
        const log = connect();
        const writers = await Promise.all([0, 1, 2, 3].map(() => transactional(connect())));
        const committed: string[] = [];
        for (let round = 0; round < 8; round += 1) {
          const open = await Promise.all(writers.map((writer) => writer.begin()));
          for (let n = 0; n < 4; n += 1) {
            await Promise.all(
              open.map((transaction, w) => transaction.send([record(topic, 0, `${round}.${w}.${n}`)])),
            );
          }
          for (const [w, transaction] of open.entries()) {
            const keep = (round + w) % 2 === 0;
            await (keep ? transaction.commit() : transaction.abort());
            if (keep) for (let n = 0; n < 4; n += 1) committed.push(`${round}.${w}.${n}`);
          }
        }
        const read = (await readAll(log, { topic, partition: 0 })).map(({ value }) => value!.toString());
        expect(read.sort()).toEqual(committed.sort());
        const member = await PolledMember.join(log, joinOptions(unique('group'), [topic]));
        await until(() => member.records.length >= committed.length);
        expect(member.records.map(({ value }) => value!.toString()).sort()).toEqual(committed);
        await member.leave();
      });

      rule('a member of an earlier generation commits nothing: no offsets, no outputs', async () => {
        const [input, output] = [await harness.createTopic(2), await harness.createTopic(1)];
        const groupId = unique('group');
        const log = connect();
        const first = await PolledMember.join(log, joinOptions(groupId, [input]));
        const old = await first.stable();
        const second = await PolledMember.join(connect(), joinOptions(groupId, [input]));
        await until(() => (first.membership?.generationId ?? 0) > old.generationId);
        const writer = await transactional(log);
        const transaction = await writer.begin();
        await transaction.send([record(output, 0, 'zombie')]);
        const refused = transaction.commitOffsets(old, [{ topic: input, partition: 0, offset: 5 }]);
        await expect(refused).rejects.toMatchObject({ code: 'FENCED', retriable: false });
        expect(writer.broken).toBe(true);
        await expect(transaction.commit()).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
        await transaction.abort();
        expect(await log.committedOffsets(groupId, [input])).toEqual([]);
        expect(await readAll(log, { topic: output, partition: 0 })).toEqual([]);
        await Promise.all([first.leave(), second.leave()]);
      });

      rule('a member that the group does not know commits nothing', async () => {
        const input = await harness.createTopic(1);
        const groupId = unique('group');
        const log = connect();
        const member = await PolledMember.join(log, joinOptions(groupId, [input]));
        const membership = { ...(await member.stable()), memberId: 'somebody-else' };
        const transaction = await (await transactional(log)).begin();
        const refused = transaction.commitOffsets(membership, [{ topic: input, partition: 0, offset: 5 }]);
        await expect(refused).rejects.toMatchObject({ code: 'FENCED' });
        await member.leave();
      });

      rule('a new writer of the same id fences the one before and aborts its open transaction', async () => {
        const topic = await harness.createTopic(1);
        const log = connect();
        const id = unique('tx');
        const old = await transactional(log, id);
        const open = await old.begin();
        await open.send([record(topic, 0, 'old')]);
        const fresh = await transactional(connect(), id);
        await expect(open.commit()).rejects.toMatchObject({ code: 'FENCED' });
        expect(old.broken).toBe(true);
        await expect(old.begin()).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
        await inTransaction(fresh, (transaction) => transaction.send([record(topic, 0, 'new')]));
        const values = (await readAll(log, { topic, partition: 0 })).map(({ value }) => value?.toString());
        expect(values).toEqual(['new']);
      });

      rule('a transaction without content commits', async () => {
        const writer = await transactional(connect());
        await inTransaction(writer, () => Promise.resolve());
        await inTransaction(writer, (transaction) => transaction.send([]));
        expect(writer.broken).toBe(false);
      });

      rule('committed offsets are told only when no transaction can move them any more', async () => {
        const input = await harness.createTopic(1);
        const groupId = unique('group');
        const log = connect();
        const member = await PolledMember.join(log, joinOptions(groupId, [input]));
        const membership = await member.stable();
        const transaction = await (await transactional(log)).begin();
        await transaction.commitOffsets(membership, [{ topic: input, partition: 0, offset: 3 }]);
        let told = false;
        const asked = connect()
          .committedOffsets(groupId, [input])
          .finally(() => {
            told = true;
          });
        await new Promise((resolve) => setTimeout(resolve, 200));
        expect(told).toBe(false);
        await transaction.commit();
        expect(await asked).toEqual([{ topic: input, partition: 0, offset: 3 }]);
        await member.leave();
      });
    });

    describe('reading', () => {
      rule('a read ends at the high watermark also when markers and aborted records come last', async () => {
        const topic = await harness.createTopic(1);
        const log = connect();
        const writer = await transactional(log);
        await inTransaction(writer, (transaction) => transaction.send([record(topic, 0, 'kept')]));
        await inTransaction(
          writer,
          (transaction) => transaction.send([record(topic, 0, 'dropped')]),
          'abort',
        );
        await until(async () => (await log.offsets({ topic, partition: 0 })).end === 4);
        const values = (await readAll(log, { topic, partition: 0 })).map(({ value }) => value?.toString());
        expect(values).toEqual(['kept']);
        expect(await collect(log.read({ topic, partition: 0 }, { from: 1, until: 4 }))).toEqual([]);
      });

      rule('a read stops before `until` and starts at `from`', async () => {
        const topic = await harness.createTopic(1);
        const log = connect();
        await send(Array.from({ length: 10 }, (_, n) => record(topic, 0, `${n}`)));
        const found = await collect(log.read({ topic, partition: 0 }, { from: 3, until: 6 }));
        expect(found.map(({ offset }) => offset)).toEqual([3, 4, 5]);
      });

      rule('a read waits for a transaction that is still open below `until`', async () => {
        const topic = await harness.createTopic(1);
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
        const topic = await harness.createTopic(3);
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
        const topic = await harness.createTopic(1);
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
        const topic = await harness.createTopic(1);
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 100);
        expect(
          await collect(connect().follow({ topics: [topic], from: 'start', signal: stop.signal })),
        ).toEqual([]);
      });
    });

    describe('groups', () => {
      rule('members own the same partition numbers of every topic, all of them, none twice', async () => {
        const topics = [await harness.createTopic(4), await harness.createTopic(4)];
        const groupId = unique('group');
        const members = await Promise.all(
          [0, 1].map((n) => PolledMember.join(connect(`m${n}`), joinOptions(groupId, topics))),
        );
        await until(() => members.every(({ owned }) => owned.length === 2));
        expect(members.flatMap(({ owned }) => owned).sort()).toEqual([0, 1, 2, 3]);
        await send(topics.flatMap((topic) => [0, 1, 2, 3].map((n) => record(topic, n, `${topic}.${n}`))));
        await until(() => members.every(({ records }) => records.length === 4));
        for (const { owned, records } of members) {
          expect(new Set(records.map(({ partition }) => partition))).toEqual(new Set(owned));
          expect(new Set(records.map(({ topic }) => topic))).toEqual(new Set(topics));
        }
        await Promise.all(members.map((member) => member.leave()));
      });

      rule('a third member takes few partitions and the others keep the rest', async () => {
        const topic = await harness.createTopic(6);
        const options = joinOptions(unique('group'), [topic]);
        const [first, second] = [
          await PolledMember.join(connect('m1'), options),
          await PolledMember.join(connect('m2'), options),
        ];
        await until(() => first.owned.length === 3 && second.owned.length === 3);
        const before = [first.owned, second.owned];
        const third = await PolledMember.join(connect('m3'), options);
        await until(() => [first, second, third].every(({ owned }) => owned.length === 2));
        expect(before[0]).toEqual(expect.arrayContaining([...first.owned]));
        expect(before[1]).toEqual(expect.arrayContaining([...second.owned]));
        await Promise.all([first.leave(), second.leave(), third.leave()]);
      });

      rule('partitions of a member that leaves go on with another, from the committed offset', async () => {
        const [topic, output] = [await harness.createTopic(2), await harness.createTopic(1)];
        const groupId = unique('group');
        const options = joinOptions(groupId, [topic]);
        const log = connect('m1');
        const first = await PolledMember.join(log, options);
        await first.stable();
        await send([0, 1].flatMap((p) => [0, 1, 2].map((n) => record(topic, p, `${p}.${n}`))));
        await until(() => first.records.length === 6);
        await inTransaction(await transactional(log), async (transaction) => {
          await transaction.send([record(output, 0, 'done')]);
          await transaction.commitOffsets(first.membership!, [
            { topic, partition: 0, offset: 2 },
            { topic, partition: 1, offset: 3 },
          ]);
        });
        await first.leave();
        const second = await PolledMember.join(connect('m2'), options);
        await until(() => second.records.length >= 1);
        await send([record(topic, 1, '1.3')]);
        await until(() => second.records.length >= 2);
        expect(second.records.map(({ value }) => value!.toString()).sort()).toEqual(['0.2', '1.3']);
        await second.leave();
      });

      rule('kept partitions do not deliver again what was handed out before a rebalance', async () => {
        const topic = await harness.createTopic(4);
        const options = joinOptions(unique('group'), [topic]);
        const first = await PolledMember.join(connect('m1'), options);
        await first.stable();
        await send([0, 1, 2, 3].flatMap((p) => [record(topic, p, `${p}.a`), record(topic, p, `${p}.b`)]));
        await until(() => first.records.length === 8);
        const second = await PolledMember.join(connect('m2'), options);
        await until(() => first.owned.length === 2 && second.owned.length === 2);
        await until(() => second.records.length === 4);
        await send([0, 1, 2, 3].map((p) => record(topic, p, `${p}.c`)));
        await until(() => first.records.length === 10 && second.records.length === 6);
        expect(
          first.records
            .slice(8)
            .map(({ value }) => value!.toString())
            .sort(),
        ).toEqual(first.owned.map((p) => `${p}.c`));
        const expected = second.owned.flatMap((p) => [`${p}.a`, `${p}.b`, `${p}.c`]);
        expect(second.records.map(({ value }) => value!.toString()).sort()).toEqual(expected);
        await Promise.all([first.leave(), second.leave()]);
      });

      rule(
        'a change of the group is told by an empty poll, and a revocation before the member joins anew',
        async () => {
          const topic = await harness.createTopic(2);
          const options = joinOptions(unique('group'), [topic]);
          const first = await PolledMember.join(connect('m1'), options);
          const before = await first.stable();
          await first.pause();
          const second = await PolledMember.join(connect('m2'), options);
          await new Promise((resolve) => setTimeout(resolve, 600));
          expect(first.member.membership).toEqual(before);
          expect(await first.member.poll({ maxRecords: 10, waitMs: 1_000 })).toEqual([]);
          expect(first.member.membership).toBeUndefined();
          await new Promise((resolve) => setTimeout(resolve, 300));
          expect(second.membership).toBeUndefined();
          first.resume();
          await until(() => first.owned.length === 1 && second.owned.length === 1);
          expect(first.membership?.generationId).toBe(before.generationId + 1);
          await Promise.all([first.leave(), second.leave()]);
        },
      );

      rule('a rewind drops what waits and delivers again from the given position', async () => {
        const topic = await harness.createTopic(1);
        const member = await PolledMember.join(connect(), joinOptions(unique('group'), [topic]));
        await member.stable();
        await send(Array.from({ length: 6 }, (_, n) => record(topic, 0, `${n}`)));
        await until(() => member.records.length === 6);
        await member.rewind([{ topic, partition: 0, offset: 4 }]);
        await until(() => member.records.length >= 8);
        expect(member.records.slice(6).map(({ offset }) => offset)).toEqual([4, 5]);
        await member.leave();
      });

      rule('a poll brings no more than was asked for, and wake ends one that waits', async () => {
        const topic = await harness.createTopic(2);
        const member = await PolledMember.join(connect(), joinOptions(unique('group'), [topic]));
        await member.stable();
        await member.pause();
        await send([0, 1].flatMap((p) => Array.from({ length: 10 }, (_, n) => record(topic, p, `${n}`))));
        const found: LogRecord[] = [];
        await until(async () => {
          const records = await member.member.poll({ maxRecords: 3, waitMs: 500 });
          expect(records.length).toBeLessThanOrEqual(3);
          found.push(...records);
          return found.length === 20;
        });
        for (const p of [0, 1]) {
          const offsets = found.filter(({ partition }) => partition === p).map(({ offset }) => offset);
          expect(offsets).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }
        const began = Date.now();
        setTimeout(() => member.member.wake(), 50);
        expect(await member.member.poll({ maxRecords: 3, waitMs: 20_000 })).toEqual([]);
        expect(Date.now() - began).toBeLessThan(10_000);
        await member.leave();
      });
    });
  });
}
