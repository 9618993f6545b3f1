import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AskCoverageQuestion, CoverageQuestionAnswered, HEADER, lanesOf, topicOf } from '@aika/contracts';
import { LogError, type LogRecord, partitionFor } from '@aika/messaging';
import type { World } from '../e2e/world.js';
import { type Answer, AnswerTimes } from './takeover-answers.js';

const EVERY_MS = 100;
const LOOK_EVERY_MS = 20;
/** How far back a reading begins after a lost one; an answer that comes again is counted once. */
const OVERLAP_MS = 60_000;

/**
 * Asks the policy agents a coverage question on every partition all the time, and notes when each is answered.
 * Answers are read as others read them: committed events only.
 */
export class CoverageProbe {
  private readonly times = new AnswerTimes();
  private readonly end = new AbortController();
  private readonly run = randomUUID().slice(0, 8);
  private asking: Promise<unknown> = Promise.resolve();
  private listening: Promise<void> = Promise.resolve();
  private isPaused = false;
  private asked = 0;
  private failure: unknown;

  private constructor(
    private readonly world: World,
    /** A customer of each partition. */
    private readonly customers: readonly string[],
  ) {}

  /** Resolves when every partition has answered once. */
  static async open(world: World, timeoutMs: number): Promise<CoverageProbe> {
    const count = await world.log.partitionCount(topicOf(world.namespace, 'commands'));
    const probe = new CoverageProbe(world, customersOf(count));
    const ready = Promise.withResolvers<void>();
    probe.listening = probe.listen(ready.resolve).catch((error: unknown) => {
      probe.failure = error;
      ready.reject(error);
    });
    await ready.promise;
    const now = performance.now();
    probe.asking = Promise.all(probe.customers.map((customerId, n) => probe.askOn(n, customerId)));
    await probe.served(now, probe.partitions, timeoutMs);
    return probe;
  }

  get partitions(): readonly number[] {
    return this.customers.map((_, n) => n);
  }

  /**
   * The first answer on each partition to a question asked at `since` (of `performance.now()`) or later.
   * @throws Error that names the partitions without one after `timeoutMs`
   */
  async served(since: number, partitions: readonly number[], timeoutMs: number): Promise<readonly Answer[]> {
    const deadline = performance.now() + timeoutMs;
    this.times.forgetBefore(since);
    for (;;) {
      this.assertSound();
      const first = this.times.firstSince(since);
      const missing = partitions.filter((partition) => !first.has(partition));
      if (missing.length === 0) return [...first.values()];
      if (performance.now() > deadline) {
        throw new Error(`No answer on partition ${missing.join(', ')} within ${timeoutMs} ms.`);
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  /** Asks no more, and waits until all that was asked is answered. @throws Error when that takes too long */
  async pause(timeoutMs: number): Promise<void> {
    this.isPaused = true;
    const deadline = performance.now() + timeoutMs;
    while (this.times.openCount > 0) {
      this.assertSound();
      if (performance.now() > deadline) {
        throw new Error(`${this.times.openCount} questions were not answered within ${timeoutMs} ms.`);
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  resume(): void {
    this.isPaused = false;
  }

  async close(): Promise<void> {
    this.end.abort();
    await Promise.all([this.asking, this.listening]);
  }

  /** A probe that has died must not look like agents that do not answer. */
  private assertSound(): void {
    if (this.failure !== undefined) throw new Error('The probe has failed.', { cause: this.failure });
  }

  private async askOn(partition: number, customerId: string): Promise<void> {
    while (!this.end.signal.aborted && this.failure === undefined) {
      const next = delay(EVERY_MS);
      if (!this.isPaused) await this.askOnce(partition, customerId);
      await next;
    }
  }

  private async askOnce(partition: number, customerId: string): Promise<void> {
    const messageId = `msg-probe-${this.run}-${this.asked++}`;
    const payload = { customerId, policyId: `pol-${customerId}`, peril: 'HAIL' as const };
    this.times.asked(messageId, partition, performance.now());
    // The same id until the log has taken it: an attempt that seemed to fail may have come through.
    while (!this.end.signal.aborted) {
      try {
        await this.world.sender.send(AskCoverageQuestion, payload, { messageId });
        return;
      } catch (error) {
        if (!(error instanceof LogError && error.retriable)) {
          this.failure = error;
          return;
        }
        await delay(EVERY_MS);
      }
    }
  }

  private async listen(onReady: () => void): Promise<void> {
    const { log, namespace } = this.world;
    const { signal } = this.end;
    const topics = lanesOf('events').map((name) => topicOf(namespace, name));
    let from: 'end' | number = 'end';
    while (!signal.aborted) {
      try {
        for await (const records of log.follow({ topics, from, signal, onReady })) {
          from = (records.at(-1)?.timestamp ?? Date.now()) - OVERLAP_MS;
          const now = performance.now();
          for (const record of records) if (isAnswer(record)) this.times.answered(causeOf(record), now);
        }
      } catch (error) {
        if (!(error instanceof LogError && error.retriable)) throw error;
        await delay(EVERY_MS);
      }
    }
  }
}

function isAnswer({ headers, value }: LogRecord): boolean {
  return value !== null && headers[HEADER.type]?.toString() === CoverageQuestionAnswered.type;
}

function causeOf({ value }: LogRecord): string {
  const { metadata } = JSON.parse(value?.toString() ?? '{}') as {
    readonly metadata?: { readonly causationId?: string };
  };
  return metadata?.causationId ?? '';
}

/** A customer on each of so many partitions. */
export function customersOf(partitionCount: number): readonly string[] {
  const found = new Map<number, string>();
  for (let n = 0; found.size < partitionCount; n++) {
    const customerId = `cust-probe-${n}`;
    const partition = partitionFor(customerId, partitionCount);
    if (!found.has(partition)) found.set(partition, customerId);
  }
  return Array.from({ length: partitionCount }, (_, partition) => found.get(partition) as string);
}
