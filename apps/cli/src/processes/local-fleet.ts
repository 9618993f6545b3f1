import { AgentFleet, type FleetOptions } from './agent-fleet.js';
import { fleetPorts, fleetPortWishes } from './fleet-ports.js';
import { assertPortsFree } from './free-ports.js';
import { runFolder } from './run-folder.js';

/** @throws PlatformError that names the taken ports, before anything is started */
export async function assertFleetPortsFree(): Promise<void> {
  await assertPortsFree(fleetPortWishes());
}

/** One instance of each agent on the ports of the settings, with logs, state and the payment store in this clone's `.aika`. */
export async function startLocalFleet(
  options: Pick<FleetOptions, 'brokers' | 'namespace' | 'env' | 'onProgress' | 'signal'>,
): Promise<AgentFleet> {
  return AgentFleet.start({ ...options, ports: fleetPorts(), ...runFolder() });
}
