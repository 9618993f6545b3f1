import { CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EffectHandler, MessageHandler } from '../agent/index.js';
import { AgentRuntime, type AgentRuntimeOptions, type RuntimeStatus } from '../runtime/index.js';

export type TransportOptions = Omit<AgentRuntimeOptions, 'handlers' | 'effects'> & {
  /** Collected when the transport starts: every provider exists by then. */
  readonly effects: () => ReadonlyMap<string, EffectHandler<object>>;
};

/**
 * Nest's side of the agent: takes the handlers that Nest has found and wrapped in pipes, guards, interceptors
 * and filters, and runs them on the exactly-once task.
 */
export class AikaTransport extends Server implements CustomTransportStrategy {
  private runtime: AgentRuntime | undefined;

  constructor(readonly transportOptions: TransportOptions) {
    super();
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

  /** What Nest has registered until now, as the runtime takes it. */
  protected agentHandlers(): Pick<AgentRuntimeOptions, 'handlers'> {
    const handlers = new Map<string, MessageHandler>();
    for (const [type, handler] of this.messageHandlers) {
      if (handler.next) throw new TypeError(`${type} has more than one handler.`);
      handlers.set(type, (payload, context) => settled(handler(payload, context)));
    }
    return { handlers };
  }
}

/** Nest answers with a value, a promise or an observable; the handler is done when the last of them is. */
async function settled(result: unknown): Promise<unknown> {
  const value = await result;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}
