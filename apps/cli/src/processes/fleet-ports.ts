import { PlatformError } from '@aika/testing';
import { AGENT_APPS, type FleetOptions } from './agent-fleet.js';

/**
 * Where the agents and the payment provider of this clone listen: `AIKA_AGENT_PORTS` (health of the risk, policy,
 * claims and customer agent) and `AIKA_PAYMENTS_PORT`.
 *
 * @throws PlatformError `SETTING_INVALID` that names the setting
 */
export function fleetPorts(env: NodeJS.ProcessEnv = process.env): FleetOptions['ports'] {
  const agents = portsOf(
    'AIKA_AGENT_PORTS',
    env['AIKA_AGENT_PORTS'] || '3101,3102,3103,3104',
    AGENT_APPS.length,
  );
  const [payments] = portsOf('AIKA_PAYMENTS_PORT', env['AIKA_PAYMENTS_PORT'] || '3190', 1);
  return { agents, payments: payments as number };
}

function portsOf(setting: string, text: string, count: number): readonly number[] {
  const ports = text.split(',').map((part) => Number(part.trim()));
  const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port <= 65_535;
  if (ports.length === count && new Set(ports).size === count && ports.every(isPort)) return ports;
  throw new PlatformError(
    'SETTING_INVALID',
    `${setting} must be ${count === 1 ? 'a port' : `${count} different ports, comma separated`}, not "${text}".`,
  );
}
