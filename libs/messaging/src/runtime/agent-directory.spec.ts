import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createInMemoryBroker } from '../in-memory/index.js';
import type { MessageLog } from '../ports/index.js';
import { readAgentCards } from './agent-cards.js';
import { AgentDirectory } from './agent-directory.js';
import { silentLogger } from './runtime-logger.js';
import { counterAgent } from './suite/counter-agent.fixtures.js';

const SWEEP_AFTER_MS = 20;
const OTHER = 'policy-recommendation-agent';

function directoryOf(
  log: MessageLog,
  instanceId: string,
  { agentId = counterAgent.id as string, now = 1000 } = {},
): AgentDirectory {
  const agent = { ...counterAgent, id: agentId };
  const shared = { namespace: 'aika', logger: silentLogger, clock: () => now, sweepAfterMs: SWEEP_AFTER_MS };
  return new AgentDirectory({ ...shared, agent, instanceId, log });
}

const membership = (generationId: number, partitions: readonly number[]) => ({
  ...{ groupId: 'g', memberId: 'm', generationId, partitions },
});

/** Cards of others, some of which run; then `sweeping` is assigned partition numbers. */
async function cardsAfter(partitions: readonly number[]): Promise<readonly string[]> {
  const log = createInMemoryBroker({ topics: { 'aika.agents': 1 } }).connect('test');
  directoryOf(log, 'killed').assigned(membership(4, [1]));
  directoryOf(log, 'of-another-agent', { agentId: OTHER }).assigned(membership(3, [1]));
  directoryOf(log, 'of-a-deleted-group', { now: 10 }).assigned(membership(70, [1]));
  directoryOf(log, 'of-the-next-generation', { now: 2000 }).assigned(membership(6, [1]));
  await delay(2 * SWEEP_AFTER_MS);
  directoryOf(log, 'beside').assigned(membership(5, [1]));
  const directory = directoryOf(log, 'sweeping');
  directory.assigned(membership(5, partitions));
  await delay(5 * SWEEP_AFTER_MS);
  return (await readAgentCards(log, 'aika')).map(({ instanceId }) => instanceId).sort();
}

describe('the cards of instances', () => {
  it('that were killed are taken back by who owns the first partition in a later generation', async () => {
    const running = ['beside', 'of-another-agent', 'of-the-next-generation', 'sweeping'];
    expect(await cardsAfter([0])).toEqual(running);
  });

  it('are left alone by the others', async () => {
    expect(await cardsAfter([2])).toEqual(expect.arrayContaining(['killed', 'of-a-deleted-group']));
  });

  it('are left alone by who has gone before it was time', async () => {
    const log = createInMemoryBroker({ topics: { 'aika.agents': 1 } }).connect('test');
    directoryOf(log, 'killed').assigned(membership(4, [1]));
    const directory = directoryOf(log, 'gone');
    directory.assigned(membership(5, [0]));
    await directory.withdraw();
    await delay(5 * SWEEP_AFTER_MS);
    expect((await readAgentCards(log, 'aika')).map(({ instanceId }) => instanceId)).toEqual(['killed']);
  });
});
