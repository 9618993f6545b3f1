import { applyDecorators, Controller, SetMetadata, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { MessageDefinition, PayloadOf } from '@aika/contracts';
import type { AgentManifest, EffectDefinition, EffectHandler, HandlerContext } from '../agent/index.js';
import { HandlerErrorFilter } from './handler-error.filter.js';

export const AGENT_METADATA = 'aika:agent';
export const EFFECT_METADATA = 'aika:effect';

/** Marks a class whose `@Handles` and `@RunsEffect` methods belong to `agent`. */
export function AgentController(agent: AgentManifest): ClassDecorator {
  return applyDecorators(Controller(), SetMetadata(AGENT_METADATA, agent.id), UseFilters(HandlerErrorFilter));
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
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    // Nest's type asks for a handler of any payload; this one's is known.
    (EventPattern(definition.type) as (t: object, k: string, d: unknown) => void)(target, key, descriptor);
    return descriptor;
  };
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
