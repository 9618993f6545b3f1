import { randomBytes, timingSafeEqual } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { PlatformError } from '../platform-error.js';

/** What a supervisor can be asked; one JSON line each way over loopback. */
export type ControlRequest =
  | { readonly do: 'ping' }
  | { readonly do: 'stop' }
  | { readonly do: 'kill'; readonly id: number; readonly signal: NodeJS.Signals }
  | { readonly do: 'start'; readonly id: number };

type ControlReply = { readonly ok: true } | { readonly ok: false; readonly message: string };
export type ControlAddress = { readonly port: number; readonly token: string };

/** Serves requests that carry the secret of the state file; anybody else's connection is closed. */
export async function serveControl(
  handle: (request: ControlRequest) => Promise<void>,
): Promise<{ readonly address: ControlAddress; readonly server: Server }> {
  const token = randomBytes(24).toString('hex');
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => {
      void answer(line, token, handle).then((reply) => {
        if (reply === undefined) socket.destroy();
        else if (!socket.destroyed) socket.end(`${JSON.stringify(reply)}\n`);
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the control channel has no port');
  return { address: { port: bound.port, token }, server };
}

async function answer(
  line: string,
  token: string,
  handle: (request: ControlRequest) => Promise<void>,
): Promise<ControlReply | undefined> {
  let message: { token?: string; request?: ControlRequest };
  try {
    message = JSON.parse(line) as typeof message;
  } catch {
    return undefined; // Not one of ours: something that scans ports.
  }
  if (!sameSecret(message.token ?? '', token) || message.request === undefined) return undefined;
  try {
    await handle(message.request);
    return { ok: true };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Asks a supervisor and waits until it is done.
 * @throws PlatformError SUPERVISOR_REFUSED with its reason, or when it does not answer in `timeoutMs`
 */
export function askSupervisor(
  address: ControlAddress,
  request: ControlRequest,
  timeoutMs = 60_000,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port: address.port, host: '127.0.0.1' });
    const fail = (reason: string) => {
      socket.destroy();
      reject(
        new PlatformError('SUPERVISOR_REFUSED', `The cluster's supervisor did not ${request.do}: ${reason}`),
      );
    };
    socket.setTimeout(timeoutMs, () => fail(`no answer in ${timeoutMs} ms`));
    socket.on('error', (error) => fail(error.message));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('end', () => {
      if (text === '') return fail('the connection was closed');
      const reply = JSON.parse(text) as ControlReply;
      if (reply.ok) resolve();
      else fail(reply.message);
    });
    socket.write(`${JSON.stringify({ token: address.token, request })}\n`);
  });
}
