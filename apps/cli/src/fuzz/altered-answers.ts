import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Ways to break answers on purpose: a run that does not notice them proves nothing. */
export const CONTROLS = {
  /** A field of the document is missing. */
  body: ({ status, headers, body }) => ({
    status,
    headers,
    body: body.replace('"customerId"', '"customer"'),
  }),
  /** A status that the document does not know. */
  status: ({ headers, body }) => ({ status: 299, headers, body }),
  /** A media type that the document does not know. */
  type: ({ status, headers, body }) => ({
    status,
    headers: { ...headers, 'content-type': 'text/plain' },
    body,
  }),
  /** A fault of the server. */
  error: ({ headers, body }) => ({ status: 500, headers, body }),
} as const satisfies Record<string, (answer: PlainAnswer) => PlainAnswer>;

export type Control = keyof typeof CONTROLS;

interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Only this route is broken: the others show that nothing else is taken for broken. */
const BROKEN = /^\/v1\/claims\/[^/?]+$/;

export interface AlteringProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Stands before the API and breaks the successful reads of one route. */
export async function startAlteringProxy(target: string, control: Control): Promise<AlteringProxy> {
  const server = createServer((asked, answered) => {
    const { hostname, port } = new URL(target);
    const { method, url: path, headers } = asked;
    const forward = request({ hostname, port, method, path, headers }, (got) => {
      void passOn(got, answered, isBroken(asked, got) ? CONTROLS[control] : unchanged);
    });
    forward.once('error', () => answered.destroy());
    asked.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isBroken({ method, url = '' }: IncomingMessage, { statusCode }: IncomingMessage): boolean {
  return method === 'GET' && statusCode === 200 && BROKEN.test(url);
}

const unchanged = (answer: PlainAnswer): PlainAnswer => answer;

async function passOn(
  got: IncomingMessage,
  answered: ServerResponse,
  change: (answer: PlainAnswer) => PlainAnswer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of got) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const {
    status,
    headers,
    body: text,
  } = change({ status: got.statusCode ?? 502, headers: got.headers, body });
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = headers;
  answered.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(text) });
  answered.end(text);
}
