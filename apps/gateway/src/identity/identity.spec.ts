import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AcceptQuote,
  AuditRecorded,
  catalogue,
  ClaimApproved,
  ClaimFiled,
  ClaimRiskAssessed,
  DecideReferredClaim,
  FileClaim,
  ProvideClaimInformation,
  RegisterCustomer,
} from '@aika/contracts';
import { MessageSender } from '@aika/messaging';
import { Reader } from '../live/live.suite.js';
import { NAMESPACE, TestGateway } from '../testing/gateway.fixtures.js';
import { TestIdentity } from './testing/identity.fixtures.js';

const identity = new TestIdentity();
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await TestGateway.start({ env: identity.env, providers: identity.providers() });
  identity.owners.set('policy', 'pol-1', 'cust-1');
  identity.owners.set('conversation', 'conv-mixed', 'cust-1', 'cust-2');
});
afterAll(() => gateway.close());

const agents = identity.as(['agent-operator']);
const claimOf = (customerId: string) => {
  const { lossAt, cause, estimatedLoss } = FileClaim.example;
  return { customerId, policyId: 'pol-1', lossAt, cause, estimatedLoss };
};

describe('a decision over HTTP', () => {
  const { decision, reason, amount } = DecideReferredClaim.example;
  const body = { customerId: 'cust-1', decision, reason, amount, decidedBy: 'somebody.else' };
  const decided = async (claimId: string, headers: Record<string, string>, more: object = {}) => {
    const answer = await gateway.call('POST', `/v1/approvals/${claimId}/decision`, {
      body: { ...body, ...more },
      headers,
    });
    expect(answer.status).toBe(202);
    const sent = await gateway.messages('commands');
    return sent.find(({ payload }) => payload['claimId'] === claimId);
  };

  it('is of who asks and within what they may, whatever the body says', async () => {
    const anna = identity.as(['adjuster'], { sub: 'anna', authority: { GBP: 5_000 } });
    const forged = { authority: { role: 'MANAGER', limits: [] }, decided_by: 'mia' };
    const command = await decided('clm-1', anna, forged);
    expect(command?.payload).toMatchObject({
      decidedBy: 'anna',
      authority: { role: 'ADJUSTER', limits: [{ amount: 5_000, currency: 'GBP' }] },
    });
    expect(command?.metadata['actor']).toBe('anna');
  });

  it('of a manager has the authority of one', async () => {
    const command = await decided('clm-2', identity.as(['adjuster', 'manager'], { sub: 'mia' }));
    expect(command?.payload).toMatchObject({ decidedBy: 'mia', authority: { role: 'MANAGER', limits: [] } });
  });

  it('needs no name in the body', async () => {
    const command = await decided('clm-3', identity.as(['manager'], { sub: 'mia' }), {
      decidedBy: undefined,
    });
    expect(command?.payload).toMatchObject({ decidedBy: 'mia' });
  });

  it.each([[''], ['x'.repeat(101)], [null], [7]])('is refused where the body names %p', async (decidedBy) => {
    const answer = await gateway.call('POST', '/v1/approvals/clm-4/decision', {
      body: { ...body, decidedBy },
      headers: identity.as(['manager'], { sub: 'mia' }),
    });
    expect([answer.status, answer.body?.['violations']]).toEqual([
      400,
      [expect.objectContaining({ path: '/decidedBy' })],
    ]);
  });
});

describe('an answer over HTTP', () => {
  const { text } = ProvideClaimInformation.example;
  const answer = (claimId: string, headers: Record<string, string>, more: object) =>
    gateway.call('POST', `/v1/claims/${claimId}/answers`, {
      body: { customerId: 'cust-1', text, providedBy: 'somebody.else', ...more },
      headers,
    });

  it('of a customer is in their own name, whatever the body says', async () => {
    identity.owners.set('claim', 'clm-7', 'cust-1');
    const own = identity.customer('cust-1');
    expect((await answer('clm-7', own, { from: 'CUSTOMER' })).status).toBe(202);
    const [sent] = (await gateway.messages('commands')).filter(
      ({ payload }) => payload['claimId'] === 'clm-7',
    );
    expect(sent?.payload).toMatchObject({ from: 'CUSTOMER', providedBy: sent?.metadata['actor'] });
    expect(sent?.payload['providedBy']).not.toBe('somebody.else');
    for (const more of [{ from: 'ASSESSOR' }, {}]) {
      expect((await answer('clm-7', own, more)).status).toBe(403);
    }
  });

  it('of an employee may be that of the assessor', async () => {
    const headers = identity.as(['adjuster'], { sub: 'anna' });
    expect((await answer('clm-8', headers, { from: 'ASSESSOR' })).status).toBe(202);
    const sent = (await gateway.messages('commands')).find(({ payload }) => payload['claimId'] === 'clm-8');
    expect(sent?.payload).toMatchObject({ from: 'ASSESSOR', providedBy: 'anna' });
  });
});

