import { PlatformError } from '@aika/testing';
import { AGENT_APPS, type AgentApp } from '../processes/agent-fleet.js';

const SUFFIX = '-agent';

/** The agents by the name that a person types: `claims`. */
export const AGENT_NAMES = AGENT_APPS.map((app) => app.slice(0, -SUFFIX.length));

/**
 * The program of an agent, by its name (`claims`) or its app's (`claims-agent`).
 *
 * @throws PlatformError `SETTING_INVALID` that lists the agents
 */
export function agentApp(name: string): AgentApp {
  const app = AGENT_APPS.find((known) => known === name || known === `${name}${SUFFIX}`);
  if (app) return app;
  throw new PlatformError(
    'SETTING_INVALID',
    `There is no agent "${name}"; there are ${AGENT_NAMES.join(', ')}.`,
  );
}
