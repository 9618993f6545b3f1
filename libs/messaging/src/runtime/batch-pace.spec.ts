import { describe, expect, it } from '@jest/globals';
import type { GroupMember, MessageLog } from '../ports/index.js';
import { Add, Foreign } from './suite/counter-agent.fixtures.js';
import { until, useCounterWorld } from './suite/counter-world.js';
import { openInMemory } from './suite/in-memory-setup.js';

const BATCH = 64;
const OTHERS = 20;

/** A log whose members note how many records each poll asks for. */
function notingPolls(log: MessageLog, asked: number[]): MessageLog {
  return Object.assign(Object.create(log) as MessageLog, {
    async joinGroup(...options: Parameters<MessageLog['joinGroup']>): Promise<GroupMember> {
      const member = await log.joinGroup(...options);
      const poll: GroupMember['poll'] = (wanted) => {
        asked.push(wanted.maxRecords);
        return member.poll(wanted);
      };
      return Object.assign(Object.create(member) as GroupMember, { poll });
    },
  });
}

describe('the size of batches', () => {
  const world = useCounterWorld(() => openInMemory('pace'));

  it('recovers from a slow batch, however few of the polled records are for the agent', async () => {
    const asked: number[] = [];
    const settings = { batchSize: BATCH, batchTimeMs: 1000 };
    await world().start('one', { settings, wrap: (log) => notingPolls(log, asked) });
    const customerId = world().customer();
    world().slowness = 600;
    await world().add(customerId, [1]);
    await until(() => world().totalsOf(customerId).length === 1);
    expect(Math.min(...asked)).toBeLessThan(BATCH);

    world().slowness = 0;
    const foreign = Array.from({ length: OTHERS }, () => ({
      definition: Foreign,
      payload: { customerId, amount: 1 },
    }));
    const mixed = [{ definition: Add, payload: { customerId, amount: 1 } }, ...foreign];
    for (let n = 0; n < 50; n += 1) await world().sender.sendAll(mixed);
    await until(() => world().totalsOf(customerId).length === 51);
    expect(asked.at(-1)).toBeGreaterThan(BATCH / 2);
  });
});
