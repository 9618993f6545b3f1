import type { Catalogue } from '@aika/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { LogError, type MessageLog, type MessageSender, type OutgoingMessage } from '@aika/messaging';
import { followEvents } from './event-follower.js';
import { advance, begin, isOver, type Journey } from './journey.js';
import type { PortfolioPlan } from './portfolio-plan.js';
import type { PortfolioTally } from './portfolio-tally.js';
import type { SeenEvent } from './seen-event.js';

export interface DriverOptions {
  readonly log: MessageLog;
  readonly sender: Pick<MessageSender, 'sendAll'>;
  readonly namespace: string;
  readonly catalogue: Catalogue;
  readonly plan: PortfolioPlan;
  readonly tally: PortfolioTally;
  /** Policyholders under way at the same time, at most. */
  readonly inFlight: number;
  /** Milliseconds without any new event after which the replay gives up. */
  readonly stallMs: number;
  /** How long to listen for doubles after the last policyholder has finished, milliseconds. */
  readonly quietMs?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly over: number;
  readonly inFlight: number;
  readonly claimsClosed: number;
  readonly events: number;
}

/** How the replay ended. */
export interface DriverOutcome {
  /** From the first message to the end of the last policyholder, milliseconds. */
  readonly ms: number;
  /** Why it ended before everybody was through. */
  readonly stopped?: 'stalled' | 'interrupted';
  /** Those who are not through, or failed. */
  readonly unfinished: readonly Journey[];
}

const SEND_AT_ONCE = 1000;
const RETRY_MS = { first: 100, most: 5000 } as const;

/** Leads the policyholders through the agents, so many at a time: it sends what each event calls for. */
export class PortfolioDriver {
  private readonly journeys = new Map<string, Journey>();
  private readonly queue: OutgoingMessage[] = [];
  private readonly stop = new AbortController();
  private wake = Promise.withResolvers<void>();
  private admitted = 0;
  private over = 0;
  private claimsClosed = 0;
  private events = 0;
  private lastMove = Date.now();

  constructor(private readonly options: DriverOptions) {}

  /** @throws LogError of a failure of the log that does not pass */
  async run(): Promise<DriverOutcome> {
    const ready = Promise.withResolvers<void>();
    const following = this.follow(ready.resolve);
    const watch = setInterval(() => this.watch(), 1000);
    try {
      await Promise.race([ready.promise, following]);
      const startedAt = Date.now();
      this.lastMove = startedAt;
      await Promise.race([this.pump(), following]);
      const ms = this.lastMove - startedAt;
      if (!this.stop.signal.aborted) await this.untilQuiet();
      return { ms, stopped: this.reasonToStop(), unfinished: this.unfinished() };
    } finally {
      clearInterval(watch);
      this.stop.abort('done');
      await following;
    }
  }

  private async follow(onReady: () => void): Promise<void> {
    const { log, namespace, catalogue, plan } = this.options;
    const { signal } = this.stop;
    const onEvents = (events: readonly SeenEvent[]): void => this.take(events);
    await followEvents({ log, namespace, catalogue, prefix: plan.prefix, signal, onReady, onEvents });
  }

  private take(events: readonly SeenEvent[]): void {
    for (const event of events) {
      if (this.options.tally.take(event) !== 'new') continue;
      this.events += 1;
      this.lastMove = Date.now();
      if (event.type === 'CLAIM_CLOSED') this.claimsClosed += 1;
      this.move(event);
    }
    this.wake.resolve();
  }

  private move(event: SeenEvent): void {
    const journey = this.journeys.get(event.customerId);
    if (!journey || isOver(journey)) return;
    const step = advance(journey, event);
    this.journeys.set(event.customerId, step.journey);
    this.queue.push(...step.messages);
    if (isOver(step.journey)) this.over += 1;
  }

  /** Sends until everybody is through or something stops it. */
  private async pump(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted && this.over < this.options.plan.policyholders.length) {
      this.admit();
      if (this.queue.length > 0) await this.send(this.queue.splice(0, SEND_AT_ONCE));
      else await this.awake();
    }
  }

  private admit(): void {
    const { plan, inFlight } = this.options;
    while (this.admitted - this.over < inFlight && this.queue.length < SEND_AT_ONCE) {
      const policyholder = plan.policyholders[this.admitted];
      if (!policyholder) return;
      const { journey, messages } = begin(policyholder, plan.effectiveFrom);
      this.journeys.set(policyholder.customerId, journey);
      this.queue.push(...messages);
      this.admitted += 1;
    }
  }

  /** Again until the log takes them: a message that arrives twice has the same id and is handled once. */
  private async send(messages: readonly OutgoingMessage[]): Promise<void> {
    let pause: number = RETRY_MS.first;
    while (!this.stop.signal.aborted) {
      try {
        await this.options.sender.sendAll(messages);
        return;
      } catch (error) {
        if (!(error instanceof LogError && error.retriable)) throw error;
        await delay(pause);
        pause = Math.min(RETRY_MS.most, 2 * pause);
      }
    }
  }

  private async awake(): Promise<void> {
    await this.wake.promise;
    this.wake = Promise.withResolvers();
  }

  private async untilQuiet(): Promise<void> {
    const { quietMs = 1500 } = this.options;
    const since = Date.now();
    while (Date.now() - Math.max(this.lastMove, since) < quietMs) await delay(100);
  }

  private watch(): void {
    const { stallMs, signal, onProgress } = this.options;
    onProgress?.(this.progress());
    if (signal.aborted) this.stop.abort('interrupted');
    else if (Date.now() - this.lastMove > stallMs) this.stop.abort('stalled');
    this.wake.resolve();
  }

  private progress(): Progress {
    const { over, admitted, claimsClosed, events } = this;
    return { over, inFlight: admitted - over, claimsClosed, events };
  }

  private reasonToStop(): DriverOutcome['stopped'] {
    const reason: unknown = this.stop.signal.reason;
    return reason === 'stalled' || reason === 'interrupted' ? reason : undefined;
  }

  private unfinished(): Journey[] {
    const waiting = this.options.plan.policyholders
      .slice(this.admitted)
      .map((policyholder): Journey => ({ policyholder, state: 'not begun', registered: false }));
    const left = [...this.journeys.values()].filter(
      (journey) => journey.state === 'failed' || !isOver(journey),
    );
    return [...left, ...waiting];
  }
}
