import type { MessageDefinition } from '@aika/contracts';
import type { MessageHandler as NestHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom, toArray } from 'rxjs';
import {
  type AgentManifest,
  type AnswerHandler,
  type HandlerContext,
  type MessageHandler,
  TerminalError,
} from '../agent/index.js';
import { ANSWER_PATTERN, type ReplyExtras } from './agent-controller.decorator.js';

export interface HandlerMaps {
  readonly handlers: ReadonlyMap<string, MessageHandler>;
  readonly answers: ReadonlyMap<string, AnswerHandler>;
}

/**
 * What Nest has found, as the runtime takes it.
 *
 * @throws TypeError that lists every handler that could not do what it looks like
 */
export function handlerMaps(found: ReadonlyMap<string, NestHandler>, agent: AgentManifest): HandlerMaps {
  const faults = [...found].flatMap(([pattern, handler]) => faultsOf(pattern, handler, agent));
  if (faults.length > 0) throw new TypeError(`${agent.id}: ${faults.join('; ')}.`);
  const handlers = new Map<string, MessageHandler>();
  const answers = new Map<string, AnswerHandler>();
  for (const [pattern, handler] of found) {
    if (pattern.startsWith(ANSWER_PATTERN)) {
      const name = pattern.slice(ANSWER_PATTERN.length);
      answers.set(name, (answer, context) => settled(handler(answer, context)));
    } else if (handler.isEventHandler) {
      handlers.set(pattern, (payload, context) => settled(handler(payload, context)));
    } else handlers.set(pattern, replying(handler));
  }
  return { handlers, answers };
}

function faultsOf(pattern: string, handler: NestHandler, agent: AgentManifest): readonly string[] {
  if (handler.next) return [`${pattern} has more than one handler`];
  if (handler.isEventHandler) return [];
  const reply = replyOf(handler);
  if (!reply) {
    return [
      `${pattern} is a @MessagePattern that does not say which message its result becomes: @MessagePattern(type, { reply }), or @EventPattern`,
    ];
  }
  if (agent.emits.some(({ type }) => type === reply.type)) return [];
  return [`${pattern} replies with ${reply.type}, which the manifest does not name under "emits"`];
}

/** Each value that the handler gives is one reply. */
function replying(handler: NestHandler): MessageHandler {
  const definition = replyOf(handler) as MessageDefinition;
  return async (payload, context: HandlerContext) => {
    const replies = await allOf(handler(payload, context));
    for (const reply of replies) {
      if (typeof reply !== 'object' || reply === null) {
        const { messageType } = context.message;
        throw new TerminalError(
          'NO_REPLY',
          `The handler of ${messageType} returned no payload of ${definition.type}.`,
        );
      }
      context.reply(definition, reply);
    }
  };
}

function replyOf({ extras }: NestHandler): MessageDefinition | undefined {
  return (extras as Partial<ReplyExtras> | undefined)?.reply;
}

async function allOf(result: unknown): Promise<readonly unknown[]> {
  const value = await result;
  return isObservable(value) ? lastValueFrom(value.pipe(toArray())) : [value];
}

/** Nest answers with a value, a promise or an observable; the handler is done when the last of them is. */
async function settled(result: unknown): Promise<unknown> {
  const value = await result;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}
