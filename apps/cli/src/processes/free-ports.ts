import { createServer } from 'node:net';
import { PlatformError } from '@aika/testing';

/** @throws PlatformError that names every taken port, before anything is started */
export async function assertPortsFree(ports: readonly number[]): Promise<void> {
  const taken = (await Promise.all(ports.map(async (port) => ((await isFree(port)) ? [] : [port])))).flat();
  if (taken.length === 0) return;
  throw new PlatformError(
    'PORT_TAKEN',
    `Port ${taken.join(', ')} is taken by another program. Are agents running already? Stop them, or set AIKA_AGENT_PORTS and AIKA_PAYMENTS_PORT.`,
  );
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)));
    server.listen(port, '0.0.0.0');
  });
}
