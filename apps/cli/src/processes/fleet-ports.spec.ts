import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { edgePorts, edgePortWishes, fleetPorts, fleetPortWishes } from './fleet-ports.js';
import { assertPortsFree } from './free-ports.js';

describe('the ports of the local fleet', () => {
  it('have defaults', () => {
    expect(fleetPorts({})).toEqual({ agents: [3101, 3102, 3103, 3104], payments: 3190 });
    expect(edgePorts({})).toEqual({ gateway: 3100, projector: 3105 });
  });

  it('come from the environment', () => {
    const env = { AIKA_AGENT_PORTS: '4101, 4102,4103,4104', AIKA_PAYMENTS_PORT: '4290' };
    expect(fleetPorts(env)).toEqual({ agents: [4101, 4102, 4103, 4104], payments: 4290 });
    expect(edgePorts({ AIKA_GATEWAY_PORT: '80', AIKA_PROJECTOR_PORT: '81' })).toEqual({
      gateway: 80,
      projector: 81,
    });
  });

  it.each(['1,2,3', '1,1,2,3', '1,2,3,x', '1,2,3,70000'])(
    'are refused with the name of the setting: %s',
    (text) => {
      expect(() => fleetPorts({ AIKA_AGENT_PORTS: text })).toThrow(
        /AIKA_AGENT_PORTS must be 4 different ports/,
      );
    },
  );

  it.each(['', '0', '70000', '3100,3101', 'x'])('of gateway and projector are one each, not "%s"', (text) => {
    if (text === '') return expect(edgePorts({ AIKA_GATEWAY_PORT: text }).gateway).toBe(3100);
    expect(() => edgePorts({ AIKA_GATEWAY_PORT: text })).toThrow(/AIKA_GATEWAY_PORT must be a port/);
    return expect(() => edgePorts({ AIKA_PROJECTOR_PORT: text })).toThrow(/AIKA_PROJECTOR_PORT must be/);
  });

  it('are wished for with the setting that moves each', () => {
    expect(
      [...fleetPortWishes({}), ...edgePortWishes({})].map(({ port, setting }) => `${port} ${setting}`),
    ).toEqual([
      '3101 AIKA_AGENT_PORTS',
      '3102 AIKA_AGENT_PORTS',
      '3103 AIKA_AGENT_PORTS',
      '3104 AIKA_AGENT_PORTS',
      '3190 AIKA_PAYMENTS_PORT',
      '3100 AIKA_GATEWAY_PORT',
      '3105 AIKA_PROJECTOR_PORT',
    ]);
  });

  it('that are taken, or wanted twice, are all named before anything starts', async () => {
    const servers = [createServer(), createServer()];
    const taken = await Promise.all(
      servers.map(async (server) => {
        await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
        return (server.address() as AddressInfo).port;
      }),
    );
    const wishes = [
      ...taken.map((port) => ({ port, setting: 'TWO_PORTS' })),
      { port: taken[1] ?? 0, setting: 'ANOTHER' },
    ];
    const [a, b] = taken;
    await expect(assertPortsFree(wishes)).rejects.toThrow(
      `taken by another program: ${a}, ${b} (TWO_PORTS), ${b} (ANOTHER); wanted twice: ${b} (ANOTHER).`,
    );
    for (const server of servers) server.close();
  });
});
