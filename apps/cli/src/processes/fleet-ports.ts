import { PlatformError } from '@aika/testing';
import { AGENT_APPS, type FleetOptions } from './agent-fleet.js';
import type { EdgeOptions } from './edge-processes.js';
import type { PortWish } from './free-ports.js';

const AGENTS = 'AIKA_AGENT_PORTS';
const PAYMENTS = 'AIKA_PAYMENTS_PORT';
const GATEWAY = 'AIKA_GATEWAY_PORT';
const PROJECTOR = 'AIKA_PROJECTOR_PORT';

/**
 * Where the agents and the payment provider of this clone listen: `AIKA_AGENT_PORTS` (health of the risk, policy,
 * claims and customer agent) and `AIKA_PAYMENTS_PORT`.
 *
 * @throws PlatformError `SETTING_INVALID` that names the setting
 */
export function fleetPorts(env: NodeJS.ProcessEnv = process.env): FleetOptions['ports'] {
  const agents = portsOf(AGENTS, env[AGENTS] || '3101,3102,3103,3104', AGENT_APPS.length);
  return { agents, payments: portOf(PAYMENTS, env[PAYMENTS] || '3190') };
}

/**
 * Where the gateway answers and the projector tells its health: `AIKA_GATEWAY_PORT` and `AIKA_PROJECTOR_PORT`.
 *
 * @throws PlatformError `SETTING_INVALID` that names the setting
 */
export function edgePorts(env: NodeJS.ProcessEnv = process.env): EdgeOptions['ports'] {
  return {
    gateway: portOf(GATEWAY, env[GATEWAY] || '3100'),
    projector: portOf(PROJECTOR, env[PROJECTOR] || '3105'),
  };
}

/** All of the fleet with their settings. */
export function fleetPortWishes(env?: NodeJS.ProcessEnv): readonly PortWish[] {
  const { agents, payments } = fleetPorts(env);
  return [...agents.map((port) => ({ port, setting: AGENTS })), { port: payments, setting: PAYMENTS }];
}

/** Those of gateway and projector with their settings. */
export function edgePortWishes(env?: NodeJS.ProcessEnv): readonly PortWish[] {
  const { gateway, projector } = edgePorts(env);
  return [
    { port: gateway, setting: GATEWAY },
    { port: projector, setting: PROJECTOR },
  ];
}

function portOf(setting: string, text: string): number {
  return portsOf(setting, text, 1)[0] as number;
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
