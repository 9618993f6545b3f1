import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_DELAY_MS, readBehaviour } from './behaviour.js';
import { readPaymentOrder, type Payment } from './payment.js';
import type { Attempt, PaymentStore } from './payment-store.js';
import { problem, ProblemError, rejectViolations, type Problem } from './problem.js';

/** A handler answers with a document, or with nothing when the connection is to be dropped. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}
type Handler = (request: IncomingMessage, url: URL) => Promise<Answer | undefined> | Answer;

const LARGEST_BODY = 4 * 1024 * 1024;
const MOST_ENTRIES = 1_000;

/** The provider's HTTP side over one store. */
export class PaymentsServer {
  private readonly server: Server;
  private readonly stopping = new AbortController();
  private readonly routes: Readonly<Record<string, Readonly<Record<string, Handler>>>>;

  constructor(private readonly store: PaymentStore) {
    this.routes = {
      '/payments': { POST: (request) => this.pay(request) },
      '/behaviour': {
        GET: () => this.behaviour(),
        PUT: (request) => this.replaceBehaviour(request),
        DELETE: () => this.clearBehaviour(),
      },
      '/ledger': { GET: (_request, url) => this.ledger(url) },
      '/health': { GET: () => ({ status: 200, body: { status: 'ok' } }) },
    };
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  /** Starts listening and gives the port. @throws Node's error (such as EADDRINUSE) when that fails */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => resolve());
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Answers what has begun, delayed answers at once, and closes. */
  async close(): Promise<void> {
    this.stopping.abort();
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => this.server.closeAllConnections(), 2_000).unref();
      this.server.close(() => {
        clearTimeout(force);
        resolve();
      });
      this.server.closeIdleConnections();
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.answer(request).catch((error: unknown) =>
      request.errored === null ? toAnswer(error) : undefined,
    );
    if (answer === undefined || response.destroyed) {
      request.socket.destroy();
      return;
    }
    const failed = answer.status >= 400;
    response.writeHead(answer.status, {
      'content-type': failed ? 'application/problem+json' : 'application/json',
      // An unread rest of a refused body would be taken for the next request on this connection.
      ...(request.complete && !this.stopping.signal.aborted ? {} : { connection: 'close' }),
    });
    response.end(JSON.stringify(answer.body));
  }

  private async answer(request: IncomingMessage): Promise<Answer | undefined> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const methods = this.routes[url.pathname];
    if (methods === undefined) throw new ProblemError(problem('NOT_FOUND', `no resource ${url.pathname}`));
    const handler = methods[request.method ?? ''];
    if (handler !== undefined) return handler(request, url);
    const allowed = Object.keys(methods).join(', ');
    throw new ProblemError(problem('METHOD_NOT_ALLOWED', `${url.pathname} takes ${allowed}`, { allowed }));
  }

  private async pay(request: IncomingMessage): Promise<Answer | undefined> {
    const key = request.headers['idempotency-key'];
    const order = readPaymentOrder(Array.isArray(key) ? key[0] : key, await readJson(request));
    const attempt = this.store.attempt(order);
    if (attempt.outcome === 'first' && attempt.rule?.mode === 'lose-answer') return undefined;
    if (attempt.outcome === 'first' && attempt.rule?.mode === 'slow') {
      await this.pause(attempt.rule.delayMs ?? DEFAULT_DELAY_MS);
    }
    return paymentAnswer(attempt);
  }

  private behaviour(): Answer {
    return { status: 200, body: { rules: this.store.rules() } };
  }

  private async replaceBehaviour(request: IncomingMessage): Promise<Answer> {
    this.store.replaceRules(readBehaviour(await readJson(request)));
    return this.behaviour();
  }

  private clearBehaviour(): Answer {
    this.store.replaceRules([]);
    return this.behaviour();
  }

  private ledger(url: URL): Answer {
    const limit = url.searchParams.get('limit') ?? '0';
    if (!/^\d{1,4}$/.test(limit) || Number(limit) > MOST_ENTRIES) {
      rejectViolations([`limit must be a whole number from 0 to ${MOST_ENTRIES}`]);
    }
    const claimId = url.searchParams.get('claimId') ?? undefined;
    const customerId = url.searchParams.get('customerId') ?? undefined;
    return { status: 200, body: this.store.ledger({ claimId, customerId, limit: Number(limit) }) };
  }

  private async pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.stopping.signal }).catch((error: unknown) => {
      if (!this.stopping.signal.aborted) throw error;
    });
  }
}

function paymentAnswer(attempt: Attempt): Answer {
  if (attempt.outcome === 'failed') {
    const failure = problem('PROVIDER_UNAVAILABLE', 'nothing was paid; the same key may be tried again');
    return { status: failure.status, body: failure };
  }
  if (attempt.payment.status === 'SETTLED') {
    return { status: attempt.outcome === 'first' ? 201 : 200, body: attempt.payment };
  }
  const refusal = refusalProblem(attempt.payment);
  return { status: refusal.status, body: refusal };
}

function refusalProblem(payment: Payment & { status: 'REFUSED' }): Problem {
  const { idempotencyKey, claimId, customerId, reason } = payment;
  const detail = `the provider refused the payment: ${reason}; a new attempt needs a new key`;
  return problem('PAYMENT_REFUSED', detail, { reason, idempotencyKey, claimId, customerId });
}

function toAnswer(error: unknown): Answer {
  if (error instanceof ProblemError) return { status: error.problem.status, body: error.problem };
  console.error('request failed', error);
  const failure = problem('INTERNAL_ERROR', 'the request failed; the same key may be tried again');
  return { status: failure.status, body: failure };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed on an early end: the refusal of a large body is still to be answered on this socket.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_BODY) {
      throw new ProblemError(problem('BODY_TOO_LARGE', `a body has at most ${LARGEST_BODY} bytes`));
    }
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    const detail = `the body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new ProblemError(problem('NOT_JSON', detail));
  }
}
