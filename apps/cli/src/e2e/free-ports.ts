import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { AGENT_APPS, type FleetOptions } from '../processes/agent-fleet.js';

/**
 * Below the range from which systems give out ports by themselves (32768 on Linux, 49152 elsewhere): a port of that
 * range may belong to somebody's connection by the time it is used, and a killed agent needs its port again.
 */
const FIRST = 12_000;
const AFTER_LAST = 19_000;

/** Ports that nobody listens on now; instance n of an agent listens ten ports further on. */
export async function freePorts(instances: number): Promise<FleetOptions['ports']> {
  for (;;) {
    const [payments, ...agents] = [0, ...AGENT_APPS].map(() => randomInt(FIRST, AFTER_LAST)) as [
      number,
      ...number[],
    ];
    const all = [
      payments,
      ...agents.flatMap((port) => Array.from({ length: instances }, (_, n) => port + 10 * n)),
    ];
    const areFree = (await Promise.all(all.map(isFree))).every(Boolean);
    if (areFree && new Set(all).size === all.length) return { agents, payments };
  }
}

/** Asked as the agents listen, on every address. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, 'listening').then(
    () => true,
    () => false,
  );
  server.listen(port, '0.0.0.0');
  const isMine = await listening;
  if (isMine) await new Promise((resolve) => server.close(resolve));
  return isMine;
}
