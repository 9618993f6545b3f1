import { get, type IncomingMessage } from 'node:http';
import { ClaimDenied, ClaimFiled } from '@aika/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageSender } from '@aika/messaging';
import { readPositionToken } from '../http/position-token.js';
import { LiveFeed } from './live-feed.js';
import type { TestGateway } from '../testing/gateway.fixtures.js';

export interface LiveSetup {
  readonly gateway: TestGateway;
  readonly sender: MessageSender;
  close(): Promise<void>;
}

export interface SeenEvent {
  readonly id: string;
  readonly event: string;
  readonly data: {
    readonly partition: number;
    readonly offset: number;
    readonly position: string;
    readonly message: { readonly messageId: string };
  };
}

/** Rules of the live stream, the same on every log. */
export function describeLiveStream(name: string, open: () => Promise<LiveSetup>): void {
  describe(`the live stream on ${name}`, () => {
    let setup: LiveSetup;
    let sent = 0;
    beforeAll(async () => {
      setup = await open();
    }, 60_000);
    afterAll(async () => {
      await setup.close();
    }, 60_000);

    const send = async (customerId: string, count = 1): Promise<readonly string[]> => {
      const messages = Array.from({ length: count }, () => {
        const messageId = `msg-live-${++sent}`;
        return {
          definition: ClaimFiled,
          messageId,
          payload: { ...ClaimFiled.example, customerId, claimId: `clm-${sent}` },
        };
      });
      return setup.sender.sendAll(messages);
    };
    /** What the kernel keeps for a reader is large too: messages of 90 kB fill it soon. */
    const sendLarge = async (count: number): Promise<readonly string[]> => {
      const reasons = Array.from({ length: 90 }, () => ({ code: 'long', detail: 'x'.repeat(1000) }));
      const messages = Array.from({ length: count }, () => ({
        definition: ClaimDenied,
        messageId: `msg-live-${++sent}`,
        payload: { ...ClaimDenied.example, customerId: 'cust-h', reasons },
      }));
      return setup.sender.sendAll(messages);
    };
    const ids = (events: readonly SeenEvent[]) => events.map(({ data }) => data.message.messageId);

    it('tells what passes, to each reader what it asked for', async () => {
      const [all, one, other] = await Promise.all([
        Reader.open(setup, '?type=CLAIM_FILED'),
        Reader.open(setup, '?customer=cust-a&stage=intake'),
        Reader.open(setup, '?customer=cust-a&type=CLAIM_DENIED,CLAIM_PAID'),
      ]);
      const [a] = await send('cust-a');
      const [b] = await send('cust-b');
      expect(ids(await all.until(2)).sort()).toEqual([a, b].sort());
      expect(ids(await one.until(1))).toEqual([a]);
      expect(other.events).toEqual([]);
      for (const reader of [all, one, other]) reader.close();
    });

    it('says where each message stands, in the form that reads take', async () => {
      const reader = await Reader.open(setup, '?customer=cust-p');
      await send('cust-p');
      const [event] = await reader.until(1);
      const { partition, offset, position = '' } = event?.data ?? {};
      const topic = `${setup.gateway.namespace}.events`;
      expect(readPositionToken(position)).toEqual({ topic, partition, offset });
      reader.close();
    });

    it('goes on after the last event, without a hole and nothing twice, while more passes', async () => {
      const first = await Reader.open(setup, '?type=CLAIM_FILED');
      const expected = [...(await send('cust-c', 40))];
      const seen = (await first.until(25)).slice(0, 25);
      first.close();
      expected.push(...(await send('cust-d', 300)));
      const again = await Reader.open(setup, '?type=CLAIM_FILED', seen.at(-1)?.id);
      for (let n = 0; n < 10; n++) expected.push(...(await send(`cust-e${n}`, 20)));
      const rest = await again.until(expected.length - seen.length);
      expect([...ids(seen), ...ids(rest)].sort()).toEqual([...expected].sort());
      for (const partition of [0, 1, 2, 3]) {
        const offsets = [...seen, ...rest]
          .filter(({ data }) => data.partition === partition)
          .map(({ data }) => data.offset);
        expect(offsets).toEqual([...offsets].sort((x, y) => x - y));
      }
      again.close();
    });

    it('has a position before its first event, so that a reader who saw none misses none', async () => {
      const reader = await Reader.open(setup, '?customer=cust-f');
      const { lastId } = reader;
      reader.close();
      const [messageId] = await send('cust-f');
      const again = await Reader.open(setup, '?customer=cust-f', lastId);
      expect(ids(await again.until(1))).toEqual([messageId]);
      again.close();
    });

    it('shows that it lives, and moves the position of a reader for whom nothing passes', async () => {
      const reader = await Reader.open(setup, '?customer=nobody');
      const { lastId } = reader;
      await send('cust-g');
      await reader.untilText((text) => text.includes(': heartbeat') && reader.lastId !== lastId);
      expect(reader.events).toEqual([]);
      reader.close();
    });

    it('drops a reader who does not read, and no other', async () => {
      const feed = setup.gateway.app.get(LiveFeed);
      const slow = await Reader.open(setup, '?type=CLAIM_DENIED');
      const quick = await Reader.open(setup, '?type=CLAIM_DENIED');
      const before = feed.clients;
      slow.pause();
      let passed = 0;
      while (feed.clients === before && passed < 600) {
        await sendLarge(10);
        passed += 10;
        await quick.until(passed);
      }
      expect(feed.clients).toBe(before - 1);
      const [last] = await sendLarge(1);
      expect(ids(await quick.until(passed + 1))).toContain(last);
      quick.close();
      slow.close();
    }, 60_000);

    it('refuses a place that it does not know, and a filter that means nothing', async () => {
      const headers = { 'last-event-id': 'AAAAAAAA' };
      expect((await setup.gateway.call('GET', '/v1/stream', { headers })).status).toBe(400);
      for (const query of ['?stage=nowhere', '?customers=x', '?customer=']) {
        const answer = await setup.gateway.call('GET', `/v1/stream${query}`);
        expect([query, answer.status]).toEqual([query, 400]);
      }
    });
  });
}

