import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createKafkaAdmin } from '@aika/messaging/kafka';
import { World } from '../e2e/world.js';
import { readAgentCards } from '@aika/messaging';
import { type PlatformStatus, readStatus } from './platform-status.js';

jest.setTimeout(120_000);

describe('the status of a running system', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world.close());

  /** As the command asks: with connections of its own each time. */
  async function status(): Promise<PlatformStatus> {
    const { brokers, namespace, log } = world;
    const admin = createKafkaAdmin({ brokers: [...brokers], clientId: 'e2e-status' });
    try {
      return await readStatus({ kind: 'given', brokers, namespace }, admin, () =>
        readAgentCards(log, namespace),
      );
    } finally {
      await admin.close();
    }
  }

  /** Agent by agent: how many of its instances the directory shows in which state. */
  const instances = ({ cards }: PlatformStatus) =>
    cards.map(({ agentId, status: state, partitions }) => [agentId, state, partitions.length]);

  it('shows each agent with its instance, its partitions and its group', async () => {
    const found = await status();
    expect(instances(found)).toEqual([
      ['claims-processing-agent', 'running', 4],
      ['customer-service-agent', 'running', 4],
      ['policy-recommendation-agent', 'running', 4],
      ['risk-assessment-agent', 'running', 4],
    ]);
    expect(found.agents.map(({ agentId, state, members }) => [agentId, state, members])).toEqual(
      found.cards.map(({ agentId }) => [agentId, 'Stable', 1]),
    );
    expect(found.brokers).toHaveLength(3);
  });

  it('can be asked again and again', async () => {
    for (let n = 0; n < 10; n++) expect((await status()).agents).toHaveLength(4);
  });

  it('shows an instance that was killed as gone, and one that was stopped not at all', async () => {
    world.fleet.agents.get('risk-agent')?.kill('SIGKILL');
    await world.fleet.agents.get('policy-agent')?.stop();
    const riskAgent = async () => instances(await status()).find(([id]) => id === 'risk-assessment-agent');
    const deadline = Date.now() + 30_000;
    while ((await riskAgent())?.[1] === 'running' && Date.now() < deadline) await delay(200);
    expect(instances(await status())).toEqual([
      ['claims-processing-agent', 'running', 4],
      ['customer-service-agent', 'running', 4],
      ['risk-assessment-agent', 'gone', 4],
    ]);
  });
});
