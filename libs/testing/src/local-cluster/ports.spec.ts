import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  EVERY_ADDRESS,
  freePort as portForProcess,
  isPortFree,
  parsePorts,
  requireFreePorts,
} from './ports.js';

let taken: Server | undefined;

async function takePort(): Promise<number> {
  const server = createServer();
  taken = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

async function freePort(): Promise<number> {
  const port = await takePort();
  await new Promise((resolve) => taken?.close(resolve));
  taken = undefined;
  return port;
}

afterEach(() => {
  taken?.close();
  taken = undefined;
});

describe('the port check', () => {
  it('gives a port below the range of connections, with free ones at the distances asked for', async () => {
    const port = await portForProcess([0, 10]);
    expect(port).toBeLessThan(32_768);
    expect(await isPortFree(port, EVERY_ADDRESS)).toBe(true);
    expect(await isPortFree(port + 10, EVERY_ADDRESS)).toBe(true);
  });

  it('gives no port twice, though nobody listens yet on those that it gave', async () => {
    const ports = await Promise.all(Array.from({ length: 400 }, () => portForProcess([0, 10])));
    expect(new Set(ports.flatMap((port) => [port, port + 10])).size).toBe(800);
  });

  it('tells a free port from a taken one and leaves the free one free', async () => {
    const free = await freePort();
    expect(await isPortFree(free)).toBe(true);
    expect(await isPortFree(free)).toBe(true);
    expect(await isPortFree(await takePort())).toBe(false);
  });

  it('names the taken port and the setting that changes it', async () => {
    const free = await freePort();
    const port = await takePort();
    const check = requireFreePorts([
      { port: free, setting: 'AIKA_KAFKA_PORTS' },
      { port, setting: 'AIKA_KAFKA_CONTROLLER_PORTS' },
    ]);
    await expect(check).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `The cluster was not started: port ${port} is taken (set AIKA_KAFKA_CONTROLLER_PORTS to other ports).`,
    });
  });

  it('refuses one port for two listeners', async () => {
    const port = await freePort();
    const wish = { port, setting: 'AIKA_KAFKA_PORTS' };
    await expect(requireFreePorts([wish, wish])).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  });
});

describe('a setting of three ports', () => {
  it('reads three numbers', () => {
    expect(parsePorts('AIKA_KAFKA_PORTS', '1,2, 3')).toEqual([1, 2, 3]);
  });

  it.each(['1,2', '1,2,3,4', 'a,2,3', '1,2,70000', '0,1,2', ''])(
    'refuses "%s" by the name of the setting',
    (value) => {
      expect(() => parsePorts('AIKA_KAFKA_PORTS', value)).toThrow(/AIKA_KAFKA_PORTS must be three ports/);
    },
  );
});
