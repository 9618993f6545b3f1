import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range from which systems give out ports by themselves: one of that range may belong to a connection soon. */
const FIRST = 12_000;
const AFTER_LAST = 19_000;

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, AFTER_LAST);
    if (await isFree(port)) return port;
  }
}

/** Asked as the agents listen, on every address. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, 'listening').then(
    () => true,
    () => false,
  );
  server.listen(port, '0.0.0.0');
  const isMine = await listening;
  if (isMine) await new Promise((resolve) => server.close(resolve));
  return isMine;
}
