import { describe, expect, it } from '@jest/globals';
import { topicOf } from '@aika/contracts';
import type { HandlerContext, MessageHandler } from '../../agent/index.js';
import { Add, Added, AddLater, AddOutside, type AddPayload } from './counter-agent.fixtures.js';
import { type CounterWorld, type RuntimeSuiteSetup, until, useCounterWorld } from './counter-world.js';

/** What an ADD_LATER does to the customer's timers, by its amount. A timer that fires says so with its own. */
const SCRIPT: Readonly<Record<number, (timers: Timers) => void>> = {
  1: ({ set }) => set('moved', 60_000, 101),
  2: ({ set }) => set('moved', 50, 102),
  3: ({ set, cancel }) => {
    set('anew', 10, 103);
    cancel('anew');
    set('anew', 60, 104);
  },
  4: ({ set }) => set('past', -3_600_000, 105),
  5: ({ set }) => set('dropped', 200, 106),
  6: ({ cancel }) => cancel('dropped'),
  7: ({ cancel }) => cancel('never-set'),
  8: ({ set }) => set('hour', 3_600_000, 107),
};
const HOUR_MS = 3_600_000;
const SPREAD_MS = 40;

interface Timers {
  set(timerId: string, inMs: number, amount: number): void;
  cancel(timerId: string): void;
}

/** Rules of timers, the same on every adapter. */
export function describeTimers(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`timers on ${name}`, () => {
    const world = useCounterWorld(open);

    const fired = (customerId: string): readonly number[] =>
      world()
        .events(customerId)
        .map(({ payload }) => payload.amount);
    const tell = (customerId: string, ...amounts: number[]) =>
      world().sender.sendAll(
        amounts.map((amount) => ({ definition: AddLater, payload: { customerId, amount } })),
      );

    it('are moved by a later message, replaced within one, due at once in the past, and gone when cancelled', async () => {
      await world().start('one', { handlers: handlers() });
      const [moved, anew, past, dropped] = [1, 2, 3, 4].map(() => world().customer()) as [
        string,
        string,
        string,
        string,
      ];
      await tell(moved, 1, 2);
      await tell(anew, 3);
      await tell(past, 4, 7);
      await tell(dropped, 5, 6);
      await until(() => [moved, anew, past].every((each) => fired(each).length > 0));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect([moved, anew, past, dropped].map(fired)).toEqual([[102], [104], [105], []]);
    });

    it('fire within a second of their time', async () => {
      await world().start('one', { handlers: handlers() });
      const customerId = world().customer();
      const amounts = Array.from({ length: 25 }, (_, n) => 200 + n);
      await tell(customerId, ...amounts);
      await until(() => fired(customerId).length === amounts.length);
      expect(Math.max(...latenessOf(world(), customerId))).toBeLessThanOrEqual(1000);
      expect(Math.min(...latenessOf(world(), customerId))).toBeGreaterThanOrEqual(0);
    });

    it('follow a clock that steps: forward they are due within a second, backward they wait', async () => {
      let stepMs = 0;
      const clock = (): number => Date.now() + stepMs;
      const agent = await world().start('one', { handlers: handlers(), clock });
      const [forward, backward] = [world().customer(), world().customer()];
      await tell(forward, 8);
      await until(() => agent.status().handled === 1);
      stepMs = HOUR_MS + 1;
      const steppedAt = Date.now();
      // Only the timer's own message: what it says of its time is an hour ahead of the log's, and refused as such.
      await until(() => world().on('commands').length === 2, 2000);
      expect(Date.now() - steppedAt).toBeLessThanOrEqual(1500);
      stepMs = -HOUR_MS;
      await tell(backward, 2);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(fired(backward)).toEqual([]);
      stepMs = 0;
      await until(() => fired(backward).length === 1);
    });
  });
}

function handlers(): ReadonlyMap<string, MessageHandler> {
  return new Map<string, MessageHandler>([
    [
      Add.type,
      ((payload: AddPayload, context: HandlerContext) =>
        void context.emit(Added, { ...payload, total: 0 })) as MessageHandler,
    ],
    [
      AddLater.type,
      (({ customerId, amount }: AddPayload, context: HandlerContext) => {
        const set: Timers['set'] = (timerId, inMs, then) => {
          const due = new Date(Date.parse(context.now) + inMs).toISOString();
          context.schedule(timerId, due, Add, { customerId, amount: then });
        };
        const many = ({ set: each }: Timers): void => each(`t-${amount}`, (amount - 190) * SPREAD_MS, amount);
        (SCRIPT[amount] ?? many)({ set, cancel: (timerId) => context.cancel(timerId) });
      }) as MessageHandler,
    ],
    [AddOutside.type, () => undefined],
  ]);
}

/** From a timer's due time, which is the time of its message and of what its handler emits, to the log's time of that. */
function latenessOf(world: CounterWorld, customerId: string): readonly number[] {
  const topic = topicOf(world.namespace, 'events');
  return world
    .on('events')
    .filter((record) => record.topic === topic && record.key?.toString() === customerId)
    .map(({ timestamp, value }) => {
      const { timestamp: due } = JSON.parse(String(value)) as { readonly timestamp: string };
      return timestamp - Date.parse(due);
    });
}
