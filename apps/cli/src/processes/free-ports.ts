import { EVERY_ADDRESS, isPortFree, PlatformError } from '@aika/testing';

export interface PortWish {
  readonly port: number;
  /** Setting that moves the port. */
  readonly setting: string;
}

/** @throws PlatformError that names every taken port with its setting, before anything is started */
export async function assertPortsFree(wishes: readonly PortWish[]): Promise<void> {
  const free = await Promise.all(wishes.map(({ port }) => isPortFree(port, EVERY_ADDRESS)));
  const problems = wishes.flatMap(({ port, setting }, n) => {
    const isTwice = wishes.findIndex((other) => other.port === port) < n;
    if (isTwice) return [`port ${port} is wanted twice (set ${setting} to another)`];
    return free[n] ? [] : [`port ${port} is taken (set ${setting} to another)`];
  });
  if (problems.length === 0) return;
  throw new PlatformError(
    'PORT_TAKEN',
    `Nothing was started: ${problems.join('; ')}. Does Aika run already? Then stop that one instead.`,
  );
}