describe('a whole message over HTTP', () => {
  const produce = (topic: string, message: object, headers: Record<string, string> = agents) =>
    gateway.call('POST', `/v1/topics/${topic}/messages`, { body: message, headers });

  it('says nothing that only agents or the routes for it say', async () => {
    const approval = { messageType: ClaimApproved.type, payload: ClaimApproved.example };
    expect((await produce('events', approval)).status).toBe(403);
    const { messageType, ...rest } = approval;
    expect((await produce('events', { ...rest, message_type: messageType })).status).toBe(403);
    const decision = { messageType: DecideReferredClaim.type, payload: DecideReferredClaim.example };
    expect((await produce('commands', decision)).status).toBe(403);
    expect((await produce('commands', decision, identity.as(['agent-operator', 'manager']))).status).toBe(
      403,
    );
  });

  it('is no line of the audit trail', async () => {
    const line = { messageType: AuditRecorded.type, payload: AuditRecorded.example };
    for (const headers of [agents, identity.as(['agent-operator', 'manager', 'auditor'])]) {
      expect((await produce('audit', line, headers)).status).toBe(403);
    }
  });

  it('gives no command that the role may not give by its route', async () => {
    const accept = { messageType: AcceptQuote.type, payload: AcceptQuote.example };
    expect((await produce('commands', accept)).status).toBe(403);
    expect((await produce('commands', accept, identity.as(['agent-operator', 'manager']))).status).toBe(201);
    const filed = { messageType: ClaimFiled.type, payload: ClaimFiled.example };
    expect((await produce('events', filed)).status).toBe(201);
  });

  it('is not made of a dead letter either', async () => {
    const message = { message_type: DecideReferredClaim.type, payload: DecideReferredClaim.example };
    const body = { by: 'x', reason: 'y', message };
    const { status } = await gateway.call('POST', '/v1/dead-letters/letter-none/edit', {
      body,
      headers: agents,
    });
    expect(status).toBe(403);
  });
});

describe('a customer', () => {
  const headers = identity.customer('cust-1');

  it('does not overtake others', async () => {
    const body = claimOf('cust-1');
    const high = { ...headers, 'aika-priority': 'HIGH' };
    expect((await gateway.call('POST', '/v1/claims', { body, headers: high })).status).toBe(403);
    expect((await gateway.call('POST', '/v1/claims', { body, headers })).status).toBe(202);
  });

  it('does not read a conversation in which another has written under the same id', async () => {
    const { status } = await gateway.call('GET', '/v1/conversations/conv-mixed/messages', { headers });
    expect(status).toBe(404);
  });

  it('waits for what was made a moment ago, and as long for what is not theirs', async () => {
    const env = { ...identity.env, AIKA_OWNERSHIP_WAIT_MS: '1500' };
    const patient = await TestGateway.start({ env, providers: identity.providers() });
    const accept = async (quoteId: string) => {
      const begun = performance.now();
      const { status } = await patient.call('POST', `/v1/quotes/${quoteId}/acceptance`, {
        body: { customerId: 'cust-1' },
        headers,
      });
      return [status, performance.now() - begun >= 1_500];
    };
    identity.owners.set('quote', 'quo-2', 'cust-2');
    setTimeout(() => identity.owners.set('quote', 'quo-1', 'cust-1'), 120);
    const answers = await Promise.all([accept('quo-1'), accept('quo-2'), accept('quo-3')]);
    expect(answers).toEqual([
      [202, false],
      [404, true],
      [404, true],
    ]);
    await patient.close();
  });

  it('has idempotency keys of their own', async () => {
    const keyed = (customer: string) => ({ ...identity.customer(customer), 'idempotency-key': 'same' });
    const file = (customer: string) =>
      gateway.call('POST', '/v1/claims', { body: claimOf(customer), headers: keyed(customer) });
    identity.owners.set('policy', 'pol-1', 'cust-1');
    const first = await file('cust-1');
    identity.owners.set('policy', 'pol-1', 'cust-2');
    const second = await file('cust-2');
    identity.owners.set('policy', 'pol-1', 'cust-1');
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body?.['messageId']).not.toBe(first.body?.['messageId']);
    expect((await file('cust-1')).headers.get('idempotency-replayed')).toBe('true');
  });
});

