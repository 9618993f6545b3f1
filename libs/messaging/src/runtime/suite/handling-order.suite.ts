import { describe, expect, it } from '@jest/globals';
import { RetriableError } from '../../agent/index.js';
import { LogError, type LogRecord, partitionFor } from '../../ports/index.js';
import { type HandledStep, handlingOrder } from '../handling-order.js';
import { Add, AddLater, AddOutside } from './counter-agent.fixtures.js';
import { PARTITIONS, type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';
import { withFaults } from './faulty-log.js';

const INPUTS = ['commands', 'commands.high', 'agent.risk', 'agent.risk.high'];

/** The recorded order of handling, the same on every adapter. */
export function describeHandlingOrder(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`the recorded order on ${name}`, () => {
    const world = useCounterWorld(open);

    async function recordsOf(topic: string, partition: number): Promise<readonly LogRecord[]> {
      const at = { topic: world().topic(topic), partition };
      const { start, end } = await world().edge.offsets(at);
      const records: LogRecord[] = [];
      for await (const batch of world().edge.read(at, { from: start, until: end })) records.push(...batch);
      return records;
    }

    async function recorded(partition: number): Promise<readonly HandledStep[]> {
      const changelog = await recordsOf('state.risk', partition);
      return handlingOrder(changelog.map(({ key, value }) => [String(key), value?.toString() ?? null]));
    }

    /** The amounts of ADD messages among the steps. */
    async function amountsIn(steps: readonly HandledStep[], partition: number): Promise<readonly number[]> {
      const inputs = (await Promise.all(INPUTS.map((topic) => recordsOf(topic, partition)))).flat();
      return steps.flatMap((step) => {
        if (step.kind !== 'record') return [];
        const record = inputs.find(({ topic, offset }) => topic === step.topic && offset === step.offset);
        const { messageType, payload } = JSON.parse(String(record?.value)) as {
          readonly messageType: string;
          readonly payload: { readonly amount: number };
        };
        return messageType === 'ADD' ? [payload.amount] : [];
      });
    }

    it('is that in which handlers ran: priorities, timers, effects, a parked key, an abort, a restart', async () => {
      const first = world().customer();
      const partition = partitionFor(first, PARTITIONS);
      const customers = [first];
      while (customers.length < 4) {
        const next = world().customer();
        if (partitionFor(next, PARTITIONS) === partition) customers.push(next);
      }
      const [one = '', two = '', three = '', four = ''] = customers;
      let amount = 0;
      const add = (customerId: string, priority: 'HIGH' | 'NORMAL' | 'LOW') => ({
        definition: Add,
        payload: { customerId, amount: ++amount },
        priority,
      });
      const mixed = () =>
        customers.flatMap((customerId) =>
          (['LOW', 'NORMAL', 'HIGH', 'NORMAL'] as const).map((priority) => add(customerId, priority)),
        );
      const sick = `msg-${three}-sick`;
      const failures = Array.from({ length: 5 }, () => new RetriableError('DOWN', 'nobody there'));
      world().failures.set(sick, failures);
      await world().sender.sendAll([
        { ...add(three, 'NORMAL'), messageId: sick },
        ...mixed(),
        { definition: AddLater, payload: { customerId: one, amount: 500 } },
        { definition: AddOutside, payload: { customerId: two, amount: 600 } },
      ]);
      let commits = 0;
      const beforeCommit = async (): Promise<void> => {
        commits += 1;
        // Long enough for the next batch to be handled on top of this one.
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (commits === 2) throw new LogError('TRANSACTION_FAILED', 'the log said no', true);
      };
      const agent = await world().start('one', { wrap: (log) => withFaults(log, { beforeCommit }) });
      await world().sender.sendAll(mixed());
      const done = (expected: number): boolean =>
        customers.reduce((sum, customerId) => sum + world().totalsOf(customerId).length, 0) === expected;
      await until(() => done(1 + 16 + 16 + 1) && agent.status().parkedKeys === 0);
      await until(() => world().effectCalls.length > 0 && agent.status().pendingEffects === 0);
      await agent.stop();
      await world().start('two');
      await world().sender.sendAll([add(four, 'NORMAL'), add(one, 'LOW')]);
      await until(() => done(36));

      const steps = await recorded(partition);
      const ran = world().handledAmounts.filter((one, n, all) => all.lastIndexOf(one) === n);
      expect(await amountsIn(steps, partition)).toEqual(ran);
      const kinds = steps.map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'timer')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'effect')).toHaveLength(1);
      expect(steps.filter(({ kind }) => kind === 'record')).toHaveLength(36 + 2);
    });
  });
}
