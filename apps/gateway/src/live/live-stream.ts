import { once } from 'node:events';
import type { Response } from 'express';
import { Logger } from '@nestjs/common';
import { type Catalogue, topicOf } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import type { FeedListener, LiveFeed } from './live-feed.js';
import { isWanted, streamEventOf, type StreamEvent, type StreamQuery } from './stream-event.js';
import type { StreamLayout } from './stream-positions.js';

/** So near to the present a reader subscribes, and what passes meanwhile is held. */
const HANDOVER_RECORDS = 5_000;
const RETRY_MS = 2_000;
const DRAIN_PATIENCE_MS = 30_000;

export interface LiveStreamOptions {
  readonly log: MessageLog;
  readonly catalogue: Catalogue;
  readonly namespace: string;
  readonly feed: LiveFeed;
  readonly layout: StreamLayout;
  readonly query: StreamQuery;
  /** A reader who is further behind is dropped. */
  readonly maxBufferedBytes: number;
}

/** One reader of the live feed: first what it missed, then what passes, each message once and in order per partition. */
export class LiveStream implements FeedListener {
  private readonly logger = new Logger('live');
  /** `reading` from the log what was missed; `holding` what passes until that is told. */
  private mode: 'reading' | 'holding' | 'live' = 'reading';
  private held: { readonly event: StreamEvent; readonly text: string }[] = [];
  private heldBytes = 0;
  private isOpen = true;
  /** What the reader had when it came, while the feed of this process is behind that. */
  private floor: readonly number[] | undefined;

  constructor(
    private readonly response: Response,
    private readonly options: LiveStreamOptions,
  ) {
    response.once('close', () => this.close());
  }