/** A reader of server-sent events that can stop reading. */
export class Reader {
  readonly events: SeenEvent[] = [];
  lastId: string | undefined;
  private text = '';
  private buffer = '';
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly response: IncomingMessage) {
    response.on('data', (chunk: Buffer) => this.take(chunk.toString()));
    response.on('error', () => undefined);
  }

  static async open(
    { gateway }: Pick<LiveSetup, 'gateway'>,
    query: string,
    lastEventId?: string,
  ): Promise<Reader> {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${gateway.url}/v1/stream${query}`, { headers }, resolve).on('error', reject);
    });
    const reader = new Reader(response);
    await reader.untilText(() => reader.lastId !== undefined);
    return reader;
  }

  async until(count: number): Promise<readonly SeenEvent[]> {
    await this.untilText(() => this.events.length >= count);
    return this.events;
  }

  async untilText(isThere: (text: string) => boolean): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!isThere(this.text)) {
      if (Date.now() > deadline) throw new Error(`Not seen in 20 s; ${this.events.length} events came.`);
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
        setTimeout(resolve, 200).unref();
      });
    }
  }

  pause(): void {
    this.response.pause();
  }

  close(): void {
    this.response.destroy();
  }

  private take(chunk: string): void {
    this.text = (this.text + chunk).slice(-2000);
    const blocks = (this.buffer + chunk).split('\n\n');
    this.buffer = blocks.pop() ?? '';
    for (const block of blocks) this.takeBlock(block);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  private takeBlock(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const id = field('id');
    if (id !== undefined) this.lastId = id;
    const data = field('data');
    if (data === undefined) return;
    this.events.push({
      id: id ?? '',
      event: field('event') ?? '',
      data: JSON.parse(data) as SeenEvent['data'],
    });
  }
}
