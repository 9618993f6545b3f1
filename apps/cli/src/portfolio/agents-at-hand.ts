import { setTimeout as delay } from 'node:timers/promises';
import { findPlatform, startPlatform } from '@aika/testing';
import type { Cluster } from '../commands/connection.js';
import { environmentOf, findPersonalData } from '../person/personal-data.js';
import { fleetPorts } from '../processes/fleet-ports.js';
import { assertFleetPortsFree, startLocalFleet } from '../processes/local-fleet.js';

const READY_BOUND_MS = 30_000;
const POLL_MS = 500;

/** Brokers, agents and a payment provider to work with. */
export interface AgentsAtHand {
  readonly cluster: Cluster;
  readonly paymentsUrl: string;
  /** Stops what was started for this; leaves alone what ran before. */
  stop(): Promise<void>;
}

/**
 * The agents that run here, or else ones that are started, with the cluster if that does not run either.
 * @throws PlatformError when something stands in the way of starting them
 */
export async function agentsAtHand(
  namespace: string,
  onProgress: (line: string) => void,
): Promise<AgentsAtHand> {
  const running = await findPlatform();
  if (running && (await agentsAnswer())) {
    onProgress('Using the agents that run here');
    const paymentsUrl = process.env['AIKA_PAYMENTS_URL'] || `http://127.0.0.1:${fleetPorts().payments}`;
    return { cluster: running, paymentsUrl, stop: () => Promise.resolve() };
  }
  return startAgents(namespace, onProgress);
}

async function startAgents(namespace: string, onProgress: (line: string) => void): Promise<AgentsAtHand> {
  await assertFleetPortsFree();
  const platform = await startPlatform({ lease: 'owner', namespace, onProgress });
  try {
    const { brokers } = platform;
    // No keys are made for it; what "npm start" has sealed on these brokers stays readable.
    const env = environmentOf(findPersonalData(platform));
    const fleet = await startLocalFleet({ brokers, namespace, env, onProgress });
    const stop = async (): Promise<void> => {
      await fleet.stop();
      await platform.stop();
    };
    return { cluster: platform, paymentsUrl: fleet.paymentsUrl, stop };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

/** Whether all agents run here; ones that have just been started are given time to be ready. */
async function agentsAnswer(): Promise<boolean> {
  const deadline = Date.now() + READY_BOUND_MS;
  for (;;) {
    const answers = await Promise.all(fleetPorts().agents.map(askAgent));
    if (answers.every((answer) => answer === 'ready')) return true;
    if (answers.includes('absent') || Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
}

async function askAgent(port: number): Promise<'ready' | 'not ready' | 'absent'> {
  try {
    const url = `http://127.0.0.1:${port}/health/ready`;
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok ? 'ready' : 'not ready';
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return 'not ready';
    // Nobody listens there.
    if (error instanceof TypeError) return 'absent';
    throw error;
  }
}
