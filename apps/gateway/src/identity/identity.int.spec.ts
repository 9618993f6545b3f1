import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@aika/testing';
import { migrateViews, openViews, type ViewsDatabase } from '@aika/views';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { claimRow, eventRow } from '../testing/view-rows.fixtures.js';
import { TestGateway } from '../testing/gateway.fixtures.js';
import { describeApiKeyStore } from './keys/api-key-store.suite.js';
import { ApiKeys } from './keys/api-keys.js';
import { PostgresApiKeyStore } from './keys/postgres-api-key-store.js';
import { TestIdentity } from './testing/identity.fixtures.js';

jest.setTimeout(60_000);

const identity = new TestIdentity();
const AT = '2026-01-01T00:00:00Z';
let postgres: TestDatabase;
let db: ViewsDatabase;
let gateway: TestGateway;

beforeAll(async () => {
  postgres = await createTestDatabase();
  db = openViews(postgres.url);
  await migrateViews(db);
  gateway = await TestGateway.start({
    env: { ...identity.env, DATABASE_URL: postgres.url },
    isWithDatabase: true,
    providers: identity.providers({ isWithDatabase: true }),
  });
  const [mine, theirs] = [claimRow(1), claimRow(2)];
  const thought = { fraud_points: 4, required_authority: 'MANAGER', decided_by: 'anna' } as const;
  await db
    .insertInto('claims')
    .values([
      { ...mine, ...thought },
      { ...theirs, customer_id: 'cust-w' },
    ])
    .execute();
  await db
    .insertInto('events')
    .values(eventRow(1, 'CLAIM_FILED', 1))
    .execute();
  await db.insertInto('conversations').values(conversation('conv-1')).execute();
  await db
    .insertInto('conversation_messages')
    .values(line('conv-1', 1, 'cust-v'))
    .execute();
});

afterAll(async () => {
  await gateway.close();
  await db.destroy();
  await postgres.drop();
});

function conversation(id: string) {
  return {
    conversation_id: id,
    customer_id: 'cust-v',
    status: 'open' as const,
    opened_at: AT,
    closed_at: null,
    message_count: 1,
    last_message_at: AT,
    updated_at: AT,
    revision: 1,
    order_key: '1',
  };
}

function line(id: string, sequence: number, customerId: string) {
  return {
    conversation_id: id,
    sequence,
    customer_id: customerId,
    author: 'CUSTOMER' as const,
    text: 'My name is Ada.',
    sent_at: AT,
    message_id: `msg-${id}-${sequence}`,
    order_key: String(sequence),
  };
}

describeApiKeyStore('PostgreSQL', () => {
  // Before the tests' own set-up there is no database: it is asked for with the first call.
  const schema = `keys_${randomUUID().slice(0, 8)}`;
  const store = (): PostgresApiKeyStore => (made ??= new PostgresApiKeyStore(db, { schema }));
  let made: PostgresApiKeyStore | undefined;
  return {
    add: (record) => store().add(record),
    find: (id) => store().find(id),
    list: () => store().list(),
    revoke: (id, at) => store().revoke(id, at),
    replace: (id, successor, endsAt) => store().replace(id, successor, endsAt),
  };
});

