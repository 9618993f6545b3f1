import { EVERY_ADDRESS, isPortFree, PlatformError } from '@aika/testing';

/** @throws PlatformError that names every taken port, before anything is started */
export async function assertPortsFree(ports: readonly number[]): Promise<void> {
  const free = await Promise.all(ports.map((port) => isPortFree(port, EVERY_ADDRESS)));
  const taken = ports.filter((_, n) => !free[n]);
  if (taken.length === 0) return;
  throw new PlatformError(
    'PORT_TAKEN',
    `Port ${taken.join(', ')} is taken by another program. Are agents running already? Stop them, or set AIKA_AGENT_PORTS and AIKA_PAYMENTS_PORT.`,
  );
}
