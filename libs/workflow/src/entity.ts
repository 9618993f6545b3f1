import { catalogue } from '@aika/contracts';
import { defineStore, TerminalError } from '@aika/messaging';
import type { EmitOptions, HandlerContext, StoreDefinition } from '@aika/messaging';

/** A fact by its message type; `data` is the payload as the contracts publish it. */
export interface EntityEvent {
  readonly type: string;
  readonly data: object;
}

/** What every command knows beside its payload: the message's id and time, and who sent it. */
export interface CommandOrigin {
  readonly id: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly actor: string;
}

/** The shape of a decider. The domain's deciders fit it without this package knowing the domain. */
export interface EntityDecider<S, C, E> {
  readonly initialState: S;
  decide(state: S, command: C): readonly E[];
  evolve(state: S, event: E): S;
}

/** A decider with the store that keeps its state, one value per entity id under its customer. */
export interface Entity<S, C, E extends EntityEvent> {
  readonly name: string;
  readonly decider: EntityDecider<S, C, E>;
  readonly store: StoreDefinition<S>;
  /** Types of events that belong to the history but that another agent already published. */
  readonly observes: ReadonlySet<string>;
  /** Types of events that are emitted as HIGH, whatever brought them about. */
  readonly urgent: ReadonlySet<string>;
}

/** What `defineEntity` takes; `name` is lower-case letters, digits and dashes. */
export interface EntitySpec<S, C, E extends EntityEvent> {
  readonly name: string;
  readonly decider: EntityDecider<S, C, E>;
  /** Version of the stored state, 1 unless said; `upcast` then reads the older ones. */
  readonly version?: number;
  readonly upcast?: StoreDefinition<S>['upcast'];
  /** Events that change the state but are not emitted: they are on the log already. */
  readonly observes?: readonly E['type'][];
  /** Events that are emitted with priority HIGH, whatever that of the handled message is. */
  readonly urgent?: readonly E['type'][];
}

/** Declares an entity of an agent: a decider and where its state is kept. */
export function defineEntity<S, C, E extends EntityEvent>(spec: EntitySpec<S, C, E>): Entity<S, C, E> {
  const { name, decider, version = 1, upcast, observes = [], urgent = [] } = spec;
  const store = defineStore<S>(name, { version, ...(upcast && { upcast }) });
  return Object.freeze({
    name,
    decider,
    store,
    observes: new Set<string>(observes),
    urgent: new Set<string>(urgent),
  });
}

/** The entity's state, or the decider's initial one. */
export function stateOf<S, C, E extends EntityEvent>(
  context: Pick<HandlerContext, 'store'>,
  entity: Entity<S, C, E>,
  entityId: string,
): S {
  return context.store(entity.store).get(entityId) ?? entity.decider.initialState;
}

/**
 * Decides a command on an entity: loads its state, keeps the new one and emits every event under its own type.
 *
 * @returns the events, observed ones included; none when the command had nothing new to say
 * @throws TerminalError `UNKNOWN_EVENT` for an event type that the catalogue does not have
 */
export function decideOn<S, C, E extends EntityEvent>(
  context: HandlerContext,
  entity: Entity<S, C, E>,
  entityId: string,
  command: C,
  options: Pick<EmitOptions, 'priority'> = {},
): readonly E[] {
  const before = stateOf(context, entity, entityId);
  const events = entity.decider.decide(before, command);
  if (events.length === 0) return events;
  const after = events.reduce((state, event) => entity.decider.evolve(state, event), before);
  if (after !== before) context.store(entity.store).put(entityId, after);
  for (const event of events) publish(context, entity, event, options);
  return events;
}

/** The command that the handled message stands for, under the decider's name for it. */
export function commandOf<const T extends string, P>(
  context: Pick<HandlerContext, 'message' | 'now'>,
  type: T,
  data: P,
): CommandOrigin & { readonly type: T; readonly data: P } {
  return { type, data, ...originOf(context) };
}

/** Id, time and sender of the handled message. `metadata.actor` names the person behind a program. */
export function originOf({ message, now }: Pick<HandlerContext, 'message' | 'now'>): CommandOrigin {
  const { actor } = message.metadata;
  return { id: message.messageId, at: now, actor: typeof actor === 'string' ? actor : message.sourceAgentId };
}

/** Emits one event of an entity, unless it is only observed. */
export function publish<S, C, E extends EntityEvent>(
  context: HandlerContext,
  entity: Entity<S, C, E>,
  event: E,
  options: Pick<EmitOptions, 'priority'> = {},
): void {
  if (entity.observes.has(event.type)) return;
  const definition = catalogue.get(event.type);
  if (!definition) {
    throw new TerminalError(
      'UNKNOWN_EVENT',
      `${entity.name} decided ${event.type}, which no contract defines.`,
    );
  }
  const payload = event.type === REJECTED ? asAnswer(context, event.data) : event.data;
  context.emit(
    definition,
    payload,
    entity.urgent.has(event.type) ? { ...options, priority: 'HIGH' } : options,
  );
}

const REJECTED = 'COMMAND_REJECTED';

/**
 * A decider knows a command by its own name (`RECORD_COVERAGE`); who sent the message knows it by the
 * message's type and id, and a refusal has to speak of those.
 */
function asAnswer({ message }: HandlerContext, data: object): object {
  return { ...data, commandId: message.messageId, commandType: message.messageType };
}
