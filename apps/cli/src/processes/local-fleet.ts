import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { AgentFleet, DEFAULT_PORTS } from './agent-fleet.js';
import { assertPortsFree } from './free-ports.js';

/** @throws PlatformError that names the taken ports, before anything is started */
export async function assertFleetPortsFree(): Promise<void> {
  await assertPortsFree([...DEFAULT_PORTS.agents, DEFAULT_PORTS.payments]);
}

/** One instance of each agent on the default ports, with logs and the payment store in this clone's `.aika`. */
export async function startLocalFleet(
  brokers: readonly string[],
  namespace: string,
  onProgress: (line: string) => void,
): Promise<AgentFleet> {
  const home = join(repositoryRoot(), '.aika');
  return AgentFleet.start({
    brokers,
    namespace,
    ports: DEFAULT_PORTS,
    logDir: join(home, 'logs'),
    paymentsDatabase: join(home, 'payments.sqlite'),
    onProgress,
  });
}
