import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BrokerLink } from './broker-link.js';
import { createLogger, LEVELS } from './kafkajs-internals.js';

const silent = createLogger({ level: LEVELS.NOTHING, logCreator: () => () => undefined });

describe('a link to a broker', () => {
  let sockets: Socket[];
  let asked: PromiseWithResolvers<void>;
  let link: BrokerLink;

  /** A broker that takes the first request, for its versions, and does not answer it yet. */
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.once('data', () => asked.resolve());
  });

  beforeEach(async () => {
    sockets = [];
    asked = Promise.withResolvers();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    link = new BrokerLink({
      host: '127.0.0.1',
      port,
      clientId: 'test',
      requestTimeoutMs: 10_000,
      logger: silent,
    });
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('has a request wait while another one is still learning what the broker understands', async () => {
    const first = link.call('ListOffsets', { topics: [] }).catch((error: unknown) => error);
    await asked.promise;
    const second = link.call('ListOffsets', { topics: [] }).catch((error: unknown) => error);
    // Each waits for the versions: closing the link is what ends them, not the want of versions.
    await new Promise((resolve) => setImmediate(resolve));
    await link.close('the test is over');
    expect([await first, await second].map(String)).toEqual([
      expect.stringContaining('the test is over'),
      expect.stringContaining('the test is over'),
    ]);
  });
});
