import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { AgentFleet } from './agent-fleet.js';
import { fleetPorts } from './fleet-ports.js';
import { assertPortsFree } from './free-ports.js';

/** @throws PlatformError that names the taken ports, before anything is started */
export async function assertFleetPortsFree(): Promise<void> {
  const { agents, payments } = fleetPorts();
  await assertPortsFree([...agents, payments]);
}

/** One instance of each agent on the ports of the settings, with logs, state and the payment store in this clone's `.aika`. */
export async function startLocalFleet(
  brokers: readonly string[],
  namespace: string,
  onProgress: (line: string) => void,
): Promise<AgentFleet> {
  const home = join(repositoryRoot(), '.aika');
  return AgentFleet.start({
    brokers,
    namespace,
    ports: fleetPorts(),
    logDir: join(home, 'logs'),
    paymentsDatabase: join(home, 'payments.sqlite'),
    stateDir: join(home, 'state'),
    onProgress,
  });
}