  /** @param positions where the reader was; undefined = begin with the present */
  async open(positions: number[] | undefined): Promise<void> {
    const { feed, layout } = this.options;
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies that gather an answer before they pass it on would hold the stream back.
      'x-accel-buffering': 'no',
    });
    if (positions !== undefined) return this.catchUp(positions);
    this.mode = 'live';
    feed.subscribe(this);
    this.write(`retry: ${RETRY_MS}\nid: ${layout.encode(feed.snapshot())}\n\n`);
  }

  onEvent(event: StreamEvent, id: () => string): void {
    if (this.isKnown(event) || !isWanted(event, this.options.query)) return;
    const text = textOf(event, this.positionId(id));
    if (this.mode === 'live') return this.write(text);
    this.held.push({ event, text });
    this.heldBytes += text.length;
    // More passes than is held: it stands on the log too, and is read from there.
    if (this.heldBytes > this.options.maxBufferedBytes) this.stepBack();
  }

  onHeartbeat(id: string): void {
    // Without an event the position moves too: a reader of rare messages need not read all again.
    if (this.mode !== 'live') return this.write(': heartbeat\n\n');
    this.write(`: heartbeat\nid: ${this.positionId(() => id)}\n\n`);
  }

  /** The reader comes again, to another gateway or to this one after its restart, and goes on where it was. */
  onEnd(): void {
    this.close();
    this.response.end(`: the gateway stops\nretry: ${RETRY_MS}\n\n`);
  }

  private async catchUp(positions: number[]): Promise<void> {
    const { feed, layout } = this.options;
    this.write(`retry: ${RETRY_MS}\nid: ${layout.encode(positions)}\n\n`);
    while (this.isOpen) {
      const until = feed.snapshot();
      const behind = until.reduce((sum, end, n) => sum + Math.max(0, end - (positions[n] ?? 0)), 0);
      if (behind <= HANDOVER_RECORDS) {
        // In one turn with the snapshot: what comes after it is held, what came before is read.
        this.mode = 'holding';
        // Another gateway may have told more than this one has heard yet.
        this.floor = positions.some((next, n) => next > (until[n] ?? 0)) ? [...positions] : undefined;
        feed.subscribe(this);
      }
      await this.read(positions, until);
      if (await this.tellHeld(positions)) return;
    }
  }

  /** @returns false when more passed meanwhile than was held: to be read from the log */
  private async tellHeld(positions: number[]): Promise<boolean> {
    const { namespace, layout } = this.options;
    while (this.isOpen && this.mode === 'holding') {
      const next = this.held.shift();
      if (next === undefined) {
        this.mode = 'live';
        return true;
      }
      this.heldBytes -= next.text.length;
      const { topic, partition, offset } = next.event;
      const n = layout.indexOf({ topic: topicOf(namespace, topic), partition });
      if (n !== undefined) positions[n] = offset + 1;
      await this.writeWhenRoom(next.text);
    }
    return !this.isOpen;
  }

  private isKnown({ topic, partition, offset }: StreamEvent): boolean {
    if (this.floor === undefined) return false;
    const { namespace, layout } = this.options;
    const n = layout.indexOf({ topic: topicOf(namespace, topic), partition });
    return n !== undefined && offset < (this.floor[n] ?? 0);
  }

  /** The feed's position, never behind what the reader had when it came: it would get that again. */
  private positionId(id: () => string): string {
    const { floor } = this;
    if (floor === undefined) return id();
    const { feed, layout } = this.options;
    const positions = feed.snapshot();
    if (positions.every((next, n) => next >= (floor[n] ?? 0))) this.floor = undefined;
    return layout.encode(positions.map((next, n) => Math.max(next, floor[n] ?? 0)));
  }

  private stepBack(): void {
    this.options.feed.unsubscribe(this);
    this.mode = 'reading';
    this.held = [];
    this.heldBytes = 0;
  }

  private async read(positions: number[], until: readonly number[]): Promise<void> {
    const { log, catalogue, namespace, layout, query } = this.options;
    for (const [n, at] of layout.partitions.entries()) {
      const end = until[n] ?? 0;
      if ((positions[n] ?? 0) >= end || !this.isOpen) continue;
      await this.skipWhatIsGone(positions, n);
      for await (const records of log.read(at, { from: positions[n] ?? 0, until: end })) {
        for (const record of records) {
          positions[n] = record.offset + 1;
          const event = streamEventOf(record, catalogue, namespace);
          if (event && isWanted(event, query))
            await this.writeWhenRoom(textOf(event, layout.encode(positions)));
          if (!this.isOpen) return;
        }
      }
      positions[n] = end;
    }
  }

  /** Records that are not kept any more are a hole that nobody can fill: the reader is told. */
  private async skipWhatIsGone(positions: number[], n: number): Promise<void> {
    const at = this.options.layout.partitions[n];
    if (at === undefined) return;
    const { start } = await this.options.log.offsets(at);
    const from = positions[n] ?? 0;
    if (from >= start) return;
    const { namespace, layout } = this.options;
    const gap = { topic: at.topic.slice(namespace.length + 1), partition: at.partition, from, until: start };
    positions[n] = start;
    this.write(`id: ${layout.encode(positions)}\nevent: gap\ndata: ${JSON.stringify(gap)}\n\n`);
  }

  private async writeWhenRoom(text: string): Promise<void> {
    if (!this.isOpen || this.response.write(text)) return;
    const late = AbortSignal.timeout(DRAIN_PATIENCE_MS);
    const closed = once(this.response, 'close', { signal: late });
    try {
      await Promise.race([once(this.response, 'drain', { signal: late }), closed]);
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
      this.drop('did not read');
    }
  }

  private write(text: string): void {
    if (!this.isOpen) return;
    // Before it is written: one large event is no slowness.
    if (this.response.writableLength > this.options.maxBufferedBytes) return this.drop('did not read');
    this.response.write(text);
  }

  /** It comes again with the id of the last event that it read, and misses nothing. */
  private drop(why: string): void {
    if (!this.isOpen) return;
    this.close();
    this.logger.warn('a slow reader of the stream was dropped', { why });
    this.response.destroy();
  }

  private close(): void {
    this.isOpen = false;
    this.held = [];
    this.options.feed.unsubscribe(this);
  }
}

function textOf(event: StreamEvent, id: string): string {
  return `id: ${id}\nevent: ${event.message.messageType}\ndata: ${JSON.stringify(event)}\n\n`;
}
