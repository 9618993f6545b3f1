import { connect, createServer, type Server, type Socket } from 'node:net';

/** A port that leads to a server, or nowhere: what a process sees of a server that is down and comes. */
export class TcpGate {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  /** @param port of the gate; nobody listens there until it is opened */
  constructor(
    readonly port: number,
    private readonly target: { readonly host: string; readonly port: number },
  ) {}

  async open(): Promise<void> {
    const server = createServer((incoming) => this.join(incoming));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Nothing more comes through the connections that there are, and nobody is told; new ones are as before. */
  freeze(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  private join(incoming: Socket): void {
    const outgoing = connect(this.target);
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      this.sockets.add(socket);
      socket.pipe(other);
      socket.once('error', () => other.destroy());
      socket.once('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
