import { EVERY_ADDRESS, isPortFree, PlatformError } from '@aika/testing';

export interface PortWish {
  readonly port: number;
  /** Setting that moves the port. */
  readonly setting: string;
}

/** @throws PlatformError that names every taken port with its setting, before anything is started */
export async function assertPortsFree(wishes: readonly PortWish[]): Promise<void> {
  const free = await Promise.all(wishes.map(({ port }) => isPortFree(port, EVERY_ADDRESS)));
  const taken = wishes.filter((_, n) => !free[n]);
  const again = wishes.filter(({ port }, n) => wishes.findIndex((other) => other.port === port) < n);
  if (taken.length === 0 && again.length === 0) return;
  const problems = [
    ...(taken.length === 0 ? [] : [`taken by another program: ${listOf(taken)}`]),
    ...(again.length === 0 ? [] : [`wanted twice: ${listOf(again)}`]),
  ];
  throw new PlatformError(
    'PORT_TAKEN',
    `Nothing was started, for ports are ${problems.join('; ')}.\n` +
      'If Aika runs already, stop that one; else set other ports.',
  );
}

/** `3101, 3102 (AIKA_AGENT_PORTS), 3190 (AIKA_PAYMENTS_PORT)` */
function listOf(wishes: readonly PortWish[]): string {
  const bySetting = Map.groupBy(wishes, ({ setting }) => setting);
  return [...bySetting]
    .map(([setting, those]) => `${those.map(({ port }) => port).join(', ')} (${setting})`)
    .join(', ');
}
