import { CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import type { EffectHandler } from '../agent/index.js';
import { type HandlerMaps, handlerMaps } from './handler-map.js';
import { AgentRuntime, type AgentRuntimeOptions, type RuntimeStatus } from '../runtime/index.js';

export type TransportOptions = Omit<AgentRuntimeOptions, 'handlers' | 'answers' | 'effects'> & {
  /** Collected when the transport starts: every provider exists by then. */
  readonly effects: () => ReadonlyMap<string, EffectHandler<object>>;
};

/**
 * Nest's side of the agent: takes the handlers that Nest has found and wrapped in pipes, guards, interceptors
 * and filters, and runs them on the exactly-once task.
 */
export class AikaTransport extends Server implements CustomTransportStrategy {
  /** Failures reach the runtime, which reports them: Nest need not. */
  override readonly propagatesEventHandlerErrors = true;
  private runtime: AgentRuntime | undefined;

  constructor(readonly transportOptions: TransportOptions) {
    super();
  }

  /** Nest replaces a `@MessagePattern` handler by a later one in silence; here a second one is told at the start. */
  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const earlier = this.messageHandlers.get(this.normalizePattern(pattern as string));
    if (earlier && !isEventHandler) earlier.next = callback;
    else super.addHandler(pattern, callback, isEventHandler, extras);
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.runtime = new AgentRuntime({
        ...this.transportOptions,
        ...this.agentHandlers(),
        effects: this.transportOptions.effects(),
      });
      this.runtime.start();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    await this.runtime?.stop();
  }

  get namespace(): string {
    return this.transportOptions.namespace;
  }

  runtimeStatus(): RuntimeStatus | undefined {
    return this.runtime?.status();
  }

  /** Part of Nest's contract; this transport has no events of its own. */
  on(): never {
    throw new Error('This transport emits no events: ask for its status.');
  }

  unwrap<T>(): T {
    return this.runtime as T;
  }

  /** What Nest has registered until now, as the runtime takes it. @throws TypeError of `handlerMaps` */
  protected agentHandlers(): HandlerMaps {
    return handlerMaps(this.messageHandlers, this.transportOptions.agent);
  }
}
