import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayError } from './gateway-error.js';
import { createGatewayClient, type GatewayClient } from './gateway-client.js';
import { followStream, type LiveEvent } from './live-stream.js';

const event = (id: string, messageType: string): string =>
  `id: ${id}\nevent: ${messageType}\ndata: ${JSON.stringify({ message: { messageType } })}\n\n`;

describe('the live stream', () => {
  let server: Server;
  let client: GatewayClient;
  /** Answers of the connections in their order. */
  let connections: ((response: ServerResponse) => void)[];
  let requests: IncomingMessage[];

  beforeEach(async () => {
    [connections, requests] = [[], []];
    server = createServer((request, response) => {
      requests.push(request);
      connections.shift()?.(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = createGatewayClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** The first `count` events. */
  async function follow(count: number): Promise<readonly LiveEvent[]> {
    const stopped = new AbortController();
    const events: LiveEvent[] = [];
    const filter = { customer: 'cust-1' };
    for await (const each of followStream(client, { filter, signal: stopped.signal })) {
      events.push(each);
      if (events.length === count) stopped.abort();
    }
    return events;
  }

  it('goes on after the last event that it has read, also when that had no message', async () => {
    connections = [
      (response) => response.end(`retry: 1\nid: a\n\n${event('b', 'CLAIM_FILED')}: heartbeat\nid: c\n\n`),
      (response) => response.destroy(),
      (response) => response.write(event('d', 'CLAIM_DENIED')),
    ];
    const events = await follow(2);
    expect(events.map(({ id }) => id)).toEqual(['b', 'd']);
    expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'c', 'c']);
    expect(requests[0]?.url).toBe('/v1/stream?customer=cust-1');
  });

  it('ends at once when it is stopped while nothing happens, whatever was collected as garbage', async () => {
    connections = [(response) => response.write('id: a\n\n')];
    const stopped = new AbortController();
    const ready = Promise.withResolvers<void>();
    const { signal } = stopped;
    const next = followStream(client, { signal, onReady: ready.resolve }).next();
    await ready.promise;
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    for (let n = 0; n < 3; n++) {
      collectGarbage();
      await delay(10);
    }
    stopped.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('tells that messages are missed', async () => {
    connections = [(response) => response.write('id: a\nevent: gap\ndata: {}\n\n')];
    expect(await follow(1)).toEqual([{ kind: 'gap', id: 'a' }]);
  });

  it('ends with the problem when it is refused', async () => {
    connections = [
      (response) => {
        const violations = [{ path: '?claim', expected: 'an id', found: 'another text' }];
        const problem = { type: 'urn:aika:problem:invalid-request', detail: 'Not so.', violations };
        response.writeHead(400, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
      },
    ];
    const refused = await follow(1).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GatewayError);
    expect(refused).toMatchObject({ status: 400, code: 'invalid-request', retriable: false });
    expect(String(refused)).toContain('?claim must be an id');
  });

  it('ends when nobody answers its first connection', async () => {
    connections = [(response) => response.destroy()];
    await expect(follow(1)).rejects.toThrow('fetch failed');
  });
});
