import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestGateway } from '../testing/gateway.fixtures.js';

const card = (agentId: string, generation: number) => ({
  agentId,
  instanceId: 'host-1',
  handles: ['FILE_CLAIM'],
  emits: ['CLAIM_FILED'],
  partitions: [0, 1],
  generation,
  at: '2026-03-02T09:00:00Z',
  parked: {
    keys: 1,
    messages: 2,
    oldest: [
      {
        customerId: 'cust-1',
        since: '2026-03-02T08:00:00Z',
        nextTry: '2026-03-02T09:01:00Z',
        attempts: 3,
        waiting: 2,
        code: 'HANDLER_FAILED',
        reason: 'no table',
      },
    ],
  },
});

describe('the agents over HTTP', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
    const log = gateway.broker.connect('agents');
    const writer = await log.createWriter();
    const record = (agentId: string, value: string | null) => ({
      topic: 'gw.agents',
      partition: 0,
      key: `${agentId}/host-1`,
      value,
      headers: {},
    });
    await writer.send([
      record('claims', JSON.stringify(card('claims', 1))),
      record('gone', JSON.stringify(card('gone', 1))),
      record('claims', JSON.stringify(card('claims', 2))),
      record('gone', null),
    ]);
    await log.close();
  });
  afterAll(() => gateway.close());

  it('are the last card of each instance, with whose messages wait', async () => {
    const { body } = await gateway.call('GET', '/v1/agents');
    expect(body).toEqual({ agents: [card('claims', 2)] });
  });

  it('and the reach of topics are in the statistics', async () => {
    const { body } = await gateway.call('GET', '/v1/stats');
    expect(body?.['gateway']).toMatchObject({ instanceId: 'test', streams: 0 });
    const topics = body?.['topics'] as readonly { readonly name: string }[];
    expect(topics.map(({ name }) => name)).toEqual(expect.arrayContaining(['commands', 'events', 'dlq']));
  });
});
