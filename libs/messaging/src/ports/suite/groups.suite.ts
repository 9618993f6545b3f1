import { describe, expect } from '@jest/globals';

import type { LogRecord } from '../log-record.js';
import type { Buffered } from '../message-log.port.js';
import { PolledMember, joinOptions, record, until, type SuiteContext } from './suite-tools.js';

export function describeGroups(context: SuiteContext): void {
  const { createTopic, connect, unique, transactional, inTransaction, send, rule } = context;

  describe('groups', () => {
    rule('members own the same partition numbers of every topic, all of them, none twice', async () => {
      const topics = [await createTopic(4), await createTopic(4)];
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

    rule('a poll that waits for nothing does not keep the member from joining', async () => {
      const topic = await createTopic(1);
      const member = await connect('m1').joinGroup(joinOptions(unique('group'), [topic]));
      const end = performance.now() + 10_000;
      // In a loop of microtasks no socket would be read and no timer would run.
      while (!member.membership && performance.now() < end) await member.poll({ maxRecords: 1, waitMs: 0 });
      expect(member.membership?.partitions).toEqual([0]);
      await member.leave();
    });

    rule('a third member takes few partitions and the others keep the rest', async () => {
      const topic = await createTopic(6);
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
      const [topic, output] = [await createTopic(2), await createTopic(1)];
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
      const topic = await createTopic(4);
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

    rule('a member that slept past its session commits nothing and comes back as another', async () => {
      const topic = await createTopic(2);
      const groupId = unique('group');
      const log = connect('sleeper');
      const options = { ...joinOptions(groupId, [topic]), sessionTimeoutMs: 6_000 };
      const member = await PolledMember.join(log, options);
      const old = await member.stable();
      const transaction = await (await transactional(log)).begin();
      await context.harness?.outlastSession('sleeper', options.sessionTimeoutMs);
      const refused = transaction.commitOffsets(old, [{ topic, partition: 0, offset: 1 }]);
      await expect(refused).rejects.toMatchObject({ code: 'FENCED', retriable: false });
      await until(() => member.membership !== undefined && member.membership.memberId !== old.memberId);
      expect(await log.committedOffsets(groupId, [topic])).toEqual([]);
      await member.leave();
    });

    rule(
      'a change of the group is told by an empty poll, and a revocation before the member joins anew',
      async () => {
        const topic = await createTopic(2);
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
      const topic = await createTopic(1);
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
      const topic = await createTopic(2);
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

    rule(
      'a member that is not polled holds no more than its bounds, and then delivers everything',
      async () => {
        const topic = await createTopic(2);
        const bounds = { maxBuffered: 400, maxBufferedBytes: 200_000 };
        const [batches, perBatch] = [40, 20];
        const options = { ...joinOptions(unique('group'), [topic]), ...bounds };
        const member = await PolledMember.join(connect(), options);
        await member.stable();
        await member.pause();
        const writer = await connect().createWriter();
        for (let n = 0; n < batches; n += 1) {
          const value = `${n}`.padEnd(1_000, '.');
          await writer.send(
            [0, 1].flatMap((p) => Array.from({ length: perBatch }, () => record(topic, p, value))),
          );
        }
        const held: Buffered[] = [];
        for (let n = 0; n < 50; n += 1) {
          held.push(member.member.buffered);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        const found: LogRecord[] = [];
        await until(async () => {
          found.push(...(await member.member.poll({ maxRecords: 50, waitMs: 500 })));
          held.push(member.member.buffered);
          return found.length === 2 * batches * perBatch;
        });
        const longestBatch = perBatch * (1_000 + 'key of '.length + 1_000);
        expect(Math.max(...held.map(({ bytes }) => bytes))).toBeLessThanOrEqual(
          bounds.maxBufferedBytes + longestBatch,
        );
        expect(Math.max(...held.map(({ records }) => records))).toBeLessThanOrEqual(
          bounds.maxBuffered + perBatch,
        );
        for (const p of [0, 1]) {
          const offsets = found.filter(({ partition }) => partition === p).map(({ offset }) => offset);
          expect(offsets).toEqual(Array.from({ length: batches * perBatch }, (_, n) => n));
        }
        await member.leave();
      },
    );

    rule('a long backlog of one partition does not hold back what another one brings', async () => {
      const topic = await createTopic(2);
      const bounds = { maxBuffered: 200, maxBufferedBytes: 100_000 };
      const value = 'x'.repeat(500);
      const writer = await connect().createWriter();
      for (let n = 0; n < 40; n += 1) {
        await writer.send(Array.from({ length: 50 }, () => record(topic, 0, value)));
      }
      await writer.send([record(topic, 1, 'a'), record(topic, 1, 'b')]);
      const options = { ...joinOptions(unique('group'), [topic]), ...bounds };
      const member = await PolledMember.join(connect(), options);
      await until(() => member.records.length === 2_002);
      const last = member.records.findLastIndex(({ partition }) => partition === 1);
      expect(last).toBeLessThan(1_000);
      await member.leave();
    });

    rule('members that read other topics than the rest leave no partition unread for good', async () => {
      const [kept, added] = [await createTopic(4), await createTopic(4)];
      const groupId = unique('group');
      const before = await PolledMember.join(connect('old'), joinOptions(groupId, [kept]));
      await before.stable();
      const after = await PolledMember.join(connect('new'), joinOptions(groupId, [kept, added]));
      await until(() => before.owned.length === 2 && after.owned.length === 2);
      await send([0, 1, 2, 3].flatMap((p) => [record(kept, p, `kept.${p}`), record(added, p, `added.${p}`)]));
      await until(() => before.records.length === 2 && after.records.length === 4);
      expect(new Set(before.records.map(({ topic }) => topic))).toEqual(new Set([kept]));
      await before.leave();
      const addedOf = (): number[] =>
        after.records.filter(({ topic }) => topic === added).map(({ partition }) => partition);
      await until(() => addedOf().length === 4);
      expect(addedOf().sort()).toEqual([0, 1, 2, 3]);
      await after.leave();
    });
  });
}
