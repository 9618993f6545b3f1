import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, freePort, type TestDatabase } from '@aika/testing';
import { EdgeProcesses } from '../processes/edge-processes.js';
import { World } from './world.js';

jest.setTimeout(120_000);

/** Time for what the first people do, and soon over for what nobody does. */
const DESK_TERMS = {
  AIKA_CLAIM_DECISION_WITHIN_MS: '4000',
  AIKA_CLAIM_MANAGER_DECISION_WITHIN_MS: '1000',
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The test asks for members of many shapes.
  readonly body: Readonly<Record<string, unknown>>;
}

interface Paper {
  readonly kind: string;
}

describe('a claim over HTTP alone', () => {
  const customerId = `cust-${randomUUID()}`;
  let world: World;
  let database: TestDatabase;
  let edge: EdgeProcesses;

  beforeAll(async () => {
    [world, database] = await Promise.all([World.create({ env: DESK_TERMS }), createTestDatabase()]);
    edge = await EdgeProcesses.start({
      brokers: world.brokers,
      namespace: world.namespace,
      databaseUrl: database.url,
      ports: { gateway: await freePort(), projector: await freePort() },
      logDir: join(world.folder, 'logs'),
      env: { AIKA_SESSION_TIMEOUT_MS: '3000' },
    });
  });

  afterAll(async () => {
    await edge.stop();
    await world.close();
    await database.drop();
  });

  async function call(
    method: string,
    path: string,
    body?: object,
    position?: string,
    key: string = randomUUID(),
  ): Promise<Answer> {
    const response = await fetch(edge.url + path, {
      method,
      headers: {
        prefer: 'wait=10',
        ...(position === undefined ? {} : { 'aika-position': position }),
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify({ customerId, ...body }) } : {}),
    });
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Answer['body'] };
  }

  /** A command that is carried out; then what it changed, read at the position of its outcome. */
  async function done(path: string, body: object): Promise<{ outcome: Answer; resource: Answer }> {
    const outcome = await call('POST', path, body);
    expect([path, outcome.status, outcome.body]).toEqual([path, 200, outcome.body]);
    const position = outcome.headers.get('aika-position') ?? undefined;
    const resource = await call('GET', String(outcome.headers.get('location')), undefined, position);
    expect([resource.status, resource.body]).toEqual([200, resource.body]);
    return { outcome, resource };
  }

  async function eventually(
    path: string,
    isRight: (body: Answer['body']) => boolean,
  ): Promise<Answer['body']> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const { body } = await call('GET', path);
      if (isRight(body)) return body;
      if (Date.now() > deadline) throw new Error(`${path} is still ${JSON.stringify(body)}`);
      await sleep(100);
    }
  }

  const items = (body: Answer['body']) => body['items'] as readonly Readonly<Record<string, unknown>>[];

  it('goes from a quote to an approval by a person, and its papers tell all of it', async () => {
    const { resource: quote } = await done('/v1/quotes', {
      product: 'MOTOR',
      motor: { district: 1, engine: '<1l', driverAge: 45 },
      effectiveFrom: world.daysAgo(120),
      bookTransfer: true,
    });
    expect(quote.body).toMatchObject({ customerId, status: 'issued' });
    const quoteId = String(quote.body['quoteId']);
    const { resource: policy } = await done(`/v1/quotes/${quoteId}/acceptance`, {});
    expect(policy.body).toMatchObject({ customerId, quoteId, versions: [{ version: 1 }] });
    const policyId = String(policy.body['policyId']);

    const { outcome, resource: claim } = await done('/v1/claims', {
      policyId,
      lossAt: world.daysAgo(3),
      cause: 'COLLISION',
      estimatedLoss: { amount: 1_840_000, currency: 'GBP' },
    });
    const claimId = String(claim.body['claimId']);
    expect(outcome.body).toMatchObject({ outcome: { payload: { claimId } } });

    const [approval] = items(
      await eventually(`/v1/approvals?customer=${customerId}&status=open`, (body) => items(body).length > 0),
    );
    expect(approval).toMatchObject({
      claimId,
      kind: 'referred',
      recommendation: { decision: 'APPROVE', amount: approval?.['payable'] },
      reasons: [{ code: 'above_automatic_limit' }],
    });
    const decision = { decision: 'APPROVE', decidedBy: 'jo.adjuster', reason: 'The workshop confirms it.' };
    const approved = await call('POST', `/v1/approvals/${claimId}/decision`, decision);
    expect(approved.body).toMatchObject({ outcome: { messageType: 'CLAIM_APPROVED' } });

    const late = { decision: 'DENY', decidedBy: 'mo.manager', reason: 'Too much.' };
    const second = await call('POST', `/v1/approvals/${claimId}/decision`, late);
    expect([second.status, second.body]).toEqual([
      409,
      expect.objectContaining({
        code: 'already_decided',
        detail: expect.stringMatching(/^jo\.adjuster already approved the claim with [\d,.]+ GBP/),
      }),
    ]);

    const hasEnded = ({ papers }: Answer['body']) =>
      ['closing', 'refusal'].every((kind) =>
        (papers as readonly Paper[]).some((paper) => paper.kind === kind),
      );
    const file = await eventually(`/v1/claims/${claimId}/papers`, hasEnded);
    const papers = file['papers'] as readonly Paper[];
    const kinds = papers.map(({ kind }) => kind);
    const places = ['notice', 'cover', 'referral', 'decision', 'payment', 'closing'].map((kind) =>
      kinds.indexOf(kind),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
    expect(kinds).toEqual(expect.arrayContaining(['fraud', 'reserve', 'notification']));
    expect(papers.find(({ kind }) => kind === 'decision')).toMatchObject({
      decidedBy: 'jo.adjuster',
      reasons: [{ code: 'approved_by_person', detail: 'The workshop confirms it.' }],
    });

    await becomes('handled', outcome);
    await becomes('handled', approved);
    await becomes('refused', second);
    const told = await eventually(
      `/v1/notifications?customer=${customerId}&status=delivered&template=claim-paid`,
      (body) => items(body).length > 0,
    );
    expect(items(told)).toMatchObject([{ channel: 'LOG', status: 'delivered', parameters: { claimId } }]);
    const assessed = await call('GET', `/v1/assessments?customer=${customerId}`);
    expect(items(assessed.body)).toMatchObject([{ purpose: 'QUOTE', riskScore: expect.any(Number) }]);
    const history = await call('GET', `/v1/policies/${policyId}/history?asOf=${world.daysAgo(-1)}`);
    expect(history.body).toMatchObject({ versionInForce: 1 });
  });

  it('waits for people: for an answer, for the next one when nobody decides, and takes one decision', async () => {
    const customer = `cust-${randomUUID()}`;
    const policyId = await world.bindPolicy(customer, `conv-${randomUUID()}`);
    const file = async (cause: string, days: number): Promise<string> => {
      const estimatedLoss = { amount: 1_840_000, currency: 'GBP' };
      const loss = { customerId: customer, policyId, lossAt: world.daysAgo(days), cause, estimatedLoss };
      const { resource } = await done('/v1/claims', loss);
      const claimId = String(resource.body['claimId']);
      await eventually(`/v1/approvals?customer=${customer}&status=open`, (body) =>
        items(body).some((approval) => approval['claimId'] === claimId),
      );
      return claimId;
    };
    const decide = (claimId: string, decidedBy: string, decision: object, key?: string): Promise<Answer> => {
      const body = { customerId: customer, decidedBy, reason: 'It has been looked at.', ...decision };
      return call('POST', `/v1/approvals/${claimId}/decision`, body, undefined, key);
    };
    const left = await file('THEFT', 30);
    const asked = await file('COLLISION', 60);

    const question = 'Please send the invoice.';
    const { body: asking } = await decide(asked, 'jo.adjuster', { decision: 'ASK', question });
    expect(asking).toMatchObject({ outcome: { messageType: 'CLAIM_INFORMATION_REQUESTED' } });
    const letters = `/v1/notifications?customer=${customer}&status=delivered&template=claim-question`;
    const told = await eventually(letters, (body) => items(body).length > 0);
    expect(items(told)).toMatchObject([{ parameters: { claimId: asked, question } }]);
    const answer = {
      from: 'CUSTOMER',
      providedBy: customer,
      text: 'Here it is.',
      documents: ['invoice.pdf'],
    };
    const sent = await call('POST', `/v1/claims/${asked}/answers`, { customerId: customer, ...answer });
    expect(sent.body).toMatchObject({ outcome: { messageType: 'CLAIM_INFORMATION_PROVIDED' } });
    const position = sent.headers.get('aika-position') ?? undefined;
    const { body: desk } = await call('GET', `/v1/approvals/${asked}`, undefined, position);
    expect(desk).toMatchObject({
      status: 'open',
      requiredAuthority: 'ADJUSTER',
      dueAt: expect.any(String),
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: 'automatic_limit', outcome: 'NOT_MET' }),
      ]),
      questions: [{ question, status: 'answered' }],
      answers: [{ text: 'Here it is.', documents: ['invoice.pdf'] }],
    });

    // A double click: one message, and the same answer to both.
    const amount = { amount: 1_000_000, currency: 'GBP' };
    const click = () => decide(asked, 'jo.adjuster', { decision: 'CHANGE', amount }, `click-${asked}`);
    const [first, second] = await Promise.all([click(), click()]);
    expect([first.status, second.status, second.body]).toEqual([200, 200, first.body]);
    expect(first.body).toMatchObject({
      outcome: { messageType: 'CLAIM_APPROVED', payload: { payable: amount } },
    });
    await eventually(
      `/v1/claims/${asked}`,
      ({ paid }) => (paid as { amount: number }).amount === amount.amount,
    );

    // Nobody has decided this one: first it is a manager's, and then nobody is above.
    const overdue = await eventually(`/v1/approvals?customer=${customer}&overdue=true`, (body) =>
      items(body).some(({ escalationLevel }) => escalationLevel === 2),
    );
    expect(items(overdue)).toMatchObject([{ claimId: left, requiredAuthority: 'MANAGER', status: 'open' }]);
    const urgent = await call('GET', '/v1/topics/events.high/messages?limit=100');
    expect(JSON.stringify(urgent.body)).toContain('CLAIM_REFERRAL_ESCALATED');

    // Two people at once: one decision, and the other is told whose, what and when.
    const both = await Promise.all([
      decide(left, 'mo.manager', { decision: 'APPROVE' }),
      decide(left, 'mia.manager', { decision: 'DENY' }),
    ]);
    const [won, lost] = both.toSorted((a, b) => a.status - b.status);
    expect([won?.status, lost?.status]).toEqual([200, 409]);
    const hasApproved = won === both[0];
    expect(lost?.body).toMatchObject({
      code: 'already_decided',
      detail: expect.stringMatching(
        hasApproved
          ? /^mo\.manager already approved the claim with [\d,.]+ GBP at 20/
          : /^mia\.manager already denied the claim at 20/,
      ),
    });
    const by = hasApproved ? 'mo.manager' : 'mia.manager';
    const decided = await eventually(`/v1/approvals/${left}`, ({ status }) => status !== 'open');
    expect(decided).toMatchObject({ status: hasApproved ? 'approved' : 'denied', decidedBy: by });
    expect(decided).not.toHaveProperty('dueAt');
  });

  /** What the link to the status of a command tells. */
  async function becomes(status: string, { body }: Answer): Promise<void> {
    const path = `/v1/commands/${String(body['messageId'])}`;
    await eventually(path, (found) => found['status'] === status);
  }
});
