import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parkedKey, waitingKey } from '../parked-key.js';
import { stateKey } from '../state-key.js';
import type { StateStore } from '../state-store.js';

/** What an adapter brings for the suite. */
export interface StateStoreHarness {
  /** A new, empty store. */
  create(): Promise<StateStore>;
  /** Resolves when nothing waits to be written: reads then meet what is written. */
  settle(store: StateStore): Promise<void>;
  /** Ends all stores that were created. */
  close(): Promise<void>;
}

const balance = (customer: string, id: string): string => stateKey('store', customer, `balances/${id}`);
const timer = (customer: string, id: string): string => stateKey('timer', customer, id);
const dueAt = (ms: number): string => JSON.stringify({ dueAt: ms });
const seenKey = (n: number): string => stateKey('seen', '-', `commands/0/${n}`);
const seen = (at: number, ids: Record<string, string>): string => JSON.stringify({ at, ids });

/** The rules of the port, for one adapter. */
export function describeStateStore(name: string, harness: StateStoreHarness): void {
  /** Each rule holds for what was just applied and for what is written. */
  const rule = (text: string, test: (store: StateStore, settled: () => Promise<void>) => Promise<void>) => {
    it.each(['as applied', 'as written'])(`${text} (%s)`, async (when) => {
      const store = await harness.create();
      await test(store, () => (when === 'as written' ? harness.settle(store) : Promise.resolve()));
    });
  };

  describe(`state store ${name}`, () => {
    afterEach(() => harness.close());

    rule('has what was applied last, and nothing that was deleted', async (store, settled) => {
      store.apply([
        [balance('ada', '1'), 'a'],
        [balance('ada', '2'), 'b'],
      ]);
      await settled();
      store.apply([
        [balance('ada', '1'), 'c'],
        [balance('ada', '2'), null],
      ]);
      await settled();
      expect(store.get(balance('ada', '1'))).toBe('c');
      expect(store.get(balance('ada', '2'))).toBeUndefined();
      expect(store.get(balance('bob', '1'))).toBeUndefined();
      expect(store.size).toBe(1);
    });

    rule(
      'knows the number of the newest entry of what was handled, deleted or not',
      async (store, settled) => {
        expect(store.sequence).toBe(0);
        const entry = (n: number) => stateKey('seen', '-', String(n));
        store.apply([
          [seenKey(7), seen(900, { 'msg-0': 'x' })],
          [entry(1), seen(1000, { 'msg-1': 'x' })],
          [entry(10), seen(2000, {})],
        ]);
        store.apply([[entry(10), null]]);
        await settled();
        expect(store.sequence).toBe(10);
      },
    );

    rule("lists a customer's entries of one store by prefix, and nobody else's", async (store, settled) => {
      store.apply([
        [balance('ada', 'x1'), '1'],
        [balance('ada', 'x2'), '2'],
        [balance('ada', 'y/1'), '3'],
        [balance('ad', 'x3'), '4'],
        [stateKey('store', 'ada', 'balances2/x4'), '5'],
      ]);
      await settled();
      const listed = (prefix: string) => [...store.entries(prefix)].map(([, value]) => value).sort();
      expect(listed(balance('ada', 'x'))).toEqual(['1', '2']);
      expect(listed(balance('ada', ''))).toEqual(['1', '2', '3']);
      expect(listed(balance('eve', ''))).toEqual([]);
    });

    rule('lists many entries of one customer as they come and go', async (store, settled) => {
      const ids = Array.from({ length: 300 }, (_, n) => `id ${n}`);
      store.apply(ids.map((id) => [balance('ada', id), id] as const));
      await settled();
      const gone = ids.filter((_, n) => n % 3 !== 0);
      store.apply(gone.map((id) => [balance('ada', id), null] as const));
      store.apply([[balance('ada', 'late'), 'late']]);
      await settled();
      const listed = [...store.entries(balance('ada', ''))].map(([, value]) => value).sort();
      expect(listed).toEqual([...ids.filter((_, n) => n % 3 === 0), 'late'].sort());
      expect(store.size).toBe(101);
    });

    rule(
      'tells which timers are due, earliest first, moved and cancelled ones too',
      async (store, settled) => {
        store.apply([
          [timer('ada', 'later'), dueAt(300)],
          [timer('ada', 'soon'), dueAt(100)],
          [timer('bob', 'moved'), dueAt(50)],
          [timer('bob', 'cancelled'), dueAt(10)],
        ]);
        await settled();
        store.apply([
          [timer('bob', 'moved'), dueAt(200)],
          [timer('bob', 'cancelled'), null],
        ]);
        await settled();
        expect(store.nextDue()).toBe(100);
        expect(store.due(99, 10)).toEqual([]);
        expect(store.due(250, 10)).toEqual([timer('ada', 'soon'), timer('bob', 'moved')]);
        expect(store.due(250, 1)).toEqual([timer('ada', 'soon')]);
        expect(store.due(1000, 10)).toHaveLength(3);
        store.apply([[timer('ada', 'soon'), null]]);
        expect(store.nextDue()).toBe(200);
      },
    );

    rule('wakes a parked key, not the messages behind it', async (store, settled) => {
      store.apply([
        [parkedKey('ada'), JSON.stringify({ customerId: 'ada', dueAt: 70 })],
        [waitingKey('ada', 1), JSON.stringify({ dueAt: 1 })],
      ]);
      await settled();
      expect(store.due(100, 10)).toEqual([parkedKey('ada')]);
      store.apply([[parkedKey('ada'), null]]);
      expect(store.nextDue()).toBeUndefined();
    });

    rule('knows the digest of an id until its entry is deleted', async (store, settled) => {
      store.apply([
        [seenKey(1), seen(10, { a: 'digest a', b: 'digest b' })],
        [seenKey(2), seen(20, { c: 'digest c' })],
      ]);
      await settled();
      expect(['a', 'b', 'c', 'd'].map((id) => store.digestOf(id))).toEqual([
        'digest a',
        'digest b',
        'digest c',
        undefined,
      ]);
      expect(store.seenBefore(20, 10)).toEqual([seenKey(1)]);
      expect(store.seenBefore(21, 10)).toEqual([seenKey(1), seenKey(2)]);
      expect(store.seenBefore(21, 1)).toEqual([seenKey(1)]);
      store.apply([[seenKey(1), null]]);
      await settled();
      expect(store.digestOf('a')).toBeUndefined();
      expect(store.digestOf('c')).toBe('digest c');
      expect(store.seenBefore(100, 10)).toEqual([seenKey(2)]);
      expect(store.size).toBe(0);
    });

    rule('keeps what is of no kind that it knows', async (store, settled) => {
      store.apply([['z/ada/1', 'from a newer version']]);
      await settled();
      expect(store.get('z/ada/1')).toBe('from a newer version');
    });

    it('stands at the highest position that it was given, and is not moved by changes without one', async () => {
      const store = await harness.create();
      store.apply([[balance('ada', '1'), 'a']], 7);
      store.apply([[balance('ada', '1'), 'b']]);
      store.apply([], 5);
      expect(store.position).toBe(7);
    });

    it('is the same when changes are applied again from any earlier point', async () => {
      const keys = ['1', '2', '3'].flatMap((id) => [balance('ada', id), timer('ada', id)]);
      const change = fc.tuple(fc.constantFrom(...keys), fc.option(fc.integer({ min: 1, max: 50 })));
      await fc.assert(
        fc.asyncProperty(fc.array(change, { maxLength: 30 }), fc.nat(30), async (drawn, back) => {
          const changes = drawn.map(([key, n]) => [key, n === null ? null : dueAt(n)] as const);
          const [once, again] = [await harness.create(), await harness.create()];
          once.apply(changes);
          again.apply(changes);
          await harness.settle(again);
          again.apply(changes.slice(Math.min(back, changes.length)));
          expect(contentsOf(again)).toEqual(contentsOf(once));
        }),
        { numRuns: 15 },
      );
    }, 60_000);
  });

  function contentsOf(store: StateStore) {
    const entries = [...store.entries(balance('ada', ''))].sort();
    return { entries, size: store.size, due: [...store.due(1000, 100)].sort(), next: store.nextDue() };
  }
}
