import { defineMessage } from '@aika/contracts';
import { defineEffect } from '@aika/messaging';
import { describe, expect, it } from '@jest/globals';
import { type CommandOrigin, defineEntity } from './entity.js';
import { defineSaga, type Saga, type SagaRun } from './saga.js';
import { type SagaInput, transition } from './saga-transition.js';

/** A trip is planned, its hotel and flight are booked in parallel, a guide is hired for far ones, and it is paid. */
type Phase = 'none' | 'planned' | 'booked' | 'paid' | 'given up';
interface Trip {
  readonly phase: Phase;
  readonly booked: readonly string[];
}
type Verb = 'PLAN' | 'BOOK' | 'CONFIRM' | 'GIVE_UP' | 'CANCEL_BOOKINGS' | 'SEND_GUIDE_HOME' | 'THANK';
interface Command extends CommandOrigin {
  readonly type: Verb;
  readonly data: { readonly what?: string };
}
type Event = { readonly type: string; readonly data: { readonly what?: string } };

const PHASES: Partial<Record<string, Phase>> = {
  PLAN_DONE: 'planned',
  CONFIRM_DONE: 'paid',
  GIVE_UP_DONE: 'given up',
  CANCEL_BOOKINGS_DONE: 'given up',
};
const trip = defineEntity<Trip, Command, Event>({
  name: 'trip',
  decider: {
    initialState: { phase: 'none', booked: [] },
    decide: (_, { type, data }) => [{ type: `${type}_DONE`, data }],
    evolve: (state, { type, data }) => {
      if (type !== 'BOOK_DONE') return { ...state, phase: PHASES[type] ?? state.phase };
      const booked = [...state.booked, data.what ?? ''];
      return { booked, phase: booked.length === 2 ? 'booked' : state.phase };
    },
  },
});

class TripPayload {
  readonly customerId!: string;
  readonly what?: string;
}
const example = { customerId: 'cust-1' };
const common = { kind: 'event', payload: TripPayload, owner: 'any', stage: 'decision', example } as const;
const HotelAsked = defineMessage({ ...common, type: 'HOTEL_ASKED' });
const FlightAsked = defineMessage({ ...common, type: 'FLIGHT_ASKED' });
const Booked = defineMessage({ ...common, type: 'BOOKED' });
const TimeIsUp = defineMessage({ ...common, type: 'TIME_IS_UP' });
const Paid = defineMessage({ ...common, type: 'PAID' });
const CardRefused = defineMessage({ ...common, type: 'CARD_REFUSED' });
const Charge = defineEffect<{ readonly tripId: string }>({ name: 'charge' });

const saga = (goesFar: boolean) =>
  defineSaga('trip', trip)
    .startsWhen(({ phase }) => phase === 'planned')
    .remembers(() => ({ goesFar }))
    .step('book', (step) =>
      step
        .asks(HotelAsked, () => example)
        .asks(FlightAsked, (_, { remembered }) => ({ ...example, what: remembered.goesFar ? 'far' : 'near' }))
        .awaits(Booked, (data) => ({ type: 'BOOK', data }))
        .within(1_000, TimeIsUp, () => example)
        .awaits(TimeIsUp, (data) => ({ type: 'GIVE_UP', data }))
        .until(({ phase }) => phase !== 'planned')
        .undoneBy((_, __, cause) => ({ type: 'CANCEL_BOOKINGS', data: { what: cause.code } })),
    )
    .step('send the guide', (step) =>
      step
        .onlyIf((state): state is Trip => state.phase === 'booked' && goesFar)
        .undoneBy(() => ({ type: 'SEND_GUIDE_HOME', data: {} })),
    )
    .step('pay', (step) =>
      step
        .onlyIf((state): state is Trip => state.phase === 'booked')
        .requests(Charge, (_, { id }) => ({ tripId: id }))
        .awaits(Paid, (data) => (data.what === 'other' ? undefined : { type: 'CONFIRM', data }))
        .failsOn(CardRefused, ({ what }) =>
          what === 'other' ? undefined : { code: 'refused', detail: 'No.' },
        )
        .until(({ phase }) => phase === 'paid'),
    )
    .step('thank', (step) =>
      step.onlyIf((state): state is Trip => state.phase === 'paid').does(() => ({ type: 'THANK', data: {} })),
    )
    .build();

type TripSaga = Saga<Trip, Command, Event, { goesFar: boolean }>;
type Run = SagaRun<{ goesFar: boolean }> | undefined;

const origin = { id: 'msg-1', at: '2026-06-15T10:00:00Z', actor: 'traveller' };
const command = (type: Verb): SagaInput<Command> => ({
  kind: 'command',
  command: { type, data: {}, ...origin },
});
const message = ({ type }: { readonly type: string }, what?: string): SagaInput<Command> => ({
  kind: 'message',
  type,
  payload: { ...example, what },
});
const plan = command('PLAN');
const bothBooked = [message(Booked, 'hotel'), message(Booked, 'flight')];

/** Given these inputs, when the last one comes: what it leads to, each action in a word. */
function after(saga: TripSaga, ...inputs: SagaInput<Command>[]) {
  let position: { state: Trip; run: Run } = { state: trip.decider.initialState, run: undefined };
  let last = transition(saga, position, plan, occasion(saga));
  for (const input of inputs) {
    last = transition(saga, position, input, occasion(saga));
    position = last;
  }
  return { ...last, did: last.actions.map(inAWord) };
}

function occasion(saga: TripSaga) {
  const remember = (state: Trip) => saga.remembers(state, { store: () => neverRead() });
  return { id: 'trip-1', customerId: 'cust-1', origin, remember };
}

