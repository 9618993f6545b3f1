import { freePort } from '@aika/testing';
import { AGENT_APPS, type FleetOptions } from '../processes/agent-fleet.js';

/** Ports that nobody listens on now; instance n of an agent listens ten ports further on. */
export async function freePorts(instances: number): Promise<FleetOptions['ports']> {
  const offsets = Array.from({ length: instances }, (_, n) => 10 * n);
  for (;;) {
    const payments = await freePort();
    const agents = await Promise.all(AGENT_APPS.map(() => freePort(offsets)));
    const all = [payments, ...agents.flatMap((port) => offsets.map((offset) => port + offset))];
    if (new Set(all).size === all.length) return { agents, payments };
  }
}
