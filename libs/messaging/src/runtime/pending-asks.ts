import {
  AskTimedOut,
  type AskTimedOutPayload,
  CommandRejected,
  type CommandRejectedPayload,
  type Envelope,
  type Metadata,
} from '@aika/contracts';
import type {
  AgentManifest,
  Answer,
  AnswerHandler,
  AskDefinition,
  MessageHandler,
  StoreDefinition,
} from '../agent/index.js';
import type { MessageContext } from './message-context.js';

/** Whose work a message goes on with: an answer's handler acts for the message that the ask was made for. */
export interface Origin {
  readonly sourceAgentId: string;
  readonly metadata: Metadata;
}

/** An ask without an outcome, under its customer and its id. */
export interface PendingAsk {
  readonly name: string;
  readonly askedAgentId: string;
  readonly origin: Origin;
  readonly remembered?: unknown;
}

/** In the agent's own state, under a name that no `defineStore` can take. */
export const PENDING_ASKS: StoreDefinition<PendingAsk> = Object.freeze({ name: '$asks', version: 1 });

export function deadlineTimerOf(askId: string): string {
  return `$ask/${askId}`;
}

export interface AnswerRouting {
  readonly agent: AgentManifest;
  readonly handlers: ReadonlyMap<string, MessageHandler>;
  /** By the ask's name. */
  readonly answers: ReadonlyMap<string, AnswerHandler>;
}

/**
 * The agent's handlers with its asks: a message that answers one goes to the answer handler, in the transaction
 * that ends the ask; every other message goes to its own handler, or is an answer that comes too late.
 */
export function handlersWithAnswers({
  agent,
  handlers,
  answers,
}: AnswerRouting): ReadonlyMap<string, MessageHandler> {
  const asks = agent.asks ?? [];
  if (asks.length === 0) return handlers;
  const byName = new Map(asks.map((ask) => [ask.name, ask]));
  const routed = new Map(handlers);
  const types = new Set(asks.flatMap(({ replies }) => replies.map(({ type }) => type)));
  for (const type of [...types, CommandRejected.type, AskTimedOut.type]) {
    const plain = handlers.get(type);
    const route: MessageHandler = (payload, context) => {
      const answered = answerIn(context as MessageContext, byName);
      if (!answered) return plain?.(payload, context);
      const handle = answers.get(answered.name);
      if (!handle) throw new Error(`No answer handler for ${answered.name}: the manifest was not checked.`);
      return handle(answered.answer, context);
    };
    routed.set(type, route);
  }
  return routed;
}

/** Ends the ask that the message answers, if it is pending and the message may answer it. */
function answerIn(
  context: MessageContext,
  asks: ReadonlyMap<string, AskDefinition>,
): { readonly name: string; readonly answer: Answer } | undefined {
  const pending = context.store(PENDING_ASKS);
  for (const askId of candidates(context.message)) {
    const entry = pending.get(askId);
    if (!entry) continue;
    const ending = outcomeOf(context.message, entry, asks.get(entry.name));
    if (!ending) continue;
    pending.delete(askId);
    context.cancel(deadlineTimerOf(askId));
    context.actFor(entry.origin);
    const { remembered } = entry;
    const answer = { askId, customerId: context.customerId, remembered, ...ending } as Answer;
    return { name: entry.name, answer };
  }
  return undefined;
}

/** Ids of the asks that a message may speak of. A stock client may have kept the direct cause only. */
function candidates({ messageType, payload, metadata }: Envelope): readonly string[] {
  if (messageType === AskTimedOut.type) return [(payload as unknown as AskTimedOutPayload).requestId];
  if (messageType === CommandRejected.type) return [(payload as unknown as CommandRejectedPayload).commandId];
  const ids = [metadata.requestId, metadata.causationId].filter((id) => id !== undefined);
  return [...new Set(ids)];
}

/** Undefined when the message is none that ends the ask: of another type, or of an agent that was not asked. */
function outcomeOf(message: Envelope, entry: PendingAsk, ask: AskDefinition | undefined): object | undefined {
  const { messageType, payload, sourceAgentId } = message;
  if (messageType === AskTimedOut.type) return { outcome: 'timed-out' };
  if (sourceAgentId !== entry.askedAgentId) return undefined;
  if (messageType === CommandRejected.type) {
    const { code, detail } = payload as unknown as CommandRejectedPayload;
    return { outcome: 'refused', code, detail };
  }
  if (!ask?.replies.some(({ type }) => type === messageType)) return undefined;
  return { outcome: 'replied', type: messageType, payload };
}