function neverRead(): never {
  throw new Error('this saga reads nothing');
}

function inAWord(action: ReturnType<typeof transition<Trip, Command, Event, unknown>>['actions'][number]) {
  switch (action.kind) {
    case 'publish':
      return action.event.type;
    case 'send':
      return `send ${action.definition.type}`;
    case 'request':
      return `request ${action.effect.name}`;
    case 'remind':
      return `remind ${action.definition.type} after ${action.afterMs}`;
    case 'remindAt':
      return `remind ${action.definition.type} at ${action.dueAt}`;
    case 'forget':
      return `forget ${action.timerId}`;
    default:
      return action satisfies never;
  }
}

describe('a saga', () => {
  const near = saga(false);
  const far = saga(true);

  it('begins with its first step when the entity is in a starting state', () => {
    expect(after(near, plan)).toMatchObject({
      did: ['PLAN_DONE', 'send HOTEL_ASKED', 'send FLIGHT_ASKED', 'remind TIME_IS_UP after 1000'],
      run: { status: 'running', step: 'book', done: [] },
    });
  });

  it('does not begin in another state', () => {
    expect(after(near, command('BOOK'))).toMatchObject({ did: ['BOOK_DONE'], run: undefined });
  });

  it('does not begin twice', () => {
    expect(after(near, plan, plan).did).toEqual(['PLAN_DONE']);
  });

  it('remembers what it knew at its beginning', () => {
    const { actions } = after(far, plan);
    expect(actions).toContainEqual(expect.objectContaining({ payload: { ...example, what: 'far' } }));
  });

  it('waits in a step until its state has come', () => {
    expect(after(near, plan, message(Booked, 'hotel'))).toMatchObject({
      did: ['BOOK_DONE'],
      run: { status: 'running', step: 'book' },
    });
  });

  it('goes on when the last awaited answer is there, leaves out steps that do not apply, and drops the deadline', () => {
    expect(after(near, plan, ...bothBooked)).toMatchObject({
      did: ['BOOK_DONE', 'forget trip/trip-1/book', 'request charge'],
      run: { status: 'running', step: 'pay', done: ['book'] },
    });
  });

  it('passes a step that waits for nothing', () => {
    expect(after(far, plan, ...bothBooked).run).toMatchObject({
      step: 'pay',
      done: ['book', 'send the guide'],
    });
  });

  it('ends after its last step', () => {
    expect(after(near, plan, ...bothBooked, message(Paid))).toMatchObject({
      did: ['CONFIRM_DONE', 'THANK_DONE'],
      run: { status: 'completed', done: ['book', 'pay', 'thank'] },
    });
  });

  it('undoes the steps that were done, the latest first, when a later one fails', () => {
    expect(after(far, plan, ...bothBooked, message(CardRefused))).toMatchObject({
      did: ['SEND_GUIDE_HOME_DONE', 'CANCEL_BOOKINGS_DONE'],
      state: { phase: 'given up' },
      run: {
        status: 'compensated',
        failedIn: 'pay',
        undone: ['send the guide', 'book'],
        cause: { code: 'refused' },
      },
    });
  });

  it('does not undo a step that was left out', () => {
    expect(after(near, plan, ...bothBooked, message(CardRefused)).did).toEqual(['CANCEL_BOOKINGS_DONE']);
  });

  it('begins again when the entity comes back to a starting state', () => {
    const { run, did } = after(near, plan, ...bothBooked, message(CardRefused), plan);
    expect(run).toMatchObject({ status: 'running', step: 'book', done: [] });
    expect(did).toContain('send HOTEL_ASKED');
  });

  it('lets its deadline decide while the step waits', () => {
    expect(after(near, plan, message(Booked, 'hotel'), message(TimeIsUp))).toMatchObject({
      did: ['GIVE_UP_DONE', 'forget trip/trip-1/book'],
      run: { status: 'completed' },
    });
  });

  it.each([
    ['a late deadline', [plan, ...bothBooked, message(TimeIsUp)]],
    ['a repeated answer', [plan, ...bothBooked, message(Booked, 'hotel')]],
    ['an early answer', [plan, message(Paid)]],
    ['an answer that another one was waiting for', [plan, ...bothBooked, message(Paid, 'other')]],
    ['a failure of something else', [plan, ...bothBooked, message(CardRefused, 'other')]],
    ['an answer before it began', [message(Booked, 'hotel')]],
    ['an answer after it ended', [plan, ...bothBooked, message(Paid), message(Paid)]],
  ])('ignores %s', (_, inputs) => {
    const before = after(near, ...inputs.slice(0, -1));
    expect(after(near, ...inputs)).toMatchObject({ accepted: false, did: [] });
    if (inputs.length > 1) expect(after(near, ...inputs).run).toEqual(before.run);
  });

  it('goes on after a command from outside that ends the step, whichever it is', () => {
    expect(after(near, plan, command('GIVE_UP'))).toMatchObject({
      did: ['GIVE_UP_DONE', 'forget trip/trip-1/book'],
      run: { status: 'completed', done: ['book'] },
    });
  });

  it('says so when a run stands in a step that no longer exists', () => {
    const run = { status: 'running', step: 'swim', done: [], remembered: { goesFar: false } } as const;
    const position = { state: trip.decider.initialState, run };
    expect(() => transition(near, position, message(Paid), occasion(near))).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_SAGA_STEP', retriable: false }),
    );
  });

  it('refuses two steps of one name', () => {
    const step = () => defineSaga('trip', trip).step('book', (book) => book);
    expect(() => step().step('book', (book) => book)).toThrow('two steps named "book"');
  });
});
