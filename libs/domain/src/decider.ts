import type { CommandRejectedPayload } from '@aika/contracts';

/** What every decision knows beside its payload: the id and the (UTC) time of the message and who sent it. */
export interface CommandContext {
  /** The message id: unique, and what new entities' ids derive from. */
  readonly id: string;
  /** The message's time, RFC 3339 with `Z`: the only "now" a rule knows. */
  readonly at: string;
  /** The agent, program or person that sent the message. */
  readonly actor: string;
}

/** An order to do something: imperative name, complete payload, and where it comes from. */
export interface Command<T extends string, P> extends CommandContext {
  readonly type: T;
  readonly data: P;
}

/** A fact: past-tense name and the payload exactly as the contracts publish it. */
export interface DomainEvent<T extends string, P> {
  readonly type: T;
  readonly data: P;
}

/**
 * A rule of the business as three pure parts: the state before anything happened, what a command leads to,
 * and how a fact changes the state.
 */
export interface Decider<State, C, E> {
  readonly initialState: State;
  /** The facts that follow from the command; none for a duplicate, which has nothing new to say. */
  decide(state: State, command: C): readonly E[];
  /** The state after the fact; total: a fact that means nothing here leaves the state as it is. */
  evolve(state: State, event: E): State;
}

/** An expected refusal that has no event of its own. */
export type CommandRejected = DomainEvent<'COMMAND_REJECTED', CommandRejectedPayload>;

/**
 * Refuses a command.
 * @param code a stable snake_case word that programs may decide by
 * @param detail a plain sentence for people
 * @param entityId the quote, policy or claim it was about
 */
export function rejected(
  command: Command<string, { readonly customerId: string }>,
  code: string,
  detail: string,
  entityId?: string,
): CommandRejected {
  return {
    type: 'COMMAND_REJECTED',
    data: {
      customerId: command.data.customerId,
      commandId: command.id,
      commandType: command.type,
      code,
      detail,
      ...(entityId === undefined ? {} : { entityId }),
    },
  };
}

/** The state after all these facts, from `state` or else from the beginning. */
export function fold<State, C, E>(
  decider: Decider<State, C, E>,
  events: readonly E[],
  state: State = decider.initialState,
): State {
  return events.reduce((before, event) => decider.evolve(before, event), state);
}
