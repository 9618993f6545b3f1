import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { type Catalogue, topicOf } from '@aika/contracts';
import { LogError, type LogRecord, type MessageLog } from '@aika/messaging';
import { CATALOGUE, MESSAGE_LOG } from '@aika/messaging/nest';
import { GatewaySettings } from '../gateway.settings.js';
import { streamEventOf, type StreamEvent } from './stream-event.js';
import { StreamLayout } from './stream-positions.js';

/** Bytes of records told in one turn. */
const TOLD_IN_A_TURN = 65_536;
const RECORD_OVERHEAD = 500;
const RESTART_PAUSE_MS = 500;
/** Brokers date the records: by how much their clocks may be ahead of this one. */
const CLOCK_SLACK_MS = 30_000;

/** Who is told of what passes. */
export interface FeedListener {
  /** @param id of the position after the event; made when it is asked for, during the call only */
  onEvent(event: StreamEvent, id: () => string): void;
  /** Every so often. @param id of the present position */
  onHeartbeat(id: string): void;
  /** The gateway stops. */
  onEnd(): void;
}

/**
 * What passes on the topics, read once for all streams of the process. A listener gets every event from the position
 * at which it subscribed: what is before, it reads itself.
 */
@Injectable()
export class LiveFeed implements BeforeApplicationShutdown {
  private readonly logger = new Logger('live');
  private readonly listeners = new Set<FeedListener>();
  private readonly stopping = new AbortController();
  private readonly positions: number[] = [];
  private started: Promise<StreamLayout> | undefined;
  private running: Promise<void> = Promise.resolve();
  private heartbeat: NodeJS.Timeout | undefined;
  private aliveAt = Date.now();

  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly settings: GatewaySettings,
  ) {}

  get clients(): number {
    return this.listeners.size;
  }

  /** Resolves when the topics are followed. @throws LogError when they cannot be */
  async ready(): Promise<StreamLayout> {
    this.started ??= this.start().catch((error: unknown) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  /** Offsets of the next records, in the layout's order. A copy. */
  snapshot(): number[] {
    return [...this.positions];
  }

  /** From the present position on; `snapshot` in the same turn is that position. */
  subscribe(listener: FeedListener): void {
    this.listeners.add(listener);
  }

  unsubscribe(listener: FeedListener): void {
    this.listeners.delete(listener);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.heartbeat);
    for (const listener of this.listeners) listener.onEnd();
    this.stopping.abort();
    await this.running;
  }

  private async start(): Promise<StreamLayout> {
    const { namespace, heartbeatMs } = this.settings;
    const topics = this.catalogue.messageTopics().map((name) => topicOf(namespace, name));
    const counts = await Promise.all(
      topics.map(async (topic) => [topic, await this.log.partitionCount(topic)] as const),
    );
    const layout = new StreamLayout(new Map(counts));
    const positioned = Promise.withResolvers<void>();
    this.running = this.run(topics, layout, positioned);
    await positioned.promise;
    this.heartbeat = setInterval(() => this.beat(layout), heartbeatMs).unref();
    return layout;
  }

  /** Follows until the stop; after a failure from a moment before it, and what was told is not told again. */
  private async run(
    topics: readonly string[],
    layout: StreamLayout,
    positioned: PromiseWithResolvers<void>,
  ): Promise<void> {
    const { signal } = this.stopping;
    let from: 'end' | number = 'end';
    while (!signal.aborted) {
      try {
        await this.follow(topics, layout, from, positioned);
      } catch (error) {
        if (signal.aborted) return;
        if (this.positions.length === 0) return positioned.reject(error);
        const code = error instanceof LogError ? error.code : 'UNKNOWN';
        this.logger.warn('the live feed broke and goes on where it was', { code });
      }
      from = this.aliveAt - CLOCK_SLACK_MS;
      await delay(RESTART_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async follow(
    topics: readonly string[],
    layout: StreamLayout,
    from: 'end' | number,
    positioned: PromiseWithResolvers<void>,
  ): Promise<void> {
    const { signal } = this.stopping;
    const ready = Promise.withResolvers<void>();
    const onReady = (): void => {
      this.position(layout).then(ready.resolve, ready.reject);
    };
    // Positions are asked for after the reader stands, so that there is no record between the two.
    ready.promise.then(positioned.resolve, () => undefined);
    for await (const records of this.log.follow({ topics, from, signal, onReady })) {
      await ready.promise;
      let told = 0;
      for (const record of records) {
        this.take(record, layout);
        told += (record.value?.length ?? 0) + RECORD_OVERHEAD;
        // A batch told in one turn would stand in every reader's buffer at once, and look like slowness.
        if (told < TOLD_IN_A_TURN || this.listeners.size === 0) continue;
        told = 0;
        await nextTurn();
      }
      this.aliveAt = Date.now();
    }
  }

  private async position(layout: StreamLayout): Promise<void> {
    if (this.positions.length > 0) return;
    const ends = await Promise.all(layout.partitions.map((at) => this.log.offsets(at)));
    this.positions.push(...ends.map(({ stableEnd }) => stableEnd));
  }

  private take(record: LogRecord, layout: StreamLayout): void {
    const n = layout.indexOf(record);
    if (n === undefined || record.offset < (this.positions[n] ?? 0)) return;
    this.positions[n] = record.offset + 1;
    if (this.listeners.size === 0) return;
    const event = streamEventOf(record, this.catalogue, this.settings.namespace);
    if (event === undefined) return;
    let made: string | undefined;
    const id = (): string => (made ??= layout.encode(this.positions));
    for (const listener of [...this.listeners]) listener.onEvent(event, id);
  }

  private beat(layout: StreamLayout): void {
    if (this.listeners.size === 0) return;
    const id = layout.encode(this.positions);
    for (const listener of [...this.listeners]) listener.onHeartbeat(id);
  }
}