describe('the live stream', () => {
  const send = async (...messages: [Parameters<MessageSender['send']>[0], object][]) => {
    const log = gateway.broker.connect('test');
    const sourceAgentId = 'risk-assessment-agent';
    const sender = await MessageSender.create({ log, catalogue, namespace: NAMESPACE, sourceAgentId });
    for (const [definition, payload] of messages) await sender.send(definition, payload as never);
    await sender.close();
    await log.close();
  };
  const open = (headers: Record<string, string>, query = '') =>
    Reader.open({ gateway }, query, undefined, headers);

  it('shows a customer the events about them, and not what the insurer thinks', async () => {
    const reader = await open(identity.customer('cust-live'));
    const about = { customerId: 'cust-live', claimId: 'clm-live' };
    await send(
      [RegisterCustomer, { ...RegisterCustomer.example, customerId: 'cust-live' }],
      [ClaimRiskAssessed, { ...ClaimRiskAssessed.example, ...about }],
      [ClaimFiled, { ...ClaimFiled.example, customerId: 'cust-else' }],
      [ClaimFiled, { ...ClaimFiled.example, ...about }],
    );
    const seen = await reader.until(1);
    expect(seen).toMatchObject([{ event: 'CLAIM_FILED', data: { message: { payload: about } } }]);
    reader.close();
  });

  it('shows an operator everything but personal data, and an adjuster that too', async () => {
    const [masked, whole] = [
      await open(agents, '?customer=cust-p'),
      await open(identity.as(['adjuster']), '?customer=cust-p'),
    ];
    await send([RegisterCustomer, { ...RegisterCustomer.example, customerId: 'cust-p' }]);
    const [[hidden], [shown]] = [await masked.until(1), await whole.until(1)];
    expect(JSON.stringify(hidden)).not.toContain('Ada');
    expect(hidden?.data).toMatchObject({
      message: { payload: { customerId: 'cust-p', fullName: '[masked]', email: '[masked]' } },
    });
    expect(JSON.stringify(shown)).toContain('Ada Example');
    masked.close();
    whole.close();
  });

  it('ends when the token does', async () => {
    const token = identity.token({ roles: ['manager'] }, 1);
    const response = await fetch(`${gateway.url}/v1/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('retry:');
  });
});

describe('topics', () => {
  it('show operators and auditors no personal data', async () => {
    for (const role of ['agent-operator', 'auditor']) {
      const { text, status } = await gateway.call('GET', '/v1/topics/commands/messages?limit=200', {
        headers: identity.as([role]),
      });
      expect(status).toBe(200);
      expect(text).toContain('REGISTER_CUSTOMER');
      expect(text).toContain('[masked]');
      expect(text).not.toMatch(/Ada|example\.org|20 7946/);
    }
  });
});

describe('API keys over HTTP', () => {
  const call = (headers: Record<string, string>) => gateway.call('GET', '/v1/topics', { headers });

  it('let in as the roles that they have, until they are revoked', async () => {
    const { key, record } = await identity.apiKeys.create({
      subject: 'watch',
      roles: ['auditor'],
      authority: {},
    });
    expect((await call({ 'x-api-key': key })).status).toBe(200);
    const body = { messageType: ClaimFiled.type, payload: ClaimFiled.example };
    const produced = await gateway.call('POST', '/v1/topics/events/messages', {
      body,
      headers: { 'x-api-key': key },
    });
    expect(produced.status).toBe(403);
    await identity.apiKeys.revoke(record.id);
    const refused = await call({ 'x-api-key': key });
    expect([refused.status, refused.body?.['code']]).toEqual([401, 'API_KEY']);
    expect(refused.text).not.toContain(key);
  });

  it('are not sent beside a token', async () => {
    expect((await call({ ...agents, 'x-api-key': 'aika_0_0' })).body?.['code']).toBe('AMBIGUOUS');
    expect((await call({ authorization: 'Basic YTpi' })).status).toBe(401);
  });

  it('have a rate of their own', async () => {
    const { key } = await identity.apiKeys.create({
      subject: 'slow',
      roles: ['auditor'],
      authority: {},
      rateLimit: 3,
    });
    const answers = await Promise.all(Array.from({ length: 8 }, () => call({ 'x-api-key': key })));
    const limited = answers.filter(({ status }) => status === 429);
    // Eight in a row may stand in two seconds, of three each.
    expect(limited.length).toBeGreaterThanOrEqual(2);
    expect(limited[0]?.headers.get('retry-after')).toBe('1');
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"caller";q=3;w=1');
  });
});

describe('rates', () => {
  it('count for a customer over all their logins', async () => {
    const env = { ...identity.env, AIKA_RATE_LIMIT_PER_CUSTOMER: '4' };
    const strict = await TestGateway.start({ env, providers: identity.providers() });
    const calls = Array.from({ length: 12 }, (_, n) => {
      const headers = identity.as(['customer'], { sub: `login-${n}`, customer_id: 'cust-1' });
      return strict.call('POST', '/v1/claims', { body: claimOf('cust-1'), headers });
    });
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(4);
    await strict.close();
  });
});

describe('health and the document', () => {
  it('are open to everybody', async () => {
    for (const path of ['/health/live', '/openapi.json', '/docs']) {
      expect([path, (await gateway.call('GET', path)).status]).toEqual([path, 200]);
    }
  });
});
