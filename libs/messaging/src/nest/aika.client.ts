import { ClientProxy, type ReadPacket, RpcException, type WritePacket } from '@nestjs/microservices';
import { type Observable, of } from 'rxjs';
import type { Catalogue } from '@aika/contracts';
import type { MessageLog } from '../ports/index.js';
import { AskError } from '../client/ask-error.js';
import { MessageSender } from '../client/message-sender.js';
import { currentContext } from '../runtime/index.js';
import { TerminalError } from '../agent/index.js';

export interface AikaClientOptions {
  readonly log: MessageLog;
  readonly catalogue: Catalogue;
  readonly namespace: string;
  readonly sourceAgentId: string;
  /** How long `send` waits for an answer, milliseconds. Default 10,000. */
  readonly askTimeoutMs?: number;
  /** See `SenderOptions`. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Nest's `ClientProxy` on the log. Inside a handler `emit` joins the handler's transaction; outside it sends
 * at once. `send` inside a handler throws: a handler never waits for another agent, it emits and the reply
 * comes as a message.
 */
export class AikaClient extends ClientProxy {
  private sender: Promise<MessageSender> | undefined;

  constructor(private readonly clientOptions: AikaClientOptions) {
    super();
  }

  /**
   * Inside a handler the message has joined the transaction when this returns: Nest's own `emit` connects
   * first, and what it then sent would come after a handler that did not wait for it, and be lost.
   *
   * @returns emits the message's id
   * @throws TerminalError inside a handler, as `HandlerContext.emit` does
   */
  override emit<TResult = unknown, TInput = unknown>(pattern: unknown, data: TInput): Observable<TResult> {
    const context = currentContext.getStore();
    if (!context) return super.emit(pattern, data);
    const packet = this.createPacket(pattern, data);
    return of(context.emit(this.definition(packet.pattern), packet.data as never) as TResult);
  }

  /**
   * Emits the envelope of the answer. Fails with an RpcException whose error is an `RpcFault`, whose cause is the
   * AskError: a refusal, no answer in time, too many asks.
   *
   * @throws TerminalError `SEND_IN_HANDLER` at once, not only when somebody subscribes
   */
  override send<TResult = unknown, TInput = unknown>(pattern: unknown, data: TInput): Observable<TResult> {
    if (!currentContext.getStore()) return super.send(pattern, data);
    throw new TerminalError(
      'SEND_IN_HANDLER',
      `${String(pattern)}: a handler does not wait for a reply. Use emit; the answer comes as a message.`,
    );
  }

  async connect(): Promise<MessageSender> {
    this.sender ??= MessageSender.create(this.clientOptions).catch((error: unknown) => {
      // The next call tries anew: a broker that was away once must not silence the client for ever.
      this.sender = undefined;
      throw error;
    });
    return this.sender;
  }

  async close(): Promise<void> {
    const sender = this.sender;
    this.sender = undefined;
    await (await sender)?.close();
  }

  unwrap<T>(): T {
    return this.clientOptions.log as T;
  }

  protected async dispatchEvent<T = unknown>(packet: ReadPacket): Promise<T> {
    const sender = await this.connect();
    return (await sender.send(this.definition(packet.pattern), packet.data as object)) as T;
  }

  protected publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const abort = new AbortController();
    void this.request(packet, abort.signal).then(
      (response) => callback({ response, isDisposed: true }),
      (error: unknown) => callback({ err: faultOf(error), isDisposed: true }),
    );
    return () => abort.abort();
  }

  private async request(packet: ReadPacket, signal: AbortSignal): Promise<unknown> {
    const { askTimeoutMs } = this.clientOptions;
    const sender = await this.connect();
    return sender.ask(this.definition(packet.pattern), packet.data as object, {
      signal,
      ...(askTimeoutMs === undefined ? {} : { timeoutMs: askTimeoutMs }),
    });
  }

  private definition(pattern: unknown) {
    const definition = this.clientOptions.catalogue.get(String(pattern));
    if (!definition) {
      throw new TerminalError('UNKNOWN_MESSAGE_TYPE', `${String(pattern)} is not in the catalogue.`);
    }
    return definition;
  }
}

/** What `getError()` of the exception says. */
export interface RpcFault {
  readonly status: 'error';
  /** The refusal's own code, or `ASK_TIMED_OUT`, `ASK_CANCELLED`, `TOO_MANY_ASKS`. */
  readonly code: string;
  readonly message: string;
  /** Message id of the command. */
  readonly askId: string;
  readonly retriable: boolean;
}

function faultOf(error: unknown): unknown {
  if (!(error instanceof AskError)) return error;
  const { code, message, askId, retriable } = error;
  const fault: RpcFault = { status: 'error', code, message, askId, retriable };
  return Object.assign(new RpcException(fault), { cause: error });
}
