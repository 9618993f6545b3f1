import { connect, type Socket } from 'node:net';
import { apiNameOf } from './api-names.js';
import type { Verdict, FrameFacts } from './fault-rules.js';
import { FramePipe, type Handling } from './frame-pipe.js';

export interface ConnectionOptions {
  readonly client: Socket;
  readonly broker: { readonly nodeId: number; readonly host: string; readonly port: number };
  readonly judge: (frame: FrameFacts) => Verdict;
  /** Puts the proxy's addresses into an answer that names brokers. */
  readonly rewrite: (api: string, version: number, frame: Buffer) => Promise<Buffer>;
  readonly onFailure: (error: unknown) => void;
  readonly onClose: () => void;
}

interface Request {
  readonly api: string;
  readonly version: number;
  readonly cutAtAnswer: boolean;
}

const AT = { apiKey: 4, version: 6, requestCorrelation: 8, answerCorrelation: 4 };
const NOTHING: Handling['deliver'] = () => Promise.resolve(undefined);

/** One client's connection to one broker, through which every frame passes by itself. */
export class ProxyConnection {
  /** Requests whose answer has not come, oldest first, by correlation id. */
  private readonly asked = new Map<number, Request>();
  private readonly upstream: Socket;
  private readonly ending = new AbortController();

  constructor(private readonly options: ConnectionOptions) {
    const { client, broker } = options;
    this.upstream = connect({ host: broker.host, port: broker.port, noDelay: true, allowHalfOpen: true });
    for (const socket of [client, this.upstream]) {
      // Either side's end is the connection's: a client must notice that its broker died.
      socket.on('error', () => this.cut());
      socket.on('close', () => this.closed());
    }
    const { signal } = this.ending;
    const onError = (error: unknown): void => {
      options.onFailure(error);
      this.cut();
    };
    new FramePipe(client, this.upstream, { judge: (frame) => this.request(frame), onError, signal });
    new FramePipe(this.upstream, client, { judge: (frame) => this.answer(frame), onError, signal });
  }

  get nodeId(): number {
    return this.options.broker.nodeId;
  }

  /**
   * Cuts it now: what was under way is lost. Not by `resetAndDestroy`: when the socket is ending just then, Node
   * leaves its handle open, and the process never exits.
   */
  cut(): void {
    this.ending.abort();
    this.options.client.destroy();
    this.upstream.destroy();
  }

  private closed(): void {
    const { client } = this.options;
    // The other side still gets what is on its way to it.
    if (client.destroyed) this.upstream.destroySoon();
    if (this.upstream.destroyed) client.destroySoon();
    if (!client.destroyed || !this.upstream.destroyed) return;
    this.ending.abort();
    this.options.onClose();
  }

  private request(frame: Buffer): Handling {
    const api = apiNameOf(frame.readInt16BE(AT.apiKey));
    const { delayMs, end } = this.judge(api, 'request');
    if (end === 'drop') return { delayMs, deliver: NOTHING };
    if (end === 'reset') return { delayMs, deliver: () => this.reset() };
    const version = frame.readInt16BE(AT.version);
    this.asked.set(frame.readInt32BE(AT.requestCorrelation), {
      api,
      version,
      cutAtAnswer: end === 'reset-after',
    });
    return { delayMs, deliver: () => Promise.resolve(frame) };
  }

  private answer(frame: Buffer): Handling {
    const request = this.take(frame.readInt32BE(AT.answerCorrelation));
    const { delayMs, end } = this.judge(request.api, 'answer');
    if (request.cutAtAnswer || end === 'reset' || end === 'reset-after') {
      return { delayMs, deliver: () => this.reset() };
    }
    if (end === 'drop') return { delayMs, deliver: NOTHING };
    return { delayMs, deliver: () => this.options.rewrite(request.api, request.version, frame) };
  }

  private judge(api: string, direction: FrameFacts['direction']): Verdict {
    return this.options.judge({ api, broker: this.nodeId, direction });
  }

  /** Answers come in the order of the requests: older ones without an answer will not get any. */
  private take(correlationId: number): Request {
    const request = this.asked.get(correlationId);
    if (request === undefined) throw new RangeError(`an answer ${correlationId} that nobody asked for`);
    for (const older of this.asked.keys()) {
      this.asked.delete(older);
      if (older === correlationId) break;
    }
    return request;
  }

  private reset(): Promise<undefined> {
    this.cut();
    return Promise.resolve(undefined);
  }
}
