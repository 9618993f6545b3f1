import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FrameSplitter } from './frame-splitter.js';
import { KafkaProxy } from './kafka-proxy.js';

const NODE = 5;
const FETCH = 1;
const METADATA = 3;
const HEARTBEAT = 12;
const END_TXN = 26;

const int16 = (value: number) => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value)]);

function framed(body: Buffer): Buffer {
  return Buffer.concat([int32(body.length), body]);
}

const request = (apiKey: number, id: number, payload: Buffer = Buffer.alloc(0)): Buffer =>
  framed(Buffer.concat([int16(apiKey), int16(4), int32(id), int16(-1), payload]));

/** Speaks just enough of Kafka: Metadata 4 names itself, everything else is answered with what was sent. */
class FakeBroker {
  readonly requests: number[] = [];
  readonly sockets = new Set<Socket>();
  readonly server: Server = createServer((socket) => this.accept(socket));

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    const splitter = new FrameSplitter();
    socket.on('drain', () => socket.resume());
    socket.on('data', (chunk: Buffer) => {
      for (const frame of splitter.push(chunk)) {
        this.requests.push(frame.readInt16BE(4));
        // As a real broker: it takes no more requests while its answers are not read.
        if (!socket.write(this.answer(frame))) socket.pause();
      }
    });
  }

  private answer(frame: Buffer): Buffer {
    const id = frame.subarray(8, 12);
    if (frame.readInt16BE(4) !== METADATA) return framed(Buffer.concat([id, frame.subarray(14)]));
    const host = Buffer.from('127.0.0.1');
    const broker = [int32(NODE), int16(host.length), host, int32(this.port), int16(-1)];
    return framed(Buffer.concat([id, int32(0), int32(1), ...broker]));
  }
}

/** What a client sees of one connection. */
class Client {
  readonly answers: Buffer[] = [];
  error: NodeJS.ErrnoException | undefined;
  closed = false;
  readonly socket: Socket;

  constructor(address: string) {
    this.socket = connect({ port: Number(address.split(':')[1]), host: '127.0.0.1' });
    const splitter = new FrameSplitter();
    this.socket.on('data', (chunk: Buffer) => this.answers.push(...splitter.push(chunk)));
    this.socket.on('error', (error) => (this.error = error));
    this.socket.on('close', () => (this.closed = true));
  }

