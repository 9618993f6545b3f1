import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SandboxPayments } from './sandbox-payments.js';

const request = {
  customerId: 'cust-1',
  claimId: 'clm-1',
  paymentId: 'clm-1-pay-1',
  amount: { amount: 35_000, currency: 'GBP' },
} as const;
const unknown = expect.objectContaining({ code: 'PAYMENT_OUTCOME_UNKNOWN', retriable: true });
const invalid = expect.objectContaining({ code: 'PAYMENT_REQUEST_INVALID', retriable: false });

describe('the payments sandbox as provider', () => {
  let server: Server | undefined;

  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
  });

  const serve = async (listener: RequestListener): Promise<SandboxPayments> => {
    const started = (server = createServer(listener));
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    return new SandboxPayments(`http://127.0.0.1:${(started.address() as AddressInfo).port}`);
  };
  const answering = (status: number, body: unknown) =>
    serve((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  const pay = async (provider: Promise<SandboxPayments>, signal = new AbortController().signal) =>
    (await provider).pay(request, { idempotencyKey: 'eff-1', signal });

  it('posts the payment under its idempotency key', async () => {
    const seen: { request: IncomingMessage; body: string }[] = [];
    const provider = serve((incoming, response) => {
      void text(incoming).then((body) => {
        seen.push({ request: incoming, body });
        response.writeHead(201).end(JSON.stringify({ providerReference: 'sandbox-1' }));
      });
    });
    await pay(provider);
    const [call] = seen;
    expect(call?.request).toMatchObject({ method: 'POST', url: '/payments' });
    expect(call?.request.headers).toMatchObject({
      'idempotency-key': 'eff-1',
      'content-type': 'application/json',
    });
    const { customerId, claimId, amount } = request;
    expect(JSON.parse(call?.body ?? '')).toEqual({ customerId, claimId, amount });
  });

  it.each([201, 200])('takes %i as settled: 200 repeats an earlier answer', async (status) => {
    const answer = pay(answering(status, { status: 'SETTLED', providerReference: 'sandbox-1' }));
    await expect(answer).resolves.toEqual({ status: 'SETTLED', providerReference: 'sandbox-1' });
  });

  it("takes 402 as refused, with the provider's reason", async () => {
    const problem = { code: 'PAYMENT_REFUSED', reason: 'ACCOUNT_CLOSED', detail: 'The account is closed.' };
    await expect(pay(answering(402, problem))).resolves.toEqual({
      status: 'REFUSED',
      reason: { code: 'account_closed', detail: 'The account is closed.' },
    });
  });

  it('takes a 402 without a readable reason as refused all the same', async () => {
    await expect(pay(answering(402, ''))).resolves.toEqual({
      status: 'REFUSED',
      reason: { code: 'payment_refused', detail: 'The payment provider gave no details.' },
    });
  });

  it.each([500, 503, 404, 409, 429, 302])('does not know the outcome after %i', async (status) => {
    await expect(pay(answering(status, { detail: 'Not now.' }))).rejects.toEqual(unknown);
  });

  it.each([400, 422])('does not ask again after %i: the request itself is wrong', async (status) => {
    await expect(pay(answering(status, { detail: 'Wrong.' }))).rejects.toEqual(invalid);
  });

  it('does not know the outcome when the answer is lost', async () => {
    const provider = serve((incoming) => incoming.socket.destroy());
    await expect(pay(provider)).rejects.toEqual(unknown);
  });

  it('does not know the outcome when the answer breaks off', async () => {
    const provider = serve((_, response) => {
      response.writeHead(201, { 'content-length': '100' });
      response.write('{"status":', () => response.destroy());
    });
    await expect(pay(provider)).rejects.toEqual(unknown);
  });

  it('does not know the outcome when a settled payment has no reference', async () => {
    await expect(pay(answering(201, '<html>proxy</html>'))).rejects.toEqual(unknown);
  });

  it('does not know the outcome when nobody answers in time', async () => {
    const provider = serve(() => undefined);
    await expect(pay(provider, AbortSignal.timeout(50))).rejects.toEqual(unknown);
  });

  it('does not know the outcome when nobody listens', async () => {
    await expect(pay(Promise.resolve(new SandboxPayments('http://127.0.0.1:1')))).rejects.toEqual(unknown);
  });
});
