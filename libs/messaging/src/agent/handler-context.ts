import type { Envelope, MessageDefinition, PayloadOf } from '@aika/contracts';
import type { Answer, AskArguments, AskDefinition } from './ask.js';
import type { AgentManifest, EmitsOf } from './define-agent.js';
import type { EffectDefinition } from './effect.js';
import type { Store, StoreDefinition } from './store.js';

export interface EmitOptions {
  /** Default: a command's owner; null (everybody) for an event. */
  readonly targetAgentId?: string | null;
  /** Default: the priority of the message being handled. */
  readonly priority?: Envelope['priority'];
}

/**
 * What a handler may do. All of it joins one transaction with the message's offset: it happens as a whole
 * when the batch commits, or not at all. Nothing here waits.
 */
export interface HandlerContext<Emits extends MessageDefinition = MessageDefinition> {
  readonly message: Envelope;
  /** The partition key: whose state this is. */
  readonly customerId: string;
  /** The message's own time, RFC 3339 UTC. Decisions use this and no clock. */
  readonly now: string;

  /**
   * Emits a message; its id derives from the handled message's id and the emission's index.
   * @returns the new message's id
   * @throws TerminalError `INVALID_OUTPUT`, `OUTPUT_TOO_LARGE`, `UNDECLARED_OUTPUT`
   */
  emit<D extends Emits>(definition: D, payload: PayloadOf<D>, options?: EmitOptions): string;

  /**
   * Emits to the agent that sent the handled message; in an answer handler to the one whose message the ask was
   * made for. It answers an ask of that agent.
   */
  reply<D extends Emits>(definition: D, payload: PayloadOf<D>): string;

  /** State of this customer. */
  store<T>(definition: StoreDefinition<T>): Store<T>;

  /**
   * Sends `definition` to this agent itself at `dueAt` (RFC 3339 UTC), durably. The same `timerId` of the
   * same customer replaces the earlier one, which is how a timer is moved. A time in the past is due at once.
   */
  schedule<D extends MessageDefinition>(
    timerId: string,
    dueAt: string,
    definition: D,
    payload: PayloadOf<D>,
  ): void;
  /** Nothing happens where there is no such timer. Its message may already be on its way. */
  cancel(timerId: string): void;

  /**
   * Sends the ask's command to the agent that owns it and keeps the ask until the first answer, refusal or deadline,
   * which is handed to this agent's answer handler. The deadline counts from now by the process's clock.
   * @returns the ask's id: that of the command
   * @throws TerminalError `UNDECLARED_ASK`, `ASK_OTHER_KEY` when the command is another customer's,
   * `INVALID_OUTPUT`, `STATE_TOO_LARGE`
   */
  ask<C extends MessageDefinition, R extends MessageDefinition, Memory>(
    ask: AskDefinition<C, R, Memory>,
    payload: PayloadOf<C>,
    ...options: AskArguments<Memory>
  ): string;

  /** Asks for an effect after the commit. @returns its idempotency key */
  effect<Request extends object>(effect: EffectDefinition<Request>, request: Request): string;
}

/** The context of agent `A`: it emits only what `A`'s manifest names. */
export type ContextOf<A extends AgentManifest> = HandlerContext<EmitsOf<A>>;

/** One handler: returns when it is done; what it returns is not used. */
export type MessageHandler<P extends object = object> = (payload: P, context: HandlerContext) => unknown;

/** Handles how an ask ended. It is called once for each ask; where it fails, as often as its message is tried. */
export type AnswerHandler<A extends AskDefinition = AskDefinition> = (
  answer: Answer<A>,
  context: HandlerContext,
) => unknown;
