import { setTimeout as delay } from 'node:timers/promises';
import { type Attempt, isAcceptance, isToRepeat, RequestLog, type Wish } from './request-log.js';

const ANSWER_WITHIN_MS = 10_000;
const GIVEN_UP_AFTER_MS = 120_000;
const PAUSE_MS = 150;

/**
 * A caller who wants each wish carried out once: it repeats under the same key while it does not know, and asks
 * another gateway then. Everything is written down.
 */
export class HttpCaller {
  readonly log = new RequestLog();
  private readonly underWay = new Map<string, number>();
  private turn = 0;

  constructor(private readonly urls: readonly string[]) {}

  /** Requests that this gateway has not answered yet. */
  inFlight(url: string): number {
    return this.underWay.get(url) ?? 0;
  }

  /** Asks until it is answered for good. @returns that answer; undefined when it was given up */
  async carryOut(wish: Wish): Promise<Attempt | undefined> {
    const write = this.log.begin(wish);
    const deadline = performance.now() + GIVEN_UP_AFTER_MS;
    for (;;) {
      const urls = wish.isHedged ? this.urls : [this.nextUrl()];
      const attempts = await Promise.all(urls.map((url) => this.ask(wish, url)));
      attempts.forEach(write);
      const answer = attempts.find((attempt) => !isToRepeat(attempt));
      if (answer) return answer;
      if (performance.now() > deadline) return undefined;
      await delay(PAUSE_MS);
    }
  }

  /**
   * Repeats everything that was accepted, once more, under the same keys, as one does who has lost the answers.
   * The answers join the log.
   */
  async repeatAll(): Promise<void> {
    const accepted = this.log.records.filter(({ attempts }) => attempts.some(isAcceptance));
    for (const { wish } of accepted) await this.carryOut({ ...wish, waits: undefined });
  }

  /** One request to one gateway. */
  async ask(wish: Wish, url: string): Promise<Attempt> {
    this.count(url, 1);
    try {
      const response = await fetch(`${url}${wish.path}`, {
        method: 'POST',
        headers: headersOf(wish),
        body: JSON.stringify(wish.body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return attemptOf(response, (await response.json()) as Answer);
    } catch {
      // Cut off, refused, or late: nobody knows what became of it.
      return { status: undefined };
    } finally {
      this.count(url, -1);
    }
  }

  private count(url: string, change: number): void {
    this.underWay.set(url, this.inFlight(url) + change);
  }

  private nextUrl(): string {
    return this.urls[this.turn++ % this.urls.length] as string;
  }
}

interface Answer {
  readonly messageId?: string;
  readonly outcome?: { readonly messageId?: string };
}

function headersOf({ key, conversationId, priority, waits }: Wish): Record<string, string> {
  return {
    'content-type': 'application/json',
    'idempotency-key': key,
    'aika-conversation': conversationId,
    'aika-priority': priority,
    ...(waits === undefined ? {} : { prefer: `wait=${waits}` }),
  };
}

function attemptOf({ status, headers }: Response, { messageId, outcome }: Answer): Attempt {
  const position = headers.get('aika-position');
  return {
    status,
    ...(messageId === undefined ? {} : { messageId }),
    ...(outcome?.messageId === undefined ? {} : { outcomeId: outcome.messageId }),
    ...(position === null ? {} : { position }),
  };
}
