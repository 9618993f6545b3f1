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

/** Given out last, in that order: whoever got one may not listen on it yet. */
const given = new Set<number>();
const MOST_GIVEN = 1_000;

/**
 * A port for a process of a test that has to be told one: nobody listens now on it, nor on those that lie `offsets` above
 * it, and this process has not given any of them to somebody else lately. Where the program can tell its port, let it
 * listen on 0 instead: another process may take a port of here before it is used.
 */
export async function freePort(offsets: readonly number[] = [0]): Promise<number> {
  for (;;) {
    const first = randomInt(FIRST, AFTER_LAST);
    const ports = offsets.map((offset) => first + offset);
    if (ports.some((port) => given.has(port))) continue;
    remember(ports);
    const free = await Promise.all(ports.map((port) => isPortFree(port, EVERY_ADDRESS)));
    if (free.every(Boolean)) return first;
  }
}

/** Before they are tried: of two that look at the same time, one has them. */
function remember(ports: readonly number[]): void {
  for (const port of ports) given.add(port);
  for (const port of given) {
    if (given.size <= MOST_GIVEN) return;
    given.delete(port);
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