  get ids(): readonly number[] {
    return this.answers.map((answer) => answer.readInt32BE(4));
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within ten seconds: ${String(condition)}`);
    await delay(5);
  }
}

describe('a proxy before a broker', () => {
  let broker: FakeBroker;
  let proxy: KafkaProxy;
  let client: Client;

  beforeEach(async () => {
    broker = new FakeBroker();
    broker.server.listen(0, '127.0.0.1');
    await once(broker.server, 'listening');
    proxy = await KafkaProxy.start({ brokers: [`127.0.0.1:${broker.port}`] });
    broker.requests.length = 0;
    client = new Client(proxy.brokers[0] ?? '');
  });

  afterEach(async () => {
    client.socket.destroy();
    await proxy.close();
    for (const socket of broker.sockets) socket.destroy();
    await new Promise((resolve) => broker.server.close(resolve));
    expect(proxy.failures).toEqual([]);
  });

  it('passes requests and answers on as they are', async () => {
    const payload = Buffer.from('as it was sent');
    client.socket.write(request(FETCH, 1, payload));
    await until(() => client.answers.length === 1);
    expect(client.answers[0]?.subarray(8)).toEqual(payload);
    expect(proxy.counts).toEqual({ requests: { Fetch: 1 }, answers: { Fetch: 1 } });
  });

  it('names itself where an answer names the broker', async () => {
    client.socket.write(request(METADATA, 1));
    await until(() => client.answers.length === 1);
    const port = Number(proxy.brokers[0]?.split(':')[1]);
    expect(port).not.toBe(broker.port);
    expect(client.answers[0]?.includes(int32(port))).toBe(true);
    expect(client.answers[0]?.includes(int32(broker.port))).toBe(false);
  });

  it('puts frames together that come in pieces', async () => {
    for (const byte of request(FETCH, 9, Buffer.from('slowly'))) {
      client.socket.write(Buffer.from([byte]));
      await delay(1);
    }
    await until(() => client.answers.length === 1);
    expect(client.ids).toEqual([9]);
  });

  it('swallows one answer, and the connection goes on', async () => {
    const lost = proxy.next({ api: 'EndTxn', direction: 'answer', action: 'drop' });
    client.socket.write(request(END_TXN, 1));
    client.socket.write(request(HEARTBEAT, 2));
    client.socket.write(request(END_TXN, 3));
    await until(() => client.answers.length === 2);
    expect(client.ids).toEqual([2, 3]);
    expect(broker.requests).toEqual([END_TXN, HEARTBEAT, END_TXN]);
    expect(lost.hits).toBe(1);
  });

  it('swallows a request before the broker sees it', async () => {
    proxy.next({ api: 'EndTxn', direction: 'request', action: 'drop' });
    client.socket.write(request(END_TXN, 1));
    client.socket.write(request(HEARTBEAT, 2));
    await until(() => client.answers.length === 1);
    expect(client.ids).toEqual([2]);
    expect(broker.requests).toEqual([HEARTBEAT]);
  });

  it('delays what it is told to, and keeps the order', async () => {
    proxy.add({ api: 'Fetch', direction: 'answer', action: 'delay', delayMs: 150 });
    const sentAt = performance.now();
    client.socket.write(Buffer.concat([request(FETCH, 1), request(FETCH, 2), request(HEARTBEAT, 3)]));
    await until(() => client.answers.length === 3);
    expect(performance.now() - sentAt).toBeGreaterThanOrEqual(145);
    expect(client.ids).toEqual([1, 2, 3]);
  });

  it('cuts the connection instead of passing a request on', async () => {
    proxy.next({ api: 'EndTxn', direction: 'request', action: 'reset' });
    client.socket.write(request(END_TXN, 1));
    await until(() => client.closed);
    expect(broker.requests).toEqual([]);
  });

  it('lets a request be carried out and cuts the connection before its answer', async () => {
    proxy.next({ api: 'EndTxn', direction: 'request', action: 'reset-after' });
    client.socket.write(request(END_TXN, 1));
    await until(() => client.closed);
    expect(broker.requests).toEqual([END_TXN]);
    expect(client.answers).toEqual([]);
  });

  it('cuts the connections to one broker at once, and takes new ones', async () => {
    client.socket.write(request(HEARTBEAT, 1));
    await until(() => client.answers.length === 1);
    expect(proxy.cut(NODE + 1)).toBe(0);
    expect(proxy.cut(NODE)).toBe(1);
    await until(() => client.closed && broker.sockets.size === 0);
    const again = new Client(proxy.brokers[0] ?? '');
    again.socket.write(request(HEARTBEAT, 2));
    await until(() => again.answers.length === 1);
    again.socket.destroy();
  });

  it('makes a broker a black hole until it is healed', async () => {
    const hole = proxy.blackHole(NODE);
    client.socket.write(request(HEARTBEAT, 1));
    await hole.hit();
    proxy.heal();
    client.socket.write(request(HEARTBEAT, 2));
    await until(() => client.answers.length === 1);
    expect(client.ids).toEqual([2]);
    expect(client.closed).toBe(false);
  });

  it('makes a sender wait for a receiver that does not read', async () => {
    client.socket.pause();
    const payload = Buffer.alloc(1024 * 1024);
    let sent = 0;
    // The proxy and the sockets hold some of it; without a bound all of it would go through.
    while (sent < 256 && client.socket.writableLength < 8 * payload.length) {
      client.socket.write(request(FETCH, ++sent, payload));
      await delay(5);
    }
    expect(sent).toBeLessThan(256);
    client.socket.resume();
    await until(() => client.answers.length === sent);
  }, 30_000);

  it('lets what a dead client has sent still reach the broker', async () => {
    proxy.add({ api: 'EndTxn', direction: 'request', action: 'delay', delayMs: 50 });
    client.socket.write(request(END_TXN, 1));
    client.socket.end();
    await until(() => broker.requests.length === 1 && client.closed);
    expect(broker.requests).toEqual([END_TXN]);
  });

  it('ends the connection of a client whose broker ends it', async () => {
    client.socket.write(request(HEARTBEAT, 1));
    await until(() => client.answers.length === 1);
    for (const socket of broker.sockets) socket.destroy();
    await until(() => client.closed);
  });
});

describe('a proxy without a broker', () => {
  it('does not start', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(KafkaProxy.start({ brokers: [`127.0.0.1:${port}`] })).rejects.toThrow('No broker');
  });
});
