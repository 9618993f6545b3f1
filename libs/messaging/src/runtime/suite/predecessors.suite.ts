import { describe, expect, it } from '@jest/globals';
import type { Transaction, TransactionalWriter } from '../../ports/index.js';
import { groupIdOf, inputTopics, shortNameOf, stateTopicOf } from '../runtime-options.js';
import { catalogue, counterAgent } from './counter-agent.fixtures.js';
import { PARTITIONS, type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';

/** Far less than the minute of the transactions' own timeout. */
const SOON_MS = 15_000;

export function describePredecessors(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`a transaction that a dead predecessor left open on ${name}`, () => {
    const world = useCounterWorld(open);
    const groupId = (): string => groupIdOf(world().namespace, counterAgent);

    /** Instance `one` has owned everything and is gone; its writer is still there, as a dead process leaves it. */
    const deadOne = async (): Promise<{ writer: TransactionalWriter; customerId: string }> => {
      const one = await world().start('one');
      const customerId = world().customer();
      await world().add(customerId, [1]);
      await until(() => world().totalsOf(customerId).length === 1);
      await one.stop();
      const owner = `${groupId()}-one`;
      const writer = await world().edge.createTransactionalWriter({
        transactionalId: `${owner}-1`,
        transactionTimeoutMs: 60_000,
        owner,
      });
      return { writer, customerId };
    };

    /** Positions as they are: nothing is handled by it. */
    const holdPositions = async (transaction: Transaction): Promise<void> => {
      const topics = inputTopics(counterAgent, catalogue).map((name) =>
        world().topic(name.replace(/^aika\./, '')),
      );
      const positions = await world().edge.committedOffsets(groupId(), topics);
      const nobody = { groupId: groupId(), memberId: '', generationId: -1, partitions: [] };
      await transaction.commitOffsets(nobody, positions);
    };

    const holdChangelogs = async (transaction: Transaction): Promise<void> => {
      const topic = stateTopicOf(world().namespace, shortNameOf(counterAgent));
      const records = Array.from({ length: PARTITIONS }, (_, partition) => ({
        topic,
        partition,
        key: 'b/-/-',
        value: null,
      }));
      await transaction.send(records);
    };

    it.each([
      ['positions', holdPositions],
      ['the changelog', holdChangelogs],
    ])('over %s is aborted by the successor, long before its own time is over', async (_, hold) => {
      const { writer, customerId } = await deadOne();
      const transaction = await writer.begin();
      await hold(transaction);
      await world().start('two');
      await world().add(customerId, [2]);
      await until(() => world().totalsOf(customerId).length === 2, SOON_MS);
      expect(world().totalsOf(customerId)).toEqual([1, 3]);
      await expect(transaction.commit()).rejects.toMatchObject({ code: 'FENCED' });
    });

    it('is left a moment in which it can still commit', async () => {
      const { writer, customerId } = await deadOne();
      const transaction = await writer.begin();
      await holdPositions(transaction);
      const started = world().start('two');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await transaction.commit();
      await started;
      await world().add(customerId, [2]);
      await until(() => world().totalsOf(customerId).length === 2, SOON_MS);
      expect(writer.broken).toBe(false);
    });
  });
}
