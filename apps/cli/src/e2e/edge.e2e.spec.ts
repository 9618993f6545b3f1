import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, freePort, type TestDatabase } from '@aika/testing';
import { EdgeProcesses } from '../processes/edge-processes.js';
import { World } from './world.js';

jest.setTimeout(120_000);

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
    [world, database] = await Promise.all([World.create(), createTestDatabase()]);
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

  async function call(method: string, path: string, body?: object, position?: string): Promise<Answer> {
    const response = await fetch(edge.url + path, {
      method,
      headers: {
        prefer: 'wait=10',
        ...(position === undefined ? {} : { 'aika-position': position }),
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
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

  /** What the link to the status of a command tells. */
  async function becomes(status: string, { body }: Answer): Promise<void> {
    const path = `/v1/commands/${String(body['messageId'])}`;
    await eventually(path, (found) => found['status'] === status);
  }
});
