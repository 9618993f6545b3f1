import { EventEmitter } from 'node:events';
import { catalogue, ClaimPaid } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import { describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import { LiveStream } from './live-stream.js';
import type { FeedListener, LiveFeed } from './live-feed.js';
import type { StreamEvent } from './stream-event.js';
import { StreamLayout } from './stream-positions.js';

const layout = new StreamLayout(new Map([['gw.events', 2]]));

/** A feed of which the test says how far it is, and what passes. */
class ScriptedFeed {
  readonly listeners = new Set<FeedListener>();
  constructor(readonly positions: number[]) {}

  snapshot(): number[] {
    return [...this.positions];
  }
  subscribe(listener: FeedListener): void {
    this.listeners.add(listener);
  }
  unsubscribe(listener: FeedListener): void {
    this.listeners.delete(listener);
  }

  pass(partition: number, offset: number): void {
    this.positions[partition] = offset + 1;
    for (const listener of this.listeners) listener.onEvent(eventAt(partition, offset), () => this.id());
  }
  beat(): void {
    for (const listener of this.listeners) listener.onHeartbeat(this.id());
  }
  id(): string {
    return layout.encode(this.positions);
  }
}

function eventAt(partition: number, offset: number): StreamEvent {
  const message = { messageType: ClaimPaid.type, payload: {}, metadata: {} } as StreamEvent['message'];
  return { topic: 'events', partition, offset, recordedAt: '', stage: 'settlement', message } as StreamEvent;
}

/** What was written, as [offset or undefined, position]. */
async function streamOf(feed: ScriptedFeed, positions: number[]) {
  const told: (readonly [number | undefined, readonly number[] | undefined])[] = [];
  const response = Object.assign(new EventEmitter(), {
    writableLength: 0,
    writeHead: () => undefined,
    write: (text: string) => {
      const offset = /"offset":(\d+)/.exec(text)?.[1];
      const id = /id: (\S+)/.exec(text)?.[1] ?? '';
      told.push([offset === undefined ? undefined : Number(offset), layout.decode(id)]);
      return true;
    },
  });
  const stream = new LiveStream(response as unknown as Response, {
    log: {} as MessageLog,
    catalogue,
    namespace: 'gw',
    feed: feed as unknown as LiveFeed,
    layout,
    query: {},
    maxBufferedBytes: 100_000,
  });
  await stream.open(positions);
  told.length = 0;
  return told;
}

describe('a reader who comes from a gateway that is ahead of this one', () => {
  it('gets nothing twice when this one catches up', async () => {
    const feed = new ScriptedFeed([5, 3]);
    const told = await streamOf(feed, [7, 3]);
    for (const offset of [5, 6, 7]) feed.pass(0, offset);
    expect(told).toEqual([[7, [8, 3]]]);
  });

  it('is given no position that lies before its own', async () => {
    const feed = new ScriptedFeed([5, 3]);
    const told = await streamOf(feed, [7, 3]);
    feed.pass(1, 3);
    feed.beat();
    feed.pass(0, 6);
    feed.pass(0, 7);
    feed.beat();
    expect(told).toEqual([
      [3, [7, 4]],
      [undefined, [7, 4]],
      [7, [8, 4]],
      [undefined, [8, 4]],
    ]);
  });
});
