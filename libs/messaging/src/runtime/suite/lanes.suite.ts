import { describe, expect, it } from '@jest/globals';
import { HEADER, RetryParked } from '@aika/contracts';
import { RetriableError } from '../../agent/index.js';
import { partitionFor } from '../../ports/index.js';
import { FORWARDED_HEADER } from '../record-intake.js';
import { Add, AddLater, AddOutside, COUNTER } from './counter-agent.fixtures.js';
import { PARTITIONS, type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';

const HIGH = { priority: 'HIGH' } as const;
const LOW = { priority: 'LOW' } as const;
const BATCH = 100;
const URGENT = 999;

/** Rules of priorities, the same on every adapter. */
export function describeLanes(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`priorities on ${name}`, () => {
    const world = useCounterWorld(open);

    /** Customers of one partition: what they send arrives in one order. */
    function neighbours(count: number): readonly string[] {
      const first = world().customer();
      const found = [first];
      while (found.length < count) {
        const customerId = world().customer();
        if (partitionFor(customerId, PARTITIONS) === partitionFor(first, PARTITIONS)) found.push(customerId);
      }
      return found;
    }

    const add = (customerId: string, amount: number, options: { priority?: 'HIGH' | 'LOW' } = {}) => ({
      definition: Add,
      payload: { customerId, amount },
      ...options,
    });

    it('send what follows from a HIGH message, its timers and effects too, over the HIGH lanes', async () => {
      await world().start('one');
      const customerId = world().customer();
      await world().sender.send(AddLater, { customerId, amount: 1 }, HIGH);
      await world().sender.send(AddOutside, { customerId, amount: 2 }, HIGH);
      await until(() => world().events(customerId).length === 2);
      const types = world()
        .on('events')
        .filter(({ key }) => key?.toString() === customerId)
        .map(({ topic, headers }) => [headers[HEADER.type]?.toString(), topic]);
      const topic = world().topic('events.high');
      expect(types.sort()).toEqual([
        ['ADDED', topic],
        ['CONFIRMED', topic],
      ]);
    });

    it('bring a HIGH message before the backlog of NORMAL ones, within a few batches', async () => {
      const customers = Array.from({ length: 50 }, () => world().customer());
      const backlog = 6_000;
      for (let n = 0; n < backlog; n += 1_000) {
        await world().sender.sendAll(
          Array.from({ length: 1_000 }, (_, m) => add(customers[(n + m) % 50] as string, 1)),
        );
      }
      await world().start('one', { settings: { batchSize: BATCH } });
      await until(() => world().handledAmounts.length > BATCH);
      await world().sender.send(Add, { customerId: customers[0] as string, amount: URGENT }, HIGH);
      const before = world().handledAmounts.length;
      await until(() => world().handledAmounts.length === backlog + 1);
      expect(world().handledAmounts.indexOf(URGENT)).toBeLessThan(before + 25 * BATCH);
      await until(() => world().totalsOf(customers[1] as string).length === backlog / 50);
    });

    it('handle a HIGH message of a stock client in the lane in which it lies', async () => {
      await world().start('one');
      const customerId = world().customer();
      const record = { topic: world().topic('commands'), partition: partitionFor(customerId, PARTITIONS) };
      const value = JSON.stringify({
        messageType: 'ADD',
        priority: 'HIGH',
        payload: { customerId, amount: 5 },
      });
      const writer = await world().edge.createWriter();
      await writer.send([{ ...record, key: customerId, value }]);
      await writer.close();
      await until(() => world().totalsOf(customerId).length === 1);
      expect(world().totalsOf(customerId)).toEqual([5]);
    });

    it('forward a misplaced record within its lane', async () => {
      await world().start('one');
      const customerId = world().customer();
      const partition = (partitionFor(customerId, PARTITIONS) + 1) % PARTITIONS;
      const value = JSON.stringify({ messageType: 'ADD', payload: { customerId, amount: 4 } });
      const writer = await world().edge.createWriter();
      await writer.send([{ topic: world().topic('commands.high'), partition, key: 'x', value }]);
      await writer.close();
      await until(() => world().totalsOf(customerId).length === 1);
      const copies = world()
        .on('agent.risk')
        .filter(({ headers }) => FORWARDED_HEADER in headers);
      expect(copies.map(({ topic }) => topic)).toEqual([world().topic('agent.risk.high')]);
    });

    it('park a customer in all lanes: what comes later waits in the order of arrival', async () => {
      const agent = await world().start('one', { settings: { parkedBackoffMs: 600_000 } });
      const customerId = world().customer();
      const messageId = `msg-${customerId}`;
      const failures = Array.from({ length: 3 }, () => new RetriableError('DOWN', 'nobody there'));
      world().failures.set(messageId, failures);
      await world().sender.send(Add, { customerId, amount: 1 }, { messageId });
      await until(() => agent.status().parkedKeys === 1);
      for (const [amount, options] of [
        [2, HIGH],
        [4, LOW],
        [8, HIGH],
      ] as const) {
        const { transactions } = agent.status();
        await world().sender.send(Add, { customerId, amount }, options);
        await until(() => agent.status().transactions > transactions);
      }
      expect(world().totalsOf(customerId)).toEqual([]);
      const payload = { customerId, reason: 'it works again' };
      await world().sender.send(RetryParked, payload, { ...HIGH, targetAgentId: COUNTER });
      await until(() => world().totalsOf(customerId).length === 4);
      expect(world().handledAmounts.slice(-4)).toEqual([1, 2, 4, 8]);
    });

    it('put LOW off to the end of its batch, and what its customer sent behind it', async () => {
      const [one = '', two = '', three = ''] = neighbours(3);
      await world().sender.sendAll([
        add(one, 1, LOW),
        add(two, 2),
        add(one, 3),
        add(two, 4, LOW),
        add(three, 5),
      ]);
      await world().start('one');
      await until(() => world().handledAmounts.length === 5);
      expect(world().handledAmounts).toEqual([2, 5, 1, 3, 4]);
      await until(() => world().totalsOf(one).length === 2 && world().totalsOf(two).length === 2);
    });

    it('lose and double nothing when the time of a batch is up before its LOW messages', async () => {
      const [one = '', two = ''] = neighbours(2);
      const partition = partitionFor(one, PARTITIONS);
      const misplaced = Array.from({ length: 50 }, () => world().customer()).find(
        (customerId) => partitionFor(customerId, PARTITIONS) !== partition,
      ) as string;
      const low = Array.from({ length: 6 }, (_, n) => add(one, n + 1, LOW));
      await world().sender.sendAll([...low, ...low.map((_, n) => add(two, n + 10))]);
      const writer = await world().edge.createWriter();
      const raw = (value: string) => ({ topic: world().topic('commands'), partition, key: one, value });
      await writer.send([
        raw('no message'),
        raw(JSON.stringify({ messageType: 'ADD', payload: { customerId: misplaced, amount: 7 } })),
      ]);
      await writer.close();
      world().slowness = 15;
      const agent = await world().start('one', { settings: { batchTimeMs: 100 } });
      await until(() => world().totalsOf(one).length === 6 && world().totalsOf(two).length === 6);
      await until(() => world().totalsOf(misplaced).length === 1);
      expect(world().totalsOf(one)).toEqual([1, 3, 6, 10, 15, 21]);
      expect(world().handledAmounts.slice(0, 6)).toEqual([10, 11, 12, 13, 14, 15]);
      expect(world().handledAmounts.length).toBe(13);
      await until(() => world().deadLettersOf(one).length > 0);
      expect(world().deadLettersOf(one)).toEqual(['NOT_JSON']);
      expect(agent.status()).toMatchObject({ forwarded: 1, deadLetters: 1 });
    });
  });
}
