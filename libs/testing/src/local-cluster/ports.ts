import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { PlatformError } from '../platform-error.js';

export type PortWish = {
  readonly port: number;
  /** Name of the setting that moves this port, for the error message. */
  readonly setting: string;
};

/**
 * Below the range from which systems give out ports by themselves (32768 on Linux, 49152 elsewhere): a port of that
 * range may belong to somebody's connection by the time it is used, and a killed process needs its port again.
 */
const FIRST = 12_000;
const AFTER_LAST = 19_000;

/** The addresses on which agents listen. */
export const EVERY_ADDRESS = '0.0.0.0';

/** True when nothing listens on this port of the host, loopback unless said (and this process may). */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A port for a process of a test: nobody listens now on it, nor on those that lie `offsets` above it. */
export async function freePort(offsets: readonly number[] = [0]): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, AFTER_LAST);
    const free = await Promise.all(offsets.map((offset) => isPortFree(port + offset, EVERY_ADDRESS)));
    if (free.every(Boolean)) return port;
  }
}

/**
 * Checks every port before anything is started, so that a half-started cluster never happens for this reason.
 * @throws PlatformError PORT_TAKEN naming each taken port and the setting that changes it
 */
export async function requireFreePorts(wishes: readonly PortWish[]): Promise<void> {
  const problems: string[] = [];
  const seen = new Set<number>();
  for (const { port, setting } of wishes) {
    if (seen.has(port)) problems.push(`port ${port} is wanted twice (set ${setting} to other ports)`);
    else if (!(await isPortFree(port)))
      problems.push(`port ${port} is taken (set ${setting} to other ports)`);
    seen.add(port);
  }
  if (problems.length > 0) {
    throw new PlatformError('PORT_TAKEN', `The cluster was not started: ${problems.join('; ')}.`);
  }
}

/**
 * Three ports from a setting such as "19092,19093,19094".
 * @throws PlatformError SETTING_INVALID
 */
export function parsePorts(setting: string, value: string): readonly number[] {
  const ports = value.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : NaN));
  if (ports.length !== 3 || ports.some((port) => !(port >= 1 && port <= 65_535))) {
    throw new PlatformError(
      'SETTING_INVALID',
      `${setting} must be three ports such as 19092,19093,19094, not "${value}".`,
    );
  }
  return ports;
}
