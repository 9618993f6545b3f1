import { ClaimFiled, FileClaim } from '@aika/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestGateway } from '../testing/gateway.fixtures.js';

const filed = (n: number) => ({
  messageType: 'CLAIM_FILED',
  messageId: `msg-${n}`,
  sourceAgentId: ClaimFiled.owner,
  payload: { ...ClaimFiled.example, customerId: `cust-${n}`, claimId: `clm-${n}` },
});

interface Page {
  readonly records: readonly {
    readonly partition: number;
    readonly offset: number;
    readonly message?: { readonly messageId: string };
  }[];
  readonly next: string;
}

describe('topics over HTTP', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start({ env: { AIKA_MAX_PAGE_SIZE: '4' } });
    for (let n = 0; n < 9; n++) {
      const { status } = await gateway.call('POST', '/v1/topics/events/messages', { body: filed(n) });
      expect(status).toBe(201);
    }
  });
  afterAll(() => gateway.close());

  const page = async (query: string): Promise<Page> =>
    (await gateway.call('GET', `/v1/topics/events/messages${query}`)).body as unknown as Page;

  it('are read page by page, each record once, in order within a partition, and on from the end', async () => {
    const seen: Page['records'][number][] = [];
    let next = '';
    for (let reads = 0; reads < 4; reads++) {
      const read = await page(next === '' ? '' : `?cursor=${next}`);
      expect(read.records.length).toBeLessThanOrEqual(4);
      seen.push(...read.records);
      next = read.next;
    }
    expect(new Set(seen.map(({ message }) => message?.messageId)).size).toBe(9);
    expect(seen).toHaveLength(9);
    for (const partition of [0, 1]) {
      const offsets = seen.filter((record) => record.partition === partition).map(({ offset }) => offset);
      expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    }
    await gateway.call('POST', '/v1/topics/events/messages', { body: filed(100) });
    expect((await page(`?cursor=${next}`)).records).toMatchObject([{ message: { messageId: 'msg-100' } }]);
  });

  it('refuse the cursor of another topic', async () => {
    const { next } = await page('?limit=1');
    const other = await gateway.call('GET', `/v1/topics/commands/messages?cursor=${next}`);
    expect([other.status, other.body?.['violations']]).toEqual([
      400,
      [expect.objectContaining({ path: '?cursor' })],
    ]);
  });

  it('are read from the end where that is asked for', async () => {
    const { records, next } = await page('?from=end');
    expect(records).toEqual([]);
    await gateway.call('POST', '/v1/topics/events/messages', { body: filed(101) });
    expect((await page(`?cursor=${next}`)).records).toMatchObject([{ message: { messageId: 'msg-101' } }]);
  });

  it('take whole messages of programs without a client, and say where they stand', async () => {
    const body = {
      message_type: 'FILE_CLAIM',
      schema_version: 2,
      priority: 'HIGH',
      payload: FileClaim.example,
    };
    const answer = await gateway.call('POST', '/v1/topics/commands.high/messages', { body });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ topic: 'commands.high', partition: expect.any(Number), offset: 0 });
    const [message] = await gateway.messages('commands.high');
    expect(message).toMatchObject({
      messageId: answer.body?.['messageId'],
      payload: { customerId: 'cust-1001' },
    });
  });

  it('refuse a message that breaks its contract, naming each violation, and one that belongs elsewhere', async () => {
    const broken = { ...filed(1), payload: { ...filed(1).payload, cause: 'METEOR', lossAt: 'soon' } };
    const answer = await gateway.call('POST', '/v1/topics/events/messages', { body: broken });
    expect(answer.status).toBe(400);
    const paths = (answer.body?.['violations'] as { path: string }[]).map(({ path }) => path);
    expect(paths.sort()).toEqual(['/payload/cause', '/payload/lossAt']);
    const unknown = await gateway.call('POST', '/v1/topics/events/messages', {
      body: { ...filed(1), messageType: 'NO_SUCH' },
    });
    expect(unknown.status).toBe(400);
    const elsewhere = await gateway.call('POST', '/v1/topics/commands/messages', { body: filed(1) });
    expect(elsewhere.body).toMatchObject({
      violations: [{ path: '/messageType', expected: expect.stringContaining('events') }],
    });
    expect((await gateway.call('POST', '/v1/topics/events/messages')).status).toBe(400);
  });

  it('are none that hold the state of agents', async () => {
    expect((await gateway.call('GET', '/v1/topics/state.claims-processing-agent/messages')).status).toBe(404);
    expect((await gateway.call('POST', '/v1/topics/nowhere/messages', { body: filed(1) })).status).toBe(404);
  });

  it('refuse a page that cannot be', async () => {
    for (const query of ['?limit=0', '?limit=many', '?cursor=abc', '?from=middle', '?form=end']) {
      const answer = await gateway.call('GET', `/v1/topics/events/messages${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(answer.body?.['violations']).toHaveLength(1);
    }
  });

  it('are listed with how far they reach', async () => {
    const { body } = await gateway.call('GET', '/v1/topics');
    const events = (body?.['topics'] as { name: string; partitions: { end: number }[] }[]).find(
      ({ name }) => name === 'events',
    );
    expect(events?.partitions.reduce((sum, { end }) => sum + end, 0)).toBeGreaterThanOrEqual(9);
    expect((await gateway.call('GET', '/v1/topics?name=x')).status).toBe(400);
  });

  it('are counted in the statistics, beside the agents and what they parked', async () => {
    const stats = await gateway.call('GET', '/v1/stats');
    expect(stats.body).toMatchObject({ gateway: { instanceId: 'test', streams: 0 } });
    const log = gateway.broker.connect('agent');
    const writer = await log.createWriter();
    const card = {
      agentId: 'a',
      instanceId: 'one',
      handles: ['X'],
      emits: [],
      partitions: [0, 1],
      generation: 3,
      at: '2026-01-01T00:00:00Z',
    };
    await writer.send([{ topic: 'gw.agents', partition: 0, key: 'a/one', value: JSON.stringify(card) }]);
    expect((await gateway.call('GET', '/v1/agents')).body).toEqual({ agents: [card] });
    for (const path of ['/v1/agents?x=1', '/v1/stats?x=1'])
      expect((await gateway.call('GET', path)).status).toBe(400);
    await log.close();
  });
});
