import { randomUUID } from 'node:crypto';
import { ClaimFiled, FileClaim } from '@aika/contracts';
import { MessageSender, type MessageLog } from '@aika/messaging';
import { catalogue } from '@aika/contracts';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { createTestDatabase, createTopics, loadTopics, type TestDatabase } from '@aika/testing';
import { migrateViews, openViews, type ViewsDatabase } from '@aika/views';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { describeIdempotencyStore } from './commands/idempotency-store.suite.js';
import { PostgresIdempotencyStore } from './commands/postgres-idempotency-store.js';
import { writePositionToken } from './http/position-token.js';
import { describeLiveStream } from './live/live.suite.js';
import { claimRow, eventRow } from './testing/view-rows.fixtures.js';
import { TestGateway } from './testing/gateway.fixtures.js';

jest.setTimeout(60_000);

const namespace = `gw-${randomUUID().slice(0, 8)}`;
const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const logs: MessageLog[] = [];
const connect = (clientId: string): MessageLog => {
  const log = createKafkaLog({ brokers, clientId });
  logs.push(log);
  return log;
};
let postgres: TestDatabase;
let db: ViewsDatabase;
let gateway: TestGateway;

beforeAll(async () => {
  [postgres] = await Promise.all([
    createTestDatabase(),
    createTopics({ brokers, environment: 'test', namespace }),
  ]);
  db = openViews(postgres.url);
  await migrateViews(db);
  const env = {
    DATABASE_URL: postgres.url,
    AIKA_HEARTBEAT_MS: '50',
    AIKA_STREAM_BUFFER_BYTES: '200000',
    AIKA_MAX_WAIT_MS: '2000',
    AIKA_MAX_PAGE_SIZE: '3',
  };
  gateway = await TestGateway.start({ connect, namespace, env, isWithDatabase: true });
});

afterAll(async () => {
  await gateway.close();
  await db.destroy();
  await Promise.all(logs.map((log) => log.close()));
  const admin = createKafkaAdmin({ brokers, clientId: 'int' });
  await admin.deleteTopics(loadTopics({ environment: 'test', namespace }).map(({ name }) => name));
  await admin.close();
  await postgres.drop();
});

describeIdempotencyStore('PostgreSQL', () => {
  let now = Date.now();
  const store = new PostgresIdempotencyStore(db, {
    schema: `keys_${randomUUID().slice(0, 8)}`,
    clock: () => now,
  });
  return { store, advance: (ms) => (now += ms) };
});

describeLiveStream('Kafka', async () => {
  const log = connect('test');
  const sender = await MessageSender.create({
    log,
    catalogue,
    namespace,
    sourceAgentId: 'claims-processing-agent',
  });
  return { gateway, sender, close: () => sender.close() };
});

describe('the gateway on Kafka and PostgreSQL', () => {
  it('is ready when both answer', async () => {
    const { status, body } = await gateway.call('GET', '/health/ready');
    expect([status, body]).toEqual([200, { state: 'RUNNING', log: 'up', database: 'up' }]);
  });

  it('answers a waited command with the outcome, and its repeat by another gateway alike', async () => {
    const stop = await gateway.answering(FileClaim, () => ({
      event: ClaimFiled,
      payload: ClaimFiled.example,
    }));
    const headers = { prefer: 'wait=5', 'idempotency-key': randomUUID() };
    const first = await gateway.call('POST', '/v1/claims', { body: FileClaim.example, headers });
    expect([first.status, first.body?.['outcome']]).toEqual([
      200,
      expect.objectContaining({ messageType: 'CLAIM_FILED' }),
    ]);
    expect(first.headers.get('preference-applied')).toBe('wait=2');
    const other = await TestGateway.start({
      connect,
      namespace,
      env: { DATABASE_URL: postgres.url },
      isWithDatabase: true,
    });
    const again = await other.call('POST', '/v1/claims', { body: FileClaim.example, headers });
    expect(again.body).toEqual(first.body);
    const changed = { ...FileClaim.example, cause: 'FIRE' };
    expect((await other.call('POST', '/v1/claims', { body: changed, headers })).status).toBe(422);
    await other.close();
    await stop();
  });

  it('reads topics and dead letters', async () => {
    const produced = await gateway.call('POST', '/v1/topics/events/messages', {
      body: { messageType: 'CLAIM_FILED', sourceAgentId: 'a', payload: ClaimFiled.example },
    });
    expect([produced.status, produced.body?.['offset']]).toEqual([201, expect.any(Number)]);
    const page = await gateway.call('GET', '/v1/topics/events/messages?limit=3');
    expect(page.body?.['records']).toHaveLength(3);
    expect((await gateway.call('GET', '/v1/dead-letters')).body).toEqual({ letters: [], matching: 0 });
    expect((await gateway.call('GET', '/v1/agents')).body).toEqual({ agents: [] });
  });
});

