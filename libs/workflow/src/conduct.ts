import type { MessageDefinition, PayloadOf } from '@aika/contracts';
import type { HandlerContext } from '@aika/messaging';
import { originOf, publish, stateOf } from './entity.js';
import type { EntityEvent } from './entity.js';
import type { Saga, SagaRun } from './saga.js';
import { transition } from './saga-transition.js';
import type { SagaAction, SagaInput } from './saga-transition.js';

/**
 * Decides a command on a saga's entity, whatever step the saga is in, and lets the saga go on from there: the
 * way for commands from outside, which the decider itself refuses when they do not fit.
 */
export function conduct<S, C, E extends EntityEvent, D>(
  context: HandlerContext,
  saga: Saga<S, C, E, D>,
  entityId: string,
  command: C,
): void {
  move(context, saga, entityId, { kind: 'command', command });
}

/**
 * Hands a saga a message that it may be waiting for: an answer, a deadline, the result of an effect.
 *
 * @returns false when no step waits for it (unknown entity, late, repeated): then nothing happens
 */
export function deliver<S, C, E extends EntityEvent, D, M extends MessageDefinition>(
  context: HandlerContext,
  saga: Saga<S, C, E, D>,
  entityId: string,
  definition: M,
  payload: PayloadOf<M>,
): boolean {
  return move(context, saga, entityId, {
    kind: 'message',
    type: definition.type,
    payload: payload as object,
  });
}

/** Where the saga of this entity stands; undefined when it never began. */
export function runOf<S, C, E extends EntityEvent, D>(
  context: Pick<HandlerContext, 'store'>,
  saga: Saga<S, C, E, D>,
  entityId: string,
): SagaRun<D> | undefined {
  return context.store(saga.store).get(entityId);
}

function move<S, C, E extends EntityEvent, D>(
  context: HandlerContext,
  saga: Saga<S, C, E, D>,
  entityId: string,
  input: SagaInput<C>,
): boolean {
  const before = { state: stateOf(context, saga.entity, entityId), run: runOf(context, saga, entityId) };
  const after = transition(saga, before, input, {
    id: entityId,
    customerId: context.customerId,
    origin: originOf(context),
    remember: (state) => saga.remembers(state, context),
  });
  if (after.state !== before.state) context.store(saga.entity.store).put(entityId, after.state);
  if (after.run && after.run !== before.run) context.store(saga.store).put(entityId, after.run);
  for (const action of after.actions) perform(context, saga, action);
  return after.accepted;
}

function perform<S, C, E extends EntityEvent, D>(
  context: HandlerContext,
  saga: Saga<S, C, E, D>,
  action: SagaAction<E>,
): void {
  switch (action.kind) {
    case 'publish':
      return publish(context, saga.entity, action.event);
    case 'send':
      return void context.emit(action.definition, action.payload);
    case 'request':
      return void context.effect(action.effect, action.request);
    case 'remind': {
      const dueAt = new Date(Date.parse(context.now) + action.afterMs).toISOString();
      return context.schedule(action.timerId, dueAt, action.definition, action.payload);
    }
    case 'remindAt':
      return context.schedule(action.timerId, action.dueAt, action.definition, action.payload);
    case 'forget':
      return context.cancel(action.timerId);
    default:
      return action satisfies never;
  }
}
