import { contentOf } from './content.js';
import { fold, type Decider } from './decider.js';

/** The last part of a specification: what must follow. Each throws a `SpecificationError` if it does not. */
export interface Expectation<State, E> {
  /** Exactly these events, in this order; an absent property equals an undefined one. */
  then(...events: E[]): void;
  /** Nothing: the command was a duplicate. */
  thenNothing(): void;
  /** One COMMAND_REJECTED with this code. */
  thenRejected(code: string): void;
  /** The events and the state after them, for assertions of the test's own. */
  outcome(): { readonly events: readonly E[]; readonly state: State };
}

export interface Specification<State, C, E> {
  given(...events: E[]): { when(command: C): Expectation<State, E> };
  when(command: C): Expectation<State, E>;
}

/** A decider did something else than its specification says. */
export class SpecificationError extends Error {
  override readonly name = 'SpecificationError';
  readonly code = 'SPECIFICATION_FAILED';
  readonly retriable = false;
}

/**
 * Given/when/then for a decider: `specify(decider).given(...events).when(command).then(...events)`.
 * Uses no test framework, so any can run it.
 */
export function specify<State, C, E extends { readonly type: string; readonly data: unknown }>(
  decider: Decider<State, C, E>,
): Specification<State, C, E> {
  const given = (...history: E[]) => ({
    when(command: C): Expectation<State, E> {
      const before = fold(decider, history);
      const events = decider.decide(before, command);
      return expectation(events, () => fold(decider, events, before));
    },
  });
  return { given, when: (command) => given().when(command) };
}

function expectation<State, E extends { readonly type: string; readonly data: unknown }>(
  events: readonly E[],
  stateAfter: () => State,
): Expectation<State, E> {
  return {
    then: (...expected) => assertSame(expected, events),
    thenNothing: () => assertSame([], events),
    thenRejected: (code) => {
      const codes = events.map((event) => `${event.type}:${codeOf(event.data)}`);
      assertSame([`COMMAND_REJECTED:${code}`], codes);
    },
    outcome: () => ({ events, state: stateAfter() }),
  };
}

function codeOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : '';
}

function assertSame(expected: unknown, found: unknown): void {
  const [wanted, got] = [contentOf(expected, 2), contentOf(found, 2)];
  if (wanted !== got) throw new SpecificationError(`expected ${wanted}\nbut found ${got}`);
}
