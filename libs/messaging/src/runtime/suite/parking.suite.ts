import { describe, expect, it } from '@jest/globals';
import { GiveUpParked, RetryParked } from '@aika/contracts';
import { RetriableError } from '../../agent/index.js';
import type { AgentCard } from '../agent-card.js';
import { Add, COUNTER } from './counter-agent.fixtures.js';
import { type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';

const NEVER_BY_ITSELF = { parkedBackoffMs: 600_000, parkedMaxBackoffMs: 600_000 };
const down = (): RetriableError => new RetriableError('DOWN', 'nobody there');
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Rules of keys whose message fails for a passing reason, the same on every adapter. */
export function describeParking(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`a key whose message fails on ${name}`, () => {
    const world = useCounterWorld(open);

    /** Three messages of a customer, of which the first one fails so many times. */
    async function failing(failures: number, make: () => unknown = down) {
      const customerId = world().customer();
      const messageId = `msg-${customerId}`;
      world().failures.set(messageId, times(failures, make));
      await world().sender.send(Add, { customerId, amount: 1 }, { messageId });
      await world().add(customerId, [2, 3]);
      return { customerId, messageId };
    }

    const control = (definition: typeof RetryParked | typeof GiveUpParked, customerId: string) =>
      world().sender.send(definition, { customerId, reason: 'as asked' }, { targetAgentId: COUNTER });

    it('parks: its later messages wait in order while all other keys go on', async () => {
      const agent = await world().start('one');
      const { customerId, messageId } = await failing(1000);
      const other = world().customer();
      await world().add(other, [5, 6]);
      await until(() => world().totalsOf(other).length === 2 && agent.status().parkedKeys === 1);
      expect(world().totalsOf(customerId)).toEqual([]);
      world().failures.delete(messageId);
      await until(() => world().totalsOf(customerId).length === 3);
      expect(world().totalsOf(customerId)).toEqual([1, 3, 6]);
      await until(() => agent.status().parkedKeys === 0);
      await world().add(customerId, [4]);
      await until(() => world().totalsOf(customerId).includes(10));
    });

    it('is still parked after a restart, and goes on in order', async () => {
      const first = await world().start('one');
      const { customerId, messageId } = await failing(1000);
      await until(() => first.status().parkedKeys === 1 && first.status().handled === 0);
      await first.stop();
      world().failures.delete(messageId);
      await world().add(customerId, [4]);
      await world().start('one');
      await until(() => world().totalsOf(customerId).length === 4);
      expect(world().totalsOf(customerId)).toEqual([1, 3, 6, 10]);
    });

    it('gives its first message to the dead letters when it is out of attempts, and the rest goes on', async () => {
      await world().start('one', { settings: { parkedAttempts: 3 } });
      const { customerId } = await failing(1000);
      await until(() => world().totalsOf(customerId).length === 2);
      expect(world().totalsOf(customerId)).toEqual([2, 5]);
      await until(() => world().deadLettersOf(customerId).length > 0);
      expect(world().deadLettersOf(customerId)).toEqual(['DOWN']);
    });

    it('tries an error of unknown kind fewer times', async () => {
      await world().start('one', { settings: { parkedAttempts: 1000, parkedAttemptsUnknown: 2 } });
      const { customerId } = await failing(1000, () => new TypeError('x is undefined'));
      await until(() => world().totalsOf(customerId).length === 2);
      await until(() => world().deadLettersOf(customerId).length > 0);
      expect(world().deadLettersOf(customerId)).toEqual(['HANDLER_FAILED']);
    });

    it('takes a parked message once, though it comes again', async () => {
      const agent = await world().start('one');
      const { customerId, messageId } = await failing(1000);
      await world().sender.send(Add, { customerId, amount: 1 }, { messageId });
      await until(() => agent.status().duplicates === 1);
      world().failures.delete(messageId);
      await until(() => world().totalsOf(customerId).length === 3);
      expect(world().totalsOf(customerId)).toEqual([1, 3, 6]);
    });

    it('gives what is too much to wait to the dead letters', async () => {
      const agent = await world().start('one', { settings: { ...NEVER_BY_ITSELF, parkedMaxWaiting: 2 } });
      const { customerId } = await failing(3);
      await until(() => world().deadLettersOf(customerId).length === 1);
      expect(world().deadLettersOf(customerId)).toEqual(['PARKED_QUEUE_FULL']);
      await control(RetryParked, customerId);
      await until(() => agent.status().parkedKeys === 0 && world().totalsOf(customerId).length === 2);
      expect(world().totalsOf(customerId)).toEqual([1, 3]);
    });

    it('is tried again at once on command, which leaves a line in the audit trail', async () => {
      const agent = await world().start('one', { settings: NEVER_BY_ITSELF });
      const { customerId } = await failing(3);
      await until(() => agent.status().parkedKeys === 1);
      await control(RetryParked, customerId);
      await until(() => world().totalsOf(customerId).length === 3);
      expect(world().totalsOf(customerId)).toEqual([1, 3, 6]);
      const audit = world()
        .on('audit')
        .map(({ value }) => value?.toString() ?? '');
      expect(audit.filter((line) => line.includes('RETRY_PARKED') && line.includes(customerId))).toHaveLength(
        1,
      );
    });

    it('gives up its first message on command', async () => {
      const agent = await world().start('one', { settings: NEVER_BY_ITSELF });
      const { customerId } = await failing(3);
      await until(() => agent.status().parkedKeys === 1);
      await control(GiveUpParked, customerId);
      await until(() => world().totalsOf(customerId).length === 2);
      expect(world().totalsOf(customerId)).toEqual([2, 5]);
      await until(() => world().deadLettersOf(customerId).length > 0);
      expect(world().deadLettersOf(customerId)).toEqual(['GIVEN_UP']);
    });

    it('is listed on the card of the instance with its age and reason', async () => {
      await world().start('one', { settings: NEVER_BY_ITSELF });
      const { customerId } = await failing(3);
      const parked = () => {
        const card = world().on('agents').at(-1)?.value?.toString() ?? 'null';
        return (JSON.parse(card) as AgentCard | null)?.parked;
      };
      await until(() => parked()?.messages === 3);
      expect(parked()?.oldest).toMatchObject([{ customerId, attempts: 1, waiting: 3, code: 'DOWN' }]);
    });
  });
}
