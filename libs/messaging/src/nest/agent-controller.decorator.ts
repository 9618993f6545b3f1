import { applyDecorators, Controller, SetMetadata } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import type { MessageDefinition, PayloadOf } from '@aika/contracts';
import type { Observable } from 'rxjs';
import type {
  AgentManifest,
  Answer,
  AskDefinition,
  EffectDefinition,
  EffectHandler,
  HandlerContext,
} from '../agent/index.js';

export const AGENT_METADATA = 'aika:agent';
export const EFFECT_METADATA = 'aika:effect';

/** Marks a class whose `@Handles` and `@RunsEffect` methods belong to `agent`. */
export function AgentController(agent: AgentManifest): ClassDecorator {
  return applyDecorators(Controller(), SetMetadata(AGENT_METADATA, agent.id));
}

type HandlerMethod<D extends MessageDefinition> = (payload: PayloadOf<D>, context: never) => unknown;

/**
 * A method that handles one message type: `(payload, context)`. It is an `@EventPattern` handler of Nest, so
 * pipes, guards, interceptors and filters apply to it; what it returns is not used.
 */
export function Handles<D extends MessageDefinition>(definition: D) {
  return <M extends HandlerMethod<D>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): TypedPropertyDescriptor<M> => {
    takesMessage(target, key);
    (EventPattern(definition.type) as PlainDecorator)(target, key, descriptor);
    return descriptor;
  };
}

/**
 * A method that answers a command: `(payload, context)`, and the value that it returns is the payload of `reply`,
 * sent in the message's transaction. It is a `@MessagePattern` handler of Nest; the plain decorator says the same as
 * `@MessagePattern(command.type, { reply })`.
 */
export function Replies<D extends MessageDefinition, R extends MessageDefinition>(definition: D, reply: R) {
  return <M extends (payload: PayloadOf<D>, context: never) => ReplyOf<R>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): TypedPropertyDescriptor<M> => {
    takesMessage(target, key);
    const extras = { reply } satisfies ReplyExtras;
    (MessagePattern(definition.type, extras) as PlainDecorator)(target, key, descriptor);
    return descriptor;
  };
}

type ReplyOf<R extends MessageDefinition> = PayloadOf<R> | Promise<PayloadOf<R>> | Observable<PayloadOf<R>>;

/** What a `@MessagePattern` has to say: the message that its method's result becomes. */
export interface ReplyExtras {
  readonly reply: MessageDefinition;
}

/** Patterns of answer handlers begin so; what follows is the ask's name. */
export const ANSWER_PATTERN = 'answer:';

/** A method that handles how an ask ended: `(answer, context)`. */
export function HandlesAnswer<A extends AskDefinition>(ask: A) {
  return <M extends (answer: Answer<A>, context: never) => unknown>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): TypedPropertyDescriptor<M> => {
    takesMessage(target, key);
    (EventPattern(`${ANSWER_PATTERN}${ask.name}`) as PlainDecorator)(target, key, descriptor);
    return descriptor;
  };
}

/** Nest's type asks for a handler of any payload; ours are known. */
type PlainDecorator = (target: object, key: string, descriptor: unknown) => void;

function takesMessage(target: object, key: string): void {
  Payload()(target, key, 0);
  Ctx()(target, key, 1);
}

/** A method that carries out an effect: `(request, call) => Promise<EffectResult>`. */
export function RunsEffect<Request extends object>(effect: EffectDefinition<Request>) {
  return <M extends EffectHandler<Request>>(
    _target: object,
    _key: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): TypedPropertyDescriptor<M> => {
    if (descriptor.value) Reflect.defineMetadata(EFFECT_METADATA, effect.name, descriptor.value);
    return descriptor;
  };
}

export type { HandlerContext };
