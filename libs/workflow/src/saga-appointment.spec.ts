import { defineMessage } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { type CommandOrigin, defineEntity } from './entity.js';
import { defineSaga, type SagaRun } from './saga.js';
import { type SagaInput, transition } from './saga-transition.js';

/** A table is held for guests until a time that they may change, or keep open. */
interface Table {
  readonly phase: 'free' | 'held' | 'taken';
  readonly until?: string;
}
interface Command extends CommandOrigin {
  readonly type: 'HOLD' | 'SEAT' | 'GIVE_AWAY';
  readonly until?: string;
}
type Event = { readonly type: string; readonly data: { readonly until?: string } };

const table = defineEntity<Table, Command, Event>({
  name: 'table',
  decider: {
    initialState: { phase: 'free' },
    decide: (_, { type, until }) => [{ type, data: until === undefined ? {} : { until } }],
    evolve: (_, { type, data }) => {
      if (type === 'HOLD') return { phase: 'held', ...data };
      return { phase: type === 'SEAT' ? 'taken' : 'free' };
    },
  },
});

class TablePayload {
  readonly customerId!: string;
  readonly until?: string;
}
const TimeIsUp = defineMessage({
  type: 'TIME_IS_UP',
  kind: 'event',
  payload: TablePayload,
  owner: 'any',
  stage: 'decision',
  example: { customerId: 'cust-1' },
});

const isHeld = (state: Table): state is Table => state.phase === 'held';
const saga = defineSaga('dinner', table)
  .startsWhen(isHeld)
  .step('hold', (step) =>
    step
      .onlyIf(isHeld)
      .dueAt(
        ({ until }) => until,
        TimeIsUp,
        ({ until }) => ({ customerId: 'cust-1', ...(until === undefined ? {} : { until }) }),
      )
      .awaits(TimeIsUp, () => ({ type: 'GIVE_AWAY' }))
      .until((state) => !isHeld(state)),
  )
  .build();

const origin = { id: 'msg-1', at: '2026-06-15T18:00:00Z', actor: 'guest' };
const say = (type: Command['type'], until?: string): SagaInput<Command> => ({
  kind: 'command',
  command: { type, ...origin, ...(until === undefined ? {} : { until }) },
});
const timeIsUp: SagaInput<Command> = { kind: 'message', type: 'TIME_IS_UP', payload: {} };

/** What the last of these inputs does with timers. */
function timersOf(...inputs: readonly SagaInput<Command>[]): readonly string[] {
  let position: { state: Table; run: SagaRun<undefined> | undefined } = {
    state: table.decider.initialState,
    run: undefined,
  };
  let timers: readonly string[] = [];
  for (const input of inputs) {
    const occasion = { id: 't-1', customerId: 'cust-1', origin, remember: () => undefined };
    const { actions, ...after } = transition(saga, position, input, occasion);
    position = after;
    timers = actions.flatMap((action) => {
      if (action.kind === 'forget') return [`forget ${action.timerId}`];
      return action.kind === 'remindAt'
        ? [`${action.timerId} at ${action.dueAt} with ${JSON.stringify(action.payload)}`]
        : [];
    });
  }
  return timers;
}

describe('a deadline that the state names', () => {
  const eight = say('HOLD', '2026-06-15T20:00:00Z');
  const nine = say('HOLD', '2026-06-15T21:00:00Z');
  const timer = 'dinner/t-1/hold/due';
  const at = (hour: number) =>
    `${timer} at 2026-06-15T${hour}:00:00Z with {"customerId":"cust-1","until":"2026-06-15T${hour}:00:00Z"}`;

  it('is kept with the step, and moves with the state', () => {
    expect(timersOf(eight)).toEqual([at(20)]);
    expect(timersOf(eight, nine)).toEqual([at(21)]);
  });

  it('is left alone while it is the same', () => {
    expect(timersOf(eight, eight)).toEqual([]);
  });

  it('ends with a state that names none, and comes back with one that does', () => {
    expect(timersOf(eight, say('HOLD'))).toEqual([`forget ${timer}`]);
    expect(timersOf(say('HOLD'))).toEqual([]);
    expect(timersOf(say('HOLD'), eight)).toEqual([at(20)]);
  });

  it('ends with the step', () => {
    expect(timersOf(eight, say('SEAT'))).toEqual([`forget ${timer}`]);
    expect(timersOf(eight, timeIsUp)).toEqual([`forget ${timer}`]);
  });

  it('is not waited for when the step is over', () => {
    expect(timersOf(eight, say('SEAT'), timeIsUp)).toEqual([]);
  });
});