describe('a customer who reads the views', () => {
  const customer = identity.customer('cust-v');
  const get = (path: string, headers: Record<string, string> = customer) =>
    gateway.call('GET', path, { headers });

  it('gets lists of their own only, however they ask', async () => {
    const ids = (body: Record<string, unknown> | undefined) =>
      (body?.['items'] as { claimId: string }[]).map(({ claimId }) => claimId);
    expect(ids((await get('/v1/claims')).body)).toEqual(['clm-v1']);
    expect(ids((await get('/v1/claims?customer=cust-v')).body)).toEqual(['clm-v1']);
    for (const query of ['customer=cust-w', 'customer=cust-v&customer=cust-w', 'customer[]=cust-w']) {
      expect([400, 403]).toContain((await get(`/v1/claims?${query}`)).status);
    }
    expect(ids((await get('/v1/claims', identity.as(['auditor']))).body)).toEqual(['clm-v2', 'clm-v1']);
  });

  it("does not get another's, as if it were not there", async () => {
    const [theirs, none] = [await get('/v1/claims/clm-v2'), await get('/v1/claims/clm-none')];
    expect([theirs.status, theirs.body?.['detail']]).toEqual([404, none.body?.['detail']]);
    expect(none.status).toBe(404);
    expect((await get('/v1/claims/clm-v2/history')).status).toBe(404);
  });

  it('gets their own without what the insurer thinks of it, which staff see', async () => {
    const own = await get('/v1/claims/clm-v1');
    expect([own.status, own.body?.['claimId']]).toEqual([200, 'clm-v1']);
    for (const field of ['fraudPoints', 'requiredAuthority', 'decidedBy'])
      expect(own.body).not.toHaveProperty(field);
    expect((await get('/v1/claims/clm-v1/history')).body).toMatchObject({
      events: [{ type: 'CLAIM_FILED' }],
    });
    const whole = await get('/v1/claims/clm-v1', identity.as(['adjuster']));
    expect(whole.body).toMatchObject({ fraudPoints: 4, requiredAuthority: 'MANAGER', decidedBy: 'anna' });
  });

  it('reads their conversation, until another customer has written under the same id', async () => {
    const path = '/v1/conversations/conv-1/messages';
    expect((await get(path)).text).toContain('Ada');
    expect((await get(path, identity.as(['auditor']))).text).not.toContain('Ada');
    await db
      .insertInto('conversation_messages')
      .values(line('conv-1', 2, 'cust-w'))
      .execute();
    expect((await get(path)).status).toBe(404);
    expect((await get(path, identity.as(['manager']))).status).toBe(200);
  });

  it('leaves a line in the audit trail with whose data was read, as staff does', async () => {
    const readings = async () =>
      (await gateway.messages('audit'))
        .map(({ payload }) => payload)
        .filter(({ kind }) => kind === 'reading')
        .map(({ actor, customerId, object }) => `${actor} ${customerId} ${object}`);
    const deadline = Date.now() + 5_000;
    while ((await readings()).length < 3 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await readings()).sort()).toEqual([
      'login-of-cust-v cust-v conv-1',
      'manager cust-v conv-1',
      'manager cust-w conv-1',
    ]);
  });

  it('sends commands on their own, and none on what is not', async () => {
    const withdraw = (claimId: string) =>
      gateway.call('POST', `/v1/claims/${claimId}/withdrawal`, {
        body: { customerId: 'cust-v', reason: 'Mine.' },
        headers: customer,
      });
    expect((await withdraw('clm-v1')).status).toBe(202);
    expect((await withdraw('clm-v2')).status).toBe(404);
    const sent = await gateway.messages('commands');
    expect(sent.map(({ payload }) => payload['claimId'])).toEqual(['clm-v1']);
  });
});

describe('a gateway with the database', () => {
  it('takes API keys that another process made', async () => {
    const elsewhere = new ApiKeys({ store: new PostgresApiKeyStore(db) });
    const { key, record } = await elsewhere.create({ subject: 'console', roles: ['auditor'], authority: {} });
    const own = await TestGateway.start({
      env: { ...identity.env, DATABASE_URL: postgres.url, AIKA_AUTH_JWKS_URL: 'http://127.0.0.1:1/jwks' },
      isWithDatabase: true,
    });
    const call = (headers: Record<string, string>) => own.call('GET', '/v1/claims', { headers });
    expect((await call({ 'x-api-key': key })).status).toBe(200);
    expect((await call({ 'x-api-key': `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}` })).status).toBe(
      401,
    );
    // The issuer does not answer: nobody is let in by a token, and nobody is called a liar for it.
    expect((await call(identity.as(['manager']))).status).toBe(503);
    await elsewhere.revoke(record.id);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await call({ 'x-api-key': key })).status).toBe(401);
    await own.close();
  });
});
