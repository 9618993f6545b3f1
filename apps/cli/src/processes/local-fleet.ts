import { AgentFleet } from './agent-fleet.js';
import { fleetPorts, fleetPortWishes } from './fleet-ports.js';
import { assertPortsFree } from './free-ports.js';
import { runFolder } from './run-folder.js';

/** @throws PlatformError that names the taken ports, before anything is started */
export async function assertFleetPortsFree(): Promise<void> {
  await assertPortsFree(fleetPortWishes());
}

/** One instance of each agent on the ports of the settings, with logs, state and the payment store in this clone's `.aika`. */
export async function startLocalFleet(
  brokers: readonly string[],
  namespace: string,
  onProgress: (line: string) => void,
  signal?: AbortSignal,
): Promise<AgentFleet> {
  return AgentFleet.start({
    brokers,
    namespace,
    ports: fleetPorts(),
    ...runFolder(),
    onProgress,
    ...(signal === undefined ? {} : { signal }),
  });
}
