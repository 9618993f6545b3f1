import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BehaviourRule } from './behaviour.js';
import { PaymentStore } from './payment-store.js';
import { PaymentsServer } from './payments-server.js';

const ORDER = {
  claimId: 'clm-1',
  customerId: 'cus-1',
  amount: { amount: 125_000, currency: 'EUR' },
  beneficiary: { name: 'A. Garage' },
};

let folder: string;
let store: PaymentStore;
let server: PaymentsServer;
let base: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aika-payments-'));
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<void> {
  store = new PaymentStore(join(folder, 'payments.sqlite'));
  server = new PaymentsServer(store);
  base = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
}

async function stop(): Promise<void> {
  await server.close();
  store.close();
}

interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly body: Record<string, unknown>;
}

async function call(method: string, path: string, body?: unknown, key?: string): Promise<Answered> {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(base + path, { method, headers, body: text });
  const parsed = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get('content-type'), body: parsed };
}

const pay = (key: string, order: unknown = ORDER): Promise<Answered> => call('POST', '/payments', order, key);
const behave = (...rules: BehaviourRule[]): Promise<Answered> => call('PUT', '/behaviour', { rules });
const ledger = async (query = ''): Promise<Record<string, unknown>> =>
  (await call('GET', `/ledger${query}`)).body;

describe('a payment', () => {
  it('is settled under its idempotency key', async () => {
    const { status, body } = await pay('k-1');
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'SETTLED', claimId: 'clm-1', amount: ORDER.amount });
    expect(body['providerReference']).toMatch(/^sbx-/);
  });

  it('is made once under 20 concurrent repeats, which all get the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay('k-1')));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(19);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await ledger()).toEqual({ count: 1, total: { EUR: 125_000 }, refused: 0 });
  });

  it('is the same when only the order of its fields differs', async () => {
    const first = await pay('k-1');
    const { amount, ...rest } = ORDER;
    expect(await pay('k-1', { amount: { currency: 'EUR', amount: amount.amount }, ...rest })).toMatchObject({
      status: 200,
      body: first.body,
    });
  });

  it.each([
    ['another amount', { ...ORDER, amount: { amount: 1, currency: 'EUR' } }],
    ['another beneficiary', { ...ORDER, beneficiary: { name: 'B. Garage' } }],
  ])('refuses the key of another body: %s', async (_what, other) => {
    await pay('k-1');
    const { status, type, body } = await pay('k-1', other);
    expect([status, type, body['code']]).toEqual([422, 'application/problem+json', 'IDEMPOTENCY_KEY_REUSED']);
    expect(await ledger()).toMatchObject({ count: 1, total: { EUR: 125_000 } });
  });

  it('tells everything that is wrong with it', async () => {
    const { status, body } = await call('POST', '/payments', { amount: { amount: -1, currency: 'euro' } });
    expect(status).toBe(400);
    expect(body['errors']).toHaveLength(5);
  });

  it('refuses a body that is no JSON or too large, and goes on', async () => {
    expect((await pay('k-1', '{ nope')).body['code']).toBe('NOT_JSON');
    const large = { ...ORDER, beneficiary: 'x'.repeat(5 * 1024 * 1024) };
    expect((await pay('k-1', large)).body['code']).toBe('BODY_TOO_LARGE');
    expect((await pay('k-1')).status).toBe(201);
  });
});

