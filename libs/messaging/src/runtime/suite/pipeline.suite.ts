import { describe, expect, it } from '@jest/globals';
import { LogError, type MessageLog, type OutgoingRecord } from '../../ports/index.js';
import { Add } from './counter-agent.fixtures.js';
import { type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';
import { withFaults } from './faulty-log.js';

const UNCOMMITTABLE = 666;
/** Whatever is polled is as much as could be. */
const BACKLOG = { batchSize: 1 };

/** Rules of batches and their commits, the same on every adapter. */
export function describePipeline(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`batches on ${name}`, () => {
    const world = useCounterWorld(open);

    it('are handled while the last one commits, and see its state', async () => {
      const gate = Promise.withResolvers<void>();
      const wrap = (log: MessageLog) => withFaults(log, { beforeCommit: () => gate.promise });
      await world().start('one', { wrap, settings: BACKLOG });
      const customerId = world().customer();
      await world().add(customerId, [1]);
      await until(() => world().handledAmounts.includes(1));
      await world().add(customerId, [2]);
      await until(() => world().handledAmounts.includes(2));
      expect(world().totalsOf(customerId)).toEqual([]);
      gate.resolve();
      await until(() => world().totalsOf(customerId).length === 2);
      expect(world().totalsOf(customerId)).toEqual([1, 3]);
    });

    it('wait for the commit of the last one where there is no backlog, and take all that has come meanwhile', async () => {
      const gate = Promise.withResolvers<void>();
      let commits = 0;
      const beforeCommit = (): Promise<void> => (++commits === 1 ? gate.promise : Promise.resolve());
      await world().start('one', { wrap: (log) => withFaults(log, { beforeCommit }) });
      const customerId = world().customer();
      await world().add(customerId, [1]);
      await until(() => world().handledAmounts.includes(1));
      await world().add(customerId, [2]);
      await world().add(customerId, [4]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(world().handledAmounts).toEqual([1]);
      gate.resolve();
      await until(() => world().totalsOf(customerId).length === 3);
      expect([world().totalsOf(customerId), commits]).toEqual([[1, 3, 7], 2]);
    });

    it('fall with the one that they were built on, and run again, once', async () => {
      const gate = Promise.withResolvers<void>();
      let commits = 0;
      const beforeCommit = async (): Promise<void> => {
        if (++commits > 1) return;
        await gate.promise;
        throw new LogError('TRANSACTION_FAILED', 'the log said no', true);
      };
      await world().start('one', { wrap: (log) => withFaults(log, { beforeCommit }), settings: BACKLOG });
      const customerId = world().customer();
      await world().add(customerId, [1]);
      await until(() => world().handledAmounts.includes(1));
      await world().add(customerId, [2]);
      await until(() => world().handledAmounts.includes(2));
      gate.resolve();
      await until(() => world().totalsOf(customerId).length === 2);
      await world().add(customerId, [4]);
      await until(() => world().totalsOf(customerId).includes(7));
      expect(world().totalsOf(customerId)).toEqual([1, 3, 7]);
      expect(world().handledAmounts).toEqual([1, 2, 1, 2, 4]);
    });

    it('are halved until the record that cannot be committed stands alone; it goes to the dead letters', async () => {
      const beforeSend = (records: readonly OutgoingRecord[]): void => {
        const refused = records.some(
          ({ topic, value }) =>
            topic === world().topic('events') && value?.includes(`"amount":${UNCOMMITTABLE}`),
        );
        if (refused) throw new LogError('RECORD_TOO_LARGE', 'the log refuses the record', false);
      };
      const agent = await world().start('one', { wrap: (log) => withFaults(log, { beforeSend }) });
      const customers = Array.from({ length: 40 }, () => world().customer());
      const sick = customers[17] as string;
      await world().sender.sendAll(
        customers.flatMap((customerId) =>
          [1, customerId === sick ? UNCOMMITTABLE : 2, 3].map((amount) => ({
            definition: Add,
            payload: { customerId, amount },
          })),
        ),
      );
      await until(() => customers.every((id) => world().totalsOf(id).length === (id === sick ? 2 : 3)));
      await until(() => world().deadLettersOf(sick).length > 0);
      expect(world().deadLettersOf(sick)).toEqual(['POISON']);
      expect(customers.map((id) => world().totalsOf(id))).toEqual(
        customers.map((id) => (id === sick ? [1, 4] : [1, 3, 6])),
      );
      expect(agent.status().deadLetters).toBe(1);
    });

    it('blame no record for one refusal after failures of the log', async () => {
      const failures = [
        new LogError('TRANSACTION_FAILED', 'the log said no', true),
        new LogError('RECORD_TOO_LARGE', 'the log refuses the record', false),
      ];
      const beforeSend = (): void => {
        const failure = failures.shift();
        if (failure) throw failure;
      };
      const agent = await world().start('one', { wrap: (log) => withFaults(log, { beforeSend }) });
      const customerId = world().customer();
      await world().add(customerId, [1]);
      await until(() => world().totalsOf(customerId).length === 1);
      expect(failures).toEqual([]);
      expect(world().handledAmounts).toEqual([1, 1, 1]);
      expect(agent.status().deadLetters).toBe(0);
    });

    it('end after a time when handlers are slow, so that the member is heard of', async () => {
      const agent = await world().start('one', { settings: { batchTimeMs: 40 } });
      world().slowness = 15;
      const customerId = world().customer();
      await world().add(
        customerId,
        Array.from({ length: 20 }, () => 1),
      );
      await until(() => world().totalsOf(customerId).length === 20);
      expect(world().totalsOf(customerId)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      expect(agent.status().transactions).toBeGreaterThan(3);
    });
  });
}
