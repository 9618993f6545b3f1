import { describe, expect, it } from '@jest/globals';
import { type Envelope, HEADER } from '@aika/contracts';
import { RetriableError, TerminalError } from '../../agent/index.js';
import { type MessageLog, partitionFor, type TopicPartition } from '../../ports/index.js';
import { DEAD_LETTER_HEADER } from '../dead-letter.js';
import { FORWARDED_HEADER } from '../record-intake.js';
import { Add, AddLater, AddOutside, COUNTER, Foreign } from './counter-agent.fixtures.js';
import { DUE_IN_MS, type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';

/** Rules of delivery, the same on every adapter. */
export function describeDelivery(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`an agent on ${name}`, () => {
    const world = useCounterWorld(open);

    it('handles commands of a customer in order, with state and outputs', async () => {
      await world().start('one');
      const customerId = world().customer();
      await world().sender.sendAll(
        [1, 2, 3, 4].map((amount) => ({ definition: Add, payload: { customerId, amount } })),
      );
      await until(() => world().totalsOf(customerId).length === 4);
      expect(world().totalsOf(customerId)).toEqual([1, 3, 6, 10]);
    });

    it('goes on after a restart with the state from the changelog', async () => {
      const customerId = world().customer();
      const first = await world().start('one');
      await world().sender.send(Add, { customerId, amount: 5 });
      await until(() => world().totalsOf(customerId).length === 1);
      await first.stop();
      await world().sender.send(Add, { customerId, amount: 2 });
      await world().start('one');
      await until(() => world().totalsOf(customerId).length === 2);
      expect(world().totalsOf(customerId)).toEqual([5, 7]);
    });

    it('restores all of its state although a broker tells an old end of the changelog', async () => {
      const customerId = world().customer();
      const first = await world().start('one');
      await world().add(customerId, [5]);
      await until(() => world().totalsOf(customerId).length === 1);
      await first.stop();
      const stale = (log: MessageLog): MessageLog =>
        Object.assign(Object.create(log) as MessageLog, {
          offsets: async (at: TopicPartition) => {
            const range = await log.offsets(at);
            return at.topic === world().topic('state.risk') ? { ...range, end: range.start } : range;
          },
        });
      await world().start('two', { wrap: stale });
      await world().add(customerId, [7]);
      await until(() => world().totalsOf(customerId).length === 2);
      expect(world().totalsOf(customerId)).toEqual([5, 12]);
    });

    it('handles the same message id with the same content once, also after a restart', async () => {
      const customerId = world().customer();
      const first = await world().start('one');
      const messageId = await world().sender.send(Add, { customerId, amount: 5 });
      await world().sender.send(Add, { customerId, amount: 5 }, { messageId });
      await until(() => first.status().duplicates === 1);
      await first.stop();
      const second = await world().start('one');
      await world().sender.send(Add, { customerId, amount: 5 }, { messageId });
      await until(() => second.status().duplicates === 1);
      expect(world().totalsOf(customerId)).toEqual([5]);
    });

    it('leaves one line in the audit trail for an audited command that it has handled, and its sender none', async () => {
      const customerId = world().customer();
      const linesOf = () =>
        world()
          .on('audit')
          .map(({ value }) => JSON.parse(String(value)) as Envelope)
          .filter(({ payload }) => payload['customerId'] === customerId);
      const metadata = { actor: 'jo', traceId: 'trace-1', other: 'not kept' };
      const messageId = await world().sender.send(AddOutside, { customerId, amount: 5 }, { metadata });
      await world().add(customerId, [1]);
      const one = await world().start('one');
      await world().sender.send(AddOutside, { customerId, amount: 5 }, { messageId });
      await until(() => one.status().duplicates === 1 && world().events(customerId).length === 2);
      expect(linesOf()).toEqual([
        expect.objectContaining({
          sourceAgentId: COUNTER,
          payload: expect.objectContaining({
            action: 'ADD_OUTSIDE',
            kind: 'command',
            actor: 'jo',
            messageId,
          }),
          metadata: { traceId: 'trace-1', correlationId: messageId, causationId: messageId },
        }),
      ]);
    });

    it('sends the same message id with other content to the dead letters', async () => {
      await world().start('one');
      const customerId = world().customer();
      const messageId = await world().sender.send(Add, { customerId, amount: 5 });
      await world().sender.send(Add, { customerId, amount: 6 }, { messageId });
      await until(() => world().deadLettersOf(customerId).length === 1);
      expect(world().deadLettersOf(customerId)).toEqual(['DUPLICATE_ID']);
      expect(world().totalsOf(customerId)).toEqual([5]);
    });

    it('undoes a failed attempt whole and tries a retriable error again', async () => {
      await world().start('one');
      const customerId = world().customer();
      world().failures.set('msg-flaky', [new RetriableError('BUSY', 'try again'), new Error('unknown')]);
      await world().sender.send(Add, { customerId, amount: 3 }, { messageId: 'msg-flaky' });
      await until(() => world().totalsOf(customerId).length > 0);
      expect(world().totalsOf(customerId)).toEqual([3]);
    });

    it('gives a terminal error to the dead letters at once, with origin and cause, and handles the rest', async () => {
      await world().start('one');
      const customerId = world().customer();
      world().failures.set('msg-poison', [
        new TerminalError('NO_WAY', 'never', { cause: new TypeError('x is undefined') }),
      ]);
      await world().sender.sendAll([
        { definition: Add, payload: { customerId, amount: 1 } },
        { definition: Add, payload: { customerId, amount: 10 }, messageId: 'msg-poison' },
        { definition: Add, payload: { customerId, amount: 2 } },
      ]);
      await until(
        () => world().totalsOf(customerId).length === 2 && world().deadLettersOf(customerId).length === 1,
      );
      expect(world().totalsOf(customerId)).toEqual([1, 3]);
      const [letter] = world()
        .on('dlq')
        .filter((record) => record.key?.toString() === customerId);
      const text = (header: string): string => letter?.headers[header]?.toString() ?? '';
      expect(text(DEAD_LETTER_HEADER.code)).toBe('NO_WAY');
      expect(text(DEAD_LETTER_HEADER.topic)).toBe(world().topic('commands'));
      expect(text(DEAD_LETTER_HEADER.agent)).toBe(COUNTER);
      expect(JSON.parse(text(DEAD_LETTER_HEADER.causes))).toMatchObject([
        { name: 'TerminalError', code: 'NO_WAY' },
        { name: 'TypeError' },
      ]);
      expect(letter?.value?.toString()).toContain('msg-poison');
    });

    it('ignores what is for another agent, and takes a broadcast', async () => {
      const agent = await world().start('one');
      const customerId = world().customer();
      await world().sender.send(Add, { customerId, amount: 1 }, { targetAgentId: 'another-agent' });
      await world().sender.send(Foreign, { customerId, amount: 1 });
      await world().sender.send(Add, { customerId, amount: 2 }, { targetAgentId: null });
      await until(() => world().totalsOf(customerId).length === 1);
      expect(world().totalsOf(customerId)).toEqual([2]);
      expect(agent.status().deadLetters).toBe(0);
    });

    it('forwards a record that stands on the wrong partition, once, and handles the copy', async () => {
      const agent = await world().start('one');
      const customerId = world().customer();
      const topic = world().topic('commands');
      const count = await world().edge.partitionCount(topic);
      const wrong = (partitionFor(customerId, count) + 1) % count;
      const writer = await world().edge.createWriter();
      // As a stock client sends it: no headers, no message id, snake_case, its own key.
      const value = JSON.stringify({ message_type: 'ADD', payload: { customer_id: customerId, amount: 4 } });
      await writer.send([{ topic, partition: wrong, key: 'anything', value }]);
      await until(() => world().totalsOf(customerId).length === 1);
      await writer.close();
      expect(world().totalsOf(customerId)).toEqual([4]);
      expect(agent.status().forwarded).toBe(1);
      const copies = world()
        .on('agent.risk')
        .filter((record) => FORWARDED_HEADER in record.headers);
      expect(copies.map((record) => record.key?.toString())).toEqual([customerId]);
      expect(copies[0]?.headers[HEADER.messageId]?.toString()).toMatch(/^msg-/);
    });

    it('sends what is no message to the dead letters with the reason, and goes on', async () => {
      await world().start('one');
      const customerId = world().customer();
      const topic = world().topic('commands');
      const partition = partitionFor(customerId, await world().edge.partitionCount(topic));
      const writer = await world().edge.createWriter();
      const bad = (value: string) => ({ topic, partition, key: customerId, value });
      await writer.send([
        bad('\u0000 not json'),
        bad(JSON.stringify({ messageType: 'NOBODY_KNOWS', payload: { customerId } })),
        bad(JSON.stringify({ messageType: 'ADD', payload: { customerId, amount: 'many' } })),
        bad(
          JSON.stringify({
            messageType: 'ADD',
            timestamp: '2999-01-01T00:00:00Z',
            payload: { customerId, amount: 1 },
          }),
        ),
      ]);
      await writer.close();
      await world().sender.send(Add, { customerId, amount: 1 });
      await until(
        () => world().totalsOf(customerId).length === 1 && world().deadLettersOf(customerId).length === 4,
      );
      expect(world().deadLettersOf(customerId)).toEqual([
        'NOT_JSON',
        'UNKNOWN_MESSAGE_TYPE',
        'INVALID_PAYLOAD',
        'TIMESTAMP_IN_FUTURE',
      ]);
    });

    it('fires a timer once, also when the agent was down at its time', async () => {
      const customerId = world().customer();
      const first = await world().start('one');
      await world().sender.send(AddLater, { customerId, amount: 7 });
      await until(() => first.status().handled === 1);
      await first.stop();
      await new Promise((resolve) => setTimeout(resolve, DUE_IN_MS));
      await world().start('one');
      await until(() => world().totalsOf(customerId).length === 1);
      expect(world().totalsOf(customerId)).toEqual([7]);
    });

    it('runs an effect after the commit under one key until it succeeds; its result is a message', async () => {
      await world().start('one');
      const customerId = world().customer();
      world().effectFailures = 2;
      await world().sender.send(AddOutside, { customerId, amount: 9 });
      await until(() => world().events(customerId).length === 1);
      expect(world().events(customerId)).toMatchObject([{ type: 'CONFIRMED', payload: { amount: 9 } }]);
      expect(world().effectCalls).toHaveLength(3);
      expect(new Set(world().effectCalls).size).toBe(1);
    });

    it('runs an effect that was pending at a stop again under the same key', async () => {
      const customerId = world().customer();
      world().effectFailures = Infinity;
      const first = await world().start('one');
      await world().sender.send(AddOutside, { customerId, amount: 9 });
      await until(() => world().effectCalls.length > 0);
      await first.stop();
      world().effectFailures = 0;
      await world().start('one');
      await until(() => world().events(customerId).length === 1);
      expect(new Set(world().effectCalls).size).toBe(1);
    });

    it('shares the partitions among instances, and one takes over when the other leaves', async () => {
      const first = await world().start('one');
      const all = first.status().partitions.length;
      const second = await world().start('two');
      await until(() => first.status().partitions.length + second.status().partitions.length === all);
      expect(
        Math.abs(first.status().partitions.length - second.status().partitions.length),
      ).toBeLessThanOrEqual(1);
      const ids = Array.from({ length: 20 }, () => world().customer());
      await world().sender.sendAll(
        ids.map((customerId) => ({ definition: Add, payload: { customerId, amount: 1 } })),
      );
      await until(() => ids.every((id) => world().totalsOf(id).length === 1));
      expect(first.status().handled).toBeGreaterThan(0);
      expect(second.status().handled).toBeGreaterThan(0);
      await first.stop();
      await world().sender.sendAll(
        ids.map((customerId) => ({ definition: Add, payload: { customerId, amount: 1 } })),
      );
      await until(() => ids.every((id) => world().totalsOf(id).length === 2));
      expect(ids.map((id) => world().totalsOf(id))).toEqual(ids.map(() => [1, 2]));
    });
  });
}
