import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeGateway {
  readonly url: string;
  close(): Promise<void>;
}

/** A server on loopback that answers as a test says; what it throws cuts the connection. */
export async function fakeGateway(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<FakeGateway> {
  const server = createServer((request, response) => {
    request.resume();
    try {
      answer(request, response);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
