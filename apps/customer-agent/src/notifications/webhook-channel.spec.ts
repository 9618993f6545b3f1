import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ADDRESS,
  type ChannelSetup,
  describeNotificationChannel,
  type Mood,
  NOTICE,
} from './notification-channel.suite.js';
import { WebhookChannel } from './webhook-channel.js';
import { webhookKey, webhookSignature } from './webhook-signature.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const key = (secret: string): Buffer => webhookKey(secret) as Buffer;

interface Call {
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

class Receiver implements ChannelSetup {
  readonly calls: Call[] = [];
  readonly channel: WebhookChannel;
  mood: Mood = 'takes';
  status: number | undefined;

  private constructor(
    private readonly server: Server,
    keys: readonly Buffer[],
  ) {
    const { port } = server.address() as AddressInfo;
    const clock = () => Date.parse('2026-06-15T10:00:00.900Z');
    this.channel = new WebhookChannel({ url: `http://127.0.0.1:${port}/hook`, keys, clock });
  }

  static async open(keys: readonly Buffer[] = [key(SECRET)]): Promise<Receiver> {
    const server = createServer((request, response) => {
      const { url, method, headers } = request;
      void text(request).then((body) => opened.take({ url, method, headers, body }, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const opened = new Receiver(server, keys);
    return opened;
  }

  get keys(): readonly string[] {
    return this.calls.map(({ headers }) => String(headers['idempotency-key']));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(call: Call, response: ServerResponse): void {
    const isElsewhere = call.url !== '/hook';
    const status = isElsewhere ? 204 : (this.status ?? { refuses: 422, defers: 429 }[this.mood as string]);
    if (this.mood === 'is silent') return;
    if (status === undefined || status < 300) this.calls.push(call);
    if (this.mood === 'loses the answer') return void response.destroy();
    response
      .writeHead(status ?? 204, { location: '/elsewhere' })
      .end(status !== 204 ? `about ${ADDRESS}` : '');
  }
}

describeNotificationChannel('a webhook', () => Receiver.open());

describe('a webhook', () => {
  let receiver: Receiver;
  afterEach(() => receiver.close());

  const call = async (): Promise<void> => {
    const { signal } = new AbortController();
    await receiver.channel.deliver(NOTICE, { idempotencyKey: 'eff-1', signal });
  };

  it('is a POST with the notice, without an address', async () => {
    receiver = await Receiver.open();
    await call();
    const [{ url, method, headers, body }] = receiver.calls as [Call];
    expect({ url, method }).toEqual({ url: '/hook', method: 'POST' });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'eff-1' });
    const { customerId, notificationId, template, language, parameters, causedBy } = NOTICE;
    expect(JSON.parse(body)).toEqual({
      type: 'notification.requested',
      data: { customerId, notificationId, template, language, parameters, causedBy },
    });
  });

  it('is signed by every key over id, time and body', async () => {
    const newer = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    receiver = await Receiver.open([key(newer), key(SECRET)]);
    await call();
    const [{ headers, body }] = receiver.calls as [Call];
    expect(headers['webhook-timestamp']).toBe('1781517600');
    const signed = { id: 'eff-1', timestamp: 1_781_517_600, body };
    expect(headers['webhook-signature']).toBe(
      `${webhookSignature([key(newer)], signed)} ${webhookSignature([key(SECRET)], signed)}`,
    );
  });

  it.each([400, 401, 403, 404, 410, 422])('takes %i for the last word', async (status) => {
    receiver = await Receiver.open();
    receiver.status = status;
    await expect(call()).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', retriable: false });
  });

  it.each([408, 429, 500, 502, 503, 504])('may be called again after %i', async (status) => {
    receiver = await Receiver.open();
    receiver.status = status;
    await expect(call()).rejects.toMatchObject({ code: 'WEBHOOK_FAILED', retriable: true });
  });

  it('follows no redirect', async () => {
    receiver = await Receiver.open();
    receiver.status = 307;
    await expect(call()).rejects.toMatchObject({ code: 'WEBHOOK_FAILED', retriable: true });
    expect(receiver.calls).toEqual([]);
  });
});

describe('the signature of a webhook', () => {
  it('is the one of the Standard Webhooks reference', () => {
    const signed = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(webhookSignature([key(SECRET)], signed)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it.each([
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_',
    'whsec_c2hvcnQ=',
    'whsec_not base64 at all, though long enough',
    `whsec_${Buffer.alloc(65).toString('base64')}`,
  ])('is not made with %j: it is no secret', (secret) => {
    expect(webhookKey(secret)).toBeUndefined();
  });
});
