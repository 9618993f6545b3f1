import { setTimeout as sleep } from 'node:timers/promises';
import {
  catalogue,
  MASKED,
  personalFieldNames,
  RegisterCustomer,
  SendConversationMessage,
} from '@aika/contracts';
import { LogError, type OutgoingMessage } from '@aika/messaging';
import { loadSettings } from '@aika/messaging/nest';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewaySettings } from '../gateway.settings.js';
import type { Principal } from '../identity/principal.js';
import { TestIdentity } from '../identity/testing/identity.fixtures.js';
import { TestGateway } from '../testing/gateway.fixtures.js';
import { AccessTrail } from './access-trail.js';
import { customersIn } from './personal-data.js';

const identity = new TestIdentity();
const message = (customerId: string) => ({
  messageType: RegisterCustomer.type,
  payload: { ...RegisterCustomer.example, customerId },
});

describe('the trail of who came in and who read', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start({
      env: { ...identity.env, AIKA_ACCESS_TRAIL_INTERVAL_MS: '20' },
      providers: identity.providers(),
    });
  });
  afterEach(() => gateway.close());

  const linesOf = async (kind: string) =>
    (await gateway.messages('audit')).map(({ payload }) => payload).filter((line) => line['kind'] === kind);
  /** When lines of a kind tell of so many things, and more would have come. */
  const eventually = async (kind: string, things: number) => {
    const told = async () =>
      (await linesOf(kind)).reduce(
        (sum, { details }) => sum + Number((details as { count: string }).count),
        0,
      );
    for (let tries = 0; tries < 200 && (await told()) < things; tries++) await sleep(10);
    await sleep(60);
    return linesOf(kind);
  };
  const get = (path: string, headers: Record<string, string>) => gateway.call('GET', path, { headers });

  it('has a line for the first request with a token or a key, and none for the next', async () => {
    const token = identity.as(['manager', 'auditor'], { sub: 'anna' });
    const { key, record } = await identity.apiKeys.create({
      subject: 'job',
      roles: ['auditor'],
      authority: {},
    });
    for (const headers of [token, { 'x-api-key': key }, token, { 'x-api-key': key }]) {
      expect((await get('/v1/topics', headers)).status).toBe(200);
    }
    expect(await eventually('login', 2)).toEqual([
      expect.objectContaining({
        action: 'LOGIN',
        actor: 'anna',
        customerId: 'none',
        object: expect.any(String),
      }),
      expect.objectContaining({ actor: 'job', object: `api-key ${record.id}` }),
    ]);
    const [{ details }] = (await linesOf('login')) as [{ details: object }];
    expect(details).toEqual({ roles: 'manager,auditor', count: '1' });
    expect(JSON.stringify(await linesOf('login'))).not.toContain(token.authorization.slice(7, 40));
  });

  it('has lines for refused logins with their cause, and none where nothing was shown', async () => {
    const wrong = { authorization: `Bearer ${identity.token().slice(0, -4)}AAAA` };
    const old = { authorization: `Bearer ${identity.token({}, -60)}` };
    await Promise.all([wrong, wrong, old, wrong, {}].map((headers) => get('/v1/topics', { ...headers })));
    const lines = await eventually('login', 4);
    const counts: Record<string, number> = {};
    for (const { outcome, actor, details } of lines) {
      const { code, count } = details as { code: string; count: string };
      expect([outcome, actor]).toEqual(['refused', 'unknown']);
      counts[code] = (counts[code] ?? 0) + Number(count);
    }
    expect(counts).toEqual({ SIGNATURE: 3, EXPIRED: 1 });
  });

  it('has one line for each customer whose data was read, and none for who saw it masked', async () => {
    const teller = identity.as(['manager'], { sub: 'bo' });
    for (const customerId of ['cust-1', 'cust-2']) {
      const { customerId: _id, ...profile } = RegisterCustomer.example;
      const body = { ...profile, customerId };
      expect((await gateway.call('POST', '/v1/customers', { body, headers: teller })).status).toBe(202);
    }
    const masked = await get(
      '/v1/topics/commands/messages?from=start',
      identity.as(['agent-operator'], { sub: 'op' }),
    );
    expect(masked.text).toContain(MASKED);
    const both = identity.as(['agent-operator', 'adjuster'], { sub: 'cy' });
    for (let n = 0; n < 3; n++) {
      expect((await get('/v1/topics/commands/messages?from=start', both)).text).toContain(
        RegisterCustomer.example.fullName!,
      );
    }
    const lines = await eventually('reading', 6);
    expect(new Set(lines.map(({ actor }) => actor))).toEqual(new Set(['cy']));
    expect(new Set(lines.map(({ customerId }) => customerId))).toEqual(new Set(['cust-1', 'cust-2']));
    const counted = lines.reduce((sum, { details }) => sum + Number((details as { count: string }).count), 0);
    expect(counted).toBe(6);
    expect(lines[0]).toMatchObject({ action: 'READ_PERSONAL_DATA', object: 'commands' });
  });
});

