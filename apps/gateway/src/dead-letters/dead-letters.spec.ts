import { AcceptQuote, POLICY_AGENT } from '@aika/contracts';
import { DEAD_LETTER_HEADER as H } from '@aika/messaging';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestGateway } from '../testing/gateway.fixtures.js';

const order = { by: 'jo.operator', reason: 'It is mended.' };
const idOf = (n: number) => `msg-${String(n).padStart(32, '0')}`;

describe('dead letters over HTTP', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start({ env: { AIKA_MAX_PAGE_SIZE: '3' } });
    const log = gateway.broker.connect('agent');
    const writer = await log.createWriter();
    for (let n = 0; n < 8; n++) await writer.send([letter(n)]);
    await log.close();
  });
  afterAll(() => gateway.close());

  it('are listed newest first, page by page, each once', async () => {
    const ids: string[] = [];
    let cursor = '';
    do {
      const { body } = await gateway.call('GET', `/v1/dead-letters${cursor}`);
      expect(body?.['matching']).toBe(8);
      ids.push(...(body?.['letters'] as { id: string }[]).map(({ id }) => id));
      cursor = body?.['next'] === undefined ? '' : `?cursor=${String(body['next'])}`;
    } while (cursor !== '');
    expect(ids).toEqual([7, 6, 5, 4, 3, 2, 1, 0].map(idOf));
  });

  it('are chosen by filters, and a filter that means nothing is refused', async () => {
    const { body } = await gateway.call('GET', '/v1/dead-letters?customer=cust-5&status=open');
    expect(body).toMatchObject({ matching: 1, letters: [{ id: idOf(5), code: 'HANDLER_FAILED' }] });
    expect((await gateway.call('GET', '/v1/dead-letters?status=gone')).status).toBe(400);
    expect((await gateway.call('GET', '/v1/dead-letters?cursor=zzzz')).status).toBe(400);
  });

  it.each([
    [`agent=${POLICY_AGENT}`, 8],
    ['agent=nobody', 0],
    ['code=HANDLER_FAILED', 8],
    ['code=INVALID_PAYLOAD', 0],
    ['type=ACCEPT_QUOTE', 8],
    ['type=FILE_CLAIM', 0],
    ['topic=commands', 8],
    ['topic=events', 0],
    ['since=2026-01-01T00:00:05Z', 3],
    ['until=2026-01-01T00:00:05Z', 5],
    ['since=2026-01-01T00:00:02Z&until=2026-01-01T00:00:04Z', 2],
  ])('are chosen by ?%s', async (query, matching) => {
    expect((await gateway.call('GET', `/v1/dead-letters?${query}`)).body).toMatchObject({ matching });
  });

  it('have pages of one choice: the cursor of another one is refused', async () => {
    const { body } = await gateway.call('GET', '/v1/dead-letters');
    const next = String(body?.['next']);
    expect((await gateway.call('GET', `/v1/dead-letters?status=open&cursor=${next}`)).status).toBe(400);
    expect((await gateway.call('GET', `/v1/dead-letters?limit=1&cursor=${next}`)).status).toBe(200);
  });

  it('are shown with body, causes and headers', async () => {
    const { body } = await gateway.call('GET', `/v1/dead-letters/${idOf(1)}`);
    expect(body).toMatchObject({
      id: idOf(1),
      causes: [{ name: 'TypeError' }],
      body: expect.stringContaining('ACCEPT_QUOTE'),
    });
    expect((await gateway.call('GET', '/v1/dead-letters/no-such-letter')).status).toBe(404);
    expect((await gateway.call('GET', '/v1/dead-letters/short')).status).toBe(400);
  });

  it('go back once', async () => {
    const path = `/v1/dead-letters/${idOf(2)}/redrive`;
    const rehearsed = await gateway.call('POST', path, { body: { ...order, dryRun: true } });
    expect(rehearsed.body).toMatchObject({ kind: 'sent', dryRun: true });
    const sent = await gateway.call('POST', path, { body: order });
    expect(sent.body).toMatchObject({ id: idOf(2), kind: 'sent', dryRun: false, topic: 'gw.commands' });
    const again = await gateway.call('POST', path, { body: order });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'already_resolved', resolution: { by: 'jo.operator' } });
    const found = (await gateway.messages('commands')).filter(
      ({ messageId }) => messageId === sent.body?.['newMessageId'],
    );
    expect(found).toHaveLength(1);
  });

  it('go back mended, and not while the new message breaks its contract', async () => {
    const path = `/v1/dead-letters/${idOf(3)}/edit`;
    const message = { messageType: 'ACCEPT_QUOTE', payload: { customerId: 'cust-3' } };
    const broken = await gateway.call('POST', path, { body: { ...order, message } });
    expect(broken.status).toBe(400);
    expect(broken.body).toMatchObject({ violations: [{ path: '/payload/quoteId' }] });
    const mended = { ...message, payload: { customerId: 'cust-3', quoteId: 'quo-3' } };
    const sent = await gateway.call('POST', path, { body: { ...order, message: mended } });
    expect(sent.body).toMatchObject({ kind: 'sent' });
  });

  it('are dropped', async () => {
    const dropped = await gateway.call('POST', `/v1/dead-letters/${idOf(4)}/drop`, { body: order });
    expect(dropped.body).toEqual({ id: idOf(4), kind: 'dropped', dryRun: false });
    expect((await gateway.call('GET', '/v1/dead-letters?status=dropped')).body).toMatchObject({
      matching: 1,
    });
  });

  it.each(['redrive', 'edit', 'drop'])('%s says who and why, of a letter that is there', async (action) => {
    const nobody = await gateway.call('POST', `/v1/dead-letters/${idOf(6)}/${action}`, { body: {} });
    expect(nobody.status).toBe(400);
    const paths = (nobody.body?.['violations'] as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['/by', '/reason']));
    const body = { ...order, message: { messageType: 'ACCEPT_QUOTE', payload: AcceptQuote.example } };
    expect((await gateway.call('POST', `/v1/dead-letters/no-such-letter/${action}`, { body })).status).toBe(
      404,
    );
  });
});

function letter(n: number) {
  const at = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
  const payload = { ...AcceptQuote.example, customerId: `cust-${n}` };
  const value = JSON.stringify({
    messageId: `msg-${n}`,
    timestamp: at,
    messageType: 'ACCEPT_QUOTE',
    payload,
  });
  const headers = {
    [H.id]: idOf(n),
    [H.code]: 'HANDLER_FAILED',
    [H.causes]: JSON.stringify([{ name: 'TypeError', message: 'a fault' }]),
    [H.agent]: POLICY_AGENT,
    [H.topic]: 'gw.commands',
    [H.partition]: '0',
    [H.offset]: String(n),
    [H.recordedAt]: String(Date.parse(at)),
    [H.attempts]: '3',
    [H.at]: at,
  };
  return { topic: 'gw.dlq', partition: n % 2, key: `cust-${n}`, value, headers };
}
