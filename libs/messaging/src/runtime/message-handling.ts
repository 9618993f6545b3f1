import type { Envelope, MessageDefinition } from '@aika/contracts';
import { HandlerError, type MessageHandler } from '../agent/index.js';
import { MessageContext, type MessageContextOptions } from './message-context.js';
import type { StateReader } from './state-overlay.js';
import { pause } from '../timing.js';

export interface HandlingOptions extends MessageContextOptions {
  readonly handlers: ReadonlyMap<string, MessageHandler>;
  readonly attempts: number;
  readonly backoffMs: number;
  /** Runs the handler where a client can find its context. */
  readonly enter: (context: MessageContext, run: () => unknown) => unknown;
}

export type Handled =
  | { readonly ok: true; readonly context: MessageContext }
  | { readonly ok: false; readonly error: unknown; readonly attempts: number; readonly isTerminal: boolean };

/**
 * Runs a message's handler until it succeeds, with a fresh context for each attempt. Terminal errors end it
 * at once; retriable and unknown ones after the bounded attempts.
 */
export async function handleMessage(
  message: {
    readonly envelope: Envelope;
    readonly definition: MessageDefinition;
    readonly customerId: string;
  },
  below: StateReader,
  options: HandlingOptions,
): Promise<Handled> {
  const handler = options.handlers.get(message.definition.type);
  if (!handler) throw new Error(`No handler for ${message.definition.type}: the manifest was not checked.`);
  for (let attempt = 1; ; attempt++) {
    const context = new MessageContext(message.envelope, message.customerId, below, options);
    try {
      const result = options.enter(context, () => handler(message.envelope.payload, context));
      // Awaiting only what is a promise keeps synchronous handlers out of the microtask queue.
      if (result instanceof Promise) await result;
      return { ok: true, context };
    } catch (error) {
      const isTerminal = error instanceof HandlerError && !error.retriable;
      if (isTerminal || attempt >= options.attempts) {
        return { ok: false, error, attempts: attempt, isTerminal };
      }
      await pause(options.backoffMs * 2 ** (attempt - 1));
    }
  }
}