describe('lines before they are written', () => {
  const by: Principal = {
    ...{ subject: 'cy', roles: ['adjuster'], authority: {}, validUntil: Infinity, credentialId: 'abc' },
  };
  const settings = loadSettings(GatewaySettings, {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    AIKA_ACCESS_TRAIL_INTERVAL_MS: '10',
  });
  const reading = (customer: string) => ({
    ...{ by, operationId: 'getClaimHistory', customers: [customer], object: 'clm-1', traceId: 't' },
  });

  it('are one for what is alike', async () => {
    const sent: OutgoingMessage[] = [];
    const trail = new AccessTrail({ sendAll: (all) => (sent.push(...all), Promise.resolve([])) }, settings);
    for (const code of ['SIGNATURE', 'SIGNATURE', 'EXPIRED']) trail.refused(code, 't');
    for (const object of ['clm-1', 'clm-2', 'clm-1']) trail.read({ ...reading('cust-1'), object });
    trail.read(reading('cust-2'));
    await trail.onApplicationShutdown();
    expect(sent.map(({ payload }) => payload)).toMatchObject([
      { details: { code: 'SIGNATURE', count: '2' } },
      { details: { code: 'EXPIRED', count: '1' } },
      { customerId: 'cust-1', details: { count: '3', objects: 'clm-1 clm-2' } },
      { customerId: 'cust-2', object: 'clm-1', details: { count: '1' } },
    ]);
  });

  it('are tried again under the same ids, and held back readings are refused', async () => {
    const tried: (readonly OutgoingMessage[])[] = [];
    let isUp = false;
    const sendAll = (messages: readonly OutgoingMessage[]) => {
      tried.push(messages);
      return isUp ? Promise.resolve([]) : Promise.reject(new LogError('UNAVAILABLE', 'away', true));
    };
    const trail = new AccessTrail({ sendAll }, settings);
    expect(trail.read(reading('cust-1'))).toBe(true);
    for (let n = 0; n < 100 && tried.length < 2; n++) await sleep(10);
    expect(tried[1]?.[0]).toEqual(tried[0]?.[0]);
    for (let n = 0; n < 10_000; n++) trail.read(reading(`cust-${n}`));
    expect(trail.read(reading('cust-1'))).toBe(false);
    isUp = true;
    await trail.onApplicationShutdown();
    expect(new Set(tried.at(-1)?.map(({ messageId }) => messageId)).size).toBe(tried.at(-1)?.length);
    expect(trail.read(reading('cust-1'))).toBe(true);
  });
});

describe('whose personal data an answer holds', () => {
  const of = (answer: unknown, operationId = 'getClaimHistory') => [
    ...customersIn(answer, operationId, catalogue, ['told']),
  ];

  it('is said by the messages in it', () => {
    expect(of({ records: [{ message: message('cust-1') }, { message: message('cust-2') }] })).toEqual([
      'cust-1',
      'cust-2',
    ]);
    const { type, example } = SendConversationMessage;
    expect(of({ events: [{ type, payload: { ...example, customerId: 'cust-3' } }] })).toEqual(['cust-3']);
  });

  it('is nobody where no marked field is filled', () => {
    const marked = personalFieldNames([RegisterCustomer.payload]);
    const { payload } = message('cust-1');
    const bare = Object.fromEntries(Object.entries(payload).filter(([name]) => !marked.has(name)));
    expect(of({ type: RegisterCustomer.type, payload: bare })).toEqual([]);
    expect(of({ claimId: 'clm-1', customerId: 'cust-1', reasons: [{ code: 'x', detail: 'y' }] })).toEqual([]);
  });

  it('is taken as personal where nobody knows, and told where the answer does not say', () => {
    expect(of({ messageType: 'UNKNOWN', payload: { a: 1 } })).toEqual(['told']);
    expect(of({ items: [{ text: 'hello' }] }, 'listConversationMessages')).toEqual(['told']);
    expect(of({ items: [{ text: 'hello' }] }, 'listClaims')).toEqual([]);
    expect(of({ id: 'l', customerId: 'cust-9', body: '{}' }, 'getDeadLetter')).toEqual(['cust-9']);
  });
});
