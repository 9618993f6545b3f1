import { describe, expect } from '@jest/globals';

import type { LogRecord } from '../log-record.js';
import { PolledMember, joinOptions, record, until, type SuiteContext } from './suite-tools.js';

const BACKLOG = 2_000;
const BUFFERED = 200;
const PER_BATCH = 20;

export function describeUrgentTopics(context: SuiteContext): void {
  const { createTopic, connect, unique, send, rule } = context;

  /** A member that is not polled, of a topic and an urgent one. */
  async function join() {
    const [topic, urgent] = [await createTopic(1), await createTopic(1)];
    const options = {
      ...joinOptions(unique('group'), [topic, urgent]),
      urgentTopics: [urgent],
      maxBuffered: BUFFERED,
    };
    const member = await PolledMember.join(connect(), options);
    await member.stable();
    await member.pause();
    return { topic, urgent, member };
  }

  const many = (topic: string, count: number) =>
    Array.from({ length: count }, (_, n) => record(topic, 0, `${n}`));

  describe('urgent topics', () => {
    rule('overtake a long backlog, also when the buffer of the others is full', async () => {
      const { topic, urgent, member } = await join();
      await send(many(topic, BACKLOG));
      await until(async () => (await member.member.poll({ maxRecords: 1, waitMs: 500 })).length === 1);
      await send(many(urgent, 2));
      const polls: (readonly LogRecord[])[] = [];
      const brought = () => polls.flat().filter((one) => one.topic === urgent).length;
      await until(async () => {
        polls.push(await member.member.poll({ maxRecords: 10, waitMs: 500 }));
        return brought() === 2;
      });
      expect(polls.flat().length).toBeLessThan(BACKLOG / 2);
      expect(polls.find((poll) => poll.some((one) => one.topic === urgent))?.[0]?.topic).toBe(urgent);
      await member.leave();
    });

    rule('leave a tenth of a poll to the others, and come first in it', async () => {
      const { topic, urgent, member } = await join();
      await send([...many(topic, BACKLOG), ...many(urgent, BACKLOG)]);
      let last: readonly LogRecord[] = [];
      await until(async () => {
        last = await member.member.poll({ maxRecords: 20, waitMs: 500 });
        return new Set(last.map((one) => one.topic)).size === 2 && last.length === 20;
      });
      const topics = last.map((one) => one.topic);
      expect(topics.slice(0, 18)).toEqual(Array.from({ length: 18 }, () => urgent));
      expect(topics.slice(18)).toEqual([topic, topic]);
      await member.leave();
    });

    rule('are delivered again from where a rewind says, each in its own order', async () => {
      const { topic, urgent, member } = await join();
      await send([...many(topic, 3), ...many(urgent, 3)]);
      member.resume();
      await until(() => member.records.length === 6);
      await member.rewind([topic, urgent].map((name) => ({ topic: name, partition: 0, offset: 1 })));
      await until(() => member.records.length === 10);
      for (const name of [topic, urgent]) {
        const offsets = member.records.filter((one) => one.topic === name).map(({ offset }) => offset);
        expect(offsets).toEqual([0, 1, 2, 1, 2]);
      }
      await member.leave();
    });

    rule('hold no more than their own share of the bounds', async () => {
      const { urgent, member } = await join();
      const writer = await connect().createWriter();
      for (let n = 0; n < 20; n += 1) await writer.send(many(urgent, PER_BATCH));
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(member.member.buffered.records).toBeLessThanOrEqual(BUFFERED / 4 + PER_BATCH);
      const found: LogRecord[] = [];
      await until(async () => {
        found.push(...(await member.member.poll({ maxRecords: 100, waitMs: 500 })));
        return found.length === 20 * PER_BATCH;
      });
      expect(found.map(({ offset }) => offset)).toEqual(Array.from({ length: 20 * PER_BATCH }, (_, n) => n));
      await member.leave();
    });
  });
}