describe('behaviour', () => {
  it('refuses with a reason, and the key stays refused after the rule is gone', async () => {
    await behave({ claimId: 'clm-1', mode: 'refuse', reason: 'ACCOUNT_CLOSED' });
    const { status, body } = await pay('k-1');
    expect(status).toBe(402);
    expect(body).toMatchObject({ code: 'PAYMENT_REFUSED', reason: 'ACCOUNT_CLOSED' });
    await call('DELETE', '/behaviour');
    expect(await pay('k-1')).toMatchObject({ status: 402, body });
    expect((await pay('k-2')).status).toBe(201);
    expect(await ledger()).toMatchObject({ count: 1, refused: 1 });
  });

  it('slow: has paid before it answers, and a repeat need not wait', async () => {
    await behave({ customerId: 'cus-1', mode: 'slow', delayMs: 300 });
    const began = performance.now();
    const first = pay('k-1');
    while ((await ledger())['count'] === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const repeat = await pay('k-1');
    expect(performance.now() - began).toBeLessThan(300);
    expect((await first).body).toEqual(repeat.body);
    expect(performance.now() - began).toBeGreaterThanOrEqual(295);
  });

  it('lose-answer: pays and drops the connection, and the repeat gets the settled answer', async () => {
    await behave({ mode: 'lose-answer' });
    await expect(pay('k-1')).rejects.toThrow();
    expect(await ledger()).toMatchObject({ count: 1 });
    expect(await pay('k-1')).toMatchObject({ status: 200, body: { status: 'SETTLED' } });
    expect(await ledger()).toMatchObject({ count: 1 });
  });

  it('fail: pays nothing and leaves the key free', async () => {
    await behave({ mode: 'fail', times: 2 });
    expect((await pay('k-1')).body['code']).toBe('PROVIDER_UNAVAILABLE');
    expect((await pay('k-1')).status).toBe(503);
    expect(await ledger()).toMatchObject({ count: 0 });
    expect((await pay('k-1')).status).toBe(201);
  });

  it('lets the first matching rule apply that is not used up, and others alone', async () => {
    await behave({ claimId: 'clm-1', mode: 'refuse', times: 1 }, { claimId: 'clm-1', mode: 'fail' });
    expect((await pay('k-1')).status).toBe(402);
    expect((await pay('k-2')).status).toBe(503);
    expect((await pay('k-3', { ...ORDER, claimId: 'clm-2' })).status).toBe(201);
    const rules = (await call('GET', '/behaviour')).body['rules'];
    expect(rules).toMatchObject([{ remaining: 0 }, { remaining: null }]);
  });

  it('refuses rules that mean nothing, naming each', async () => {
    const rules = [{ mode: 'explode' }, { mode: 'fail', delayMs: 5 }, { mode: 'refuse', times: 0, typo: 1 }];
    const { status, body } = await call('PUT', '/behaviour', { rules });
    expect(status).toBe(400);
    expect(body['errors']).toHaveLength(4);
  });
});

describe('the ledger', () => {
  it('counts and sums per claim, customer and currency, and lists the newest first', async () => {
    await pay('k-1');
    await pay('k-2', { ...ORDER, claimId: 'clm-2', amount: { amount: 500, currency: 'EUR' } });
    await pay('k-3', { ...ORDER, customerId: 'cus-2', amount: { amount: 70, currency: 'DKK' } });
    expect(await ledger()).toEqual({ count: 3, total: { DKK: 70, EUR: 125_500 }, refused: 0 });
    expect(await ledger('?claimId=clm-2')).toMatchObject({ count: 1, total: { EUR: 500 } });
    expect(await ledger('?customerId=cus-1')).toMatchObject({ count: 2 });
    expect(await ledger('?claimId=clm-1&customerId=cus-2&limit=5')).toMatchObject({
      count: 1,
      entries: [{ idempotencyKey: 'k-3' }],
    });
    expect((await ledger('?limit=2'))['entries']).toMatchObject([
      { idempotencyKey: 'k-3' },
      { idempotencyKey: 'k-2' },
    ]);
  });

  it('and the behaviour outlive a restart', async () => {
    await behave({ claimId: 'clm-9', mode: 'refuse', times: 3 });
    const before = await pay('k-1');
    await pay('k-9', { ...ORDER, claimId: 'clm-9' });
    await stop();
    await start();
    expect(await pay('k-1')).toMatchObject({ status: 200, body: before.body });
    expect((await call('GET', '/behaviour')).body['rules']).toMatchObject([{ times: 3, remaining: 2 }]);
    expect(await ledger()).toMatchObject({ count: 1, refused: 1 });
  });
});

describe('the server', () => {
  it('is healthy, keeps connections and names what it does not have', async () => {
    const response = await fetch(`${base}/health`);
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'keep-alive']);
    expect(await response.json()).toEqual({ status: 'ok' });
    expect((await call('GET', '/nothing')).body['code']).toBe('NOT_FOUND');
    expect((await call('DELETE', '/ledger')).body).toMatchObject({ status: 405, allowed: 'GET' });
  });
});