describe('reads of the views', () => {
  beforeAll(async () => {
    for (let n = 1; n <= 7; n++) await db.insertInto('claims').values(claimRow(n)).execute();
    await db
      .insertInto('events')
      .values([eventRow(1, 'CLAIM_FILED', 1), eventRow(2, 'CLAIM_WITHDRAWN', 2)])
      .execute();
  });

  it('come page by page, in both orders, each once, while rows are added', async () => {
    for (const order of ['newest', 'oldest']) {
      const ids: string[] = [];
      let cursor = '';
      do {
        const { body } = await gateway.call('GET', `/v1/claims?customer=cust-v&order=${order}${cursor}`);
        ids.push(...(body?.['items'] as { claimId: string }[]).map(({ claimId }) => claimId));
        if (order === 'newest')
          await db
            .insertInto('claims')
            .values(claimRow(20 + ids.length))
            .execute();
        cursor = body?.['next'] === undefined ? '' : `&cursor=${String(body['next'])}`;
      } while (cursor !== '');
      const first = order === 'newest' ? [7, 6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6, 7];
      expect(ids.slice(0, 7)).toEqual(first.map((n) => `clm-v${n}`));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('are filtered', async () => {
    const { body } = await gateway.call('GET', '/v1/claims?customer=cust-v&status=paid');
    expect(body).toEqual({ items: [] });
    const one = await gateway.call('GET', '/v1/claims?customer=cust-v&limit=1&order=oldest');
    expect(one.body?.['items']).toMatchObject([
      {
        claimId: 'clm-v1',
        estimatedLoss: { amount: 100, currency: 'GBP' },
        paid: { amount: 0, currency: 'GBP' },
      },
    ]);
  });

  it('know no text with a character that the database does not take', async () => {
    const { status, body } = await gateway.call('GET', '/v1/notifications?template=a%00b');
    expect([status, body]).toEqual([200, { items: [] }]);
  });

  it('have an entity tag, and say when it still holds', async () => {
    const first = await gateway.call('GET', '/v1/claims/clm-v1');
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    expect(first.body).toMatchObject({ claimId: 'clm-v1', payments: [] });
    const same = await gateway.call('GET', '/v1/claims/clm-v1', { headers: { 'if-none-match': 'W/"1"' } });
    expect([same.status, same.text]).toEqual([304, '']);
    expect((await gateway.call('GET', '/v1/claims/clm-none')).status).toBe(404);
  });

  it('stop a command on what has changed since it was read', async () => {
    const body = { customerId: 'cust-v', reason: 'The other party pays.' };
    const old = await gateway.call('POST', '/v1/claims/clm-v1/withdrawal', {
      body,
      headers: { 'if-match': '"0"' },
    });
    expect([old.status, old.body?.['current']]).toEqual([412, '"1"']);
    const now = await gateway.call('POST', '/v1/claims/clm-v1/withdrawal', {
      body,
      headers: { 'if-match': '"1"' },
    });
    expect(now.status).toBe(202);
  });

  it('tell what a claim was at a time', async () => {
    const path = '/v1/claims/clm-v1/history';
    expect((await gateway.call('GET', path)).body).toMatchObject({
      status: 'withdrawn',
      events: [{ type: 'CLAIM_FILED' }, { type: 'CLAIM_WITHDRAWN' }],
    });
    const then = await gateway.call('GET', `${path}?asOf=2026-01-01T00:00:01Z`);
    expect(then.body).toMatchObject({ status: 'filed', events: [{ type: 'CLAIM_FILED' }] });
    expect((await gateway.call('GET', `${path}?asOf=2025-01-01T00:00:00Z`)).status).toBe(404);
    expect((await gateway.call('GET', `${path}?asOf=yesterday`)).status).toBe(400);
    expect((await gateway.call('GET', `${path}?asOf=0000-01-01T00:00:00Z`)).status).toBe(400);
  });

  it('wait until the views know what was written, a bounded time', async () => {
    const at = { topic: `${namespace}.events`, partition: 0 };
    const headers = { 'aika-position': writePositionToken({ ...at, offset: 41 }) };
    const early = await gateway.call('GET', '/v1/claims/clm-v1', { headers });
    expect([early.status, early.body?.['type']]).toEqual([503, 'urn:aika:problem:timed-out']);
    const row = { ...at, next_offset: 41, latest_ms: 0, topic_id: null };
    await db.insertInto('positions').values(row).execute();
    const waiting = gateway.call('GET', '/v1/claims/clm-v1', { headers });
    setTimeout(() => void db.updateTable('positions').set({ next_offset: 42 }).execute(), 200);
    expect((await waiting).status).toBe(200);
    const forged = { 'aika-position': 'abc' };
    expect((await gateway.call('GET', '/v1/claims/clm-v1', { headers: forged })).status).toBe(400);
  });

  it.each(['customers', 'quotes', 'policies', 'conversations', 'approvals', 'notifications'])(
    'of %s can be empty',
    async (name) => {
      expect((await gateway.call('GET', `/v1/${name}?order=oldest`)).body).toEqual({ items: [] });
      if (name !== 'notifications')
        expect((await gateway.call('GET', `/v1/${name}/none-1`)).status).toBe(404);
    },
  );
});
