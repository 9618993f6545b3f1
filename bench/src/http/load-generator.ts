import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { seededRandom } from '@aika/testing';
import { classOf, dueBy, dueMs } from './arrivals.js';
import type { AcceptedWrite, LoadPlan, LoadResult } from './load-plan.js';
import { type LoadRequest, RequestMix } from './request-mix.js';

/** As many as wait at the same time in the worst second; more than that wait here, and their wait counts. */
const CONNECTIONS = 128;
const TIMEOUT_MS = 10_000;

interface Answer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly text: string;
}

/**
 * Sends requests when they are due, whether or not those before are answered, and counts from when they were due: a
 * server that stops for a second is seen by all requests of that second.
 */
export class LoadGenerator {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, scheduling: 'fifo' });
  private readonly random: () => number;
  private readonly mix: RequestMix;
  private readonly tags = new Map<string, string>();
  private readonly latencies: Record<string, number[]> = {};
  private readonly errors: Record<string, number> = {};
  private readonly accepted: AcceptedWrite[] = [];
  private unchanged = 0;

  constructor(private readonly plan: LoadPlan) {
    this.random = seededRandom(plan.seed);
    this.mix = new RequestMix(plan.people, this.random, plan.firstWrite);
  }

  async run(): Promise<LoadResult> {
    const { perSecond, seconds } = this.plan;
    const count = Math.round(perSecond * seconds);
    const [from, startedAt] = [Date.now(), performance.now()];
    const cpuAtStart = process.cpuUsage();
    const underWay: Promise<void>[] = [];
    await new Promise<void>((resolve) => {
      const tick = (): void => {
        const due = dueBy(performance.now() - startedAt, perSecond, count);
        while (underWay.length < due) {
          const n = underWay.length;
          underWay.push(this.one(this.mix.next(classOf(n)), startedAt + dueMs(n, perSecond)));
        }
        if (underWay.length === count) return resolve();
        setTimeout(tick, Math.max(0, startedAt + dueMs(underWay.length, perSecond) - performance.now()));
      };
      tick();
    });
    await Promise.all(underWay);
    const { user, system } = process.cpuUsage(cpuAtStart);
    this.agent.destroy();
    const { latencies, errors, unchanged, accepted } = this;
    return { from, to: Date.now(), latencies, errors, unchanged, accepted, cpuMs: (user + system) / 1000 };
  }

  private async one(wanted: LoadRequest, dueAt: number): Promise<void> {
    try {
      const answer = await this.answered(wanted);
      if (!isGood(answer.status)) return this.failed(wanted, String(answer.status));
      (this.latencies[wanted.kind] ??= []).push(performance.now() - dueAt);
      this.learn(wanted, answer);
    } catch (error) {
      this.failed(wanted, String((error as NodeJS.ErrnoException).code ?? (error as Error).name));
    }
  }

  private failed({ kind }: LoadRequest, reason: string): void {
    const name = `${kind} ${reason}`;
    this.errors[name] = (this.errors[name] ?? 0) + 1;
  }

  private learn({ kind, path, isTagged }: LoadRequest, { status, etag, text }: Answer): void {
    if (status === 304) this.unchanged += 1;
    if (isTagged && etag !== undefined) this.tags.set(path, etag);
    if (status === 202) {
      this.accepted.push({ kind, messageId: (JSON.parse(text) as { messageId: string }).messageId });
    }
    if (kind === 'policies-page') this.mix.turned((JSON.parse(text) as { next?: string }).next);
  }

  private answered({ method, path, body, isTagged }: LoadRequest): Promise<Answer> {
    const text = body && JSON.stringify(body);
    const tag = isTagged && this.random() < 0.5 ? this.tags.get(path) : undefined;
    const { token } = this.plan;
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(tag === undefined ? {} : { 'if-none-match': tag }),
      ...(text === undefined
        ? {}
        : {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(text)),
            'idempotency-key': `${this.plan.run}-${randomUUID()}`,
          }),
    };
    return new Promise((resolve, reject) => {
      const { agent } = this;
      const sent = request(`${this.plan.url}${path}`, { method, headers, agent, timeout: TIMEOUT_MS });
      sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer'), { code: 'TIMEOUT' })));
      sent.on('error', reject);
      sent.on('response', (response) => void wholeOf(response).then(resolve, reject));
      sent.end(text);
    });
  }
}

async function wholeOf(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const { statusCode: status = 0, headers } = response;
  return { status, etag: headers.etag, text: Buffer.concat(chunks).toString() };
}

/** A page that was not changed is an answer; one that is elsewhere is none. */
function isGood(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304;
}
