import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { parkedKey, waitingKey } from '../runtime/parked-key.js';
import { type StateStore, stateKey } from '../runtime/index.js';
import { describeStateStore } from '../runtime/suite/state-store.suite.js';
import { asMasked, CopyFolder } from './local-state.fixtures.js';

const folders: CopyFolder[] = [];
const folder = async (): Promise<CopyFolder> => {
  const made = await CopyFolder.make();
  folders.push(made);
  return made;
};
const removeAll = async (): Promise<void> => {
  await Promise.all(folders.splice(0).map((made) => made.remove()));
};

describeStateStore('on disk', {
  create: async () => {
    const made = await folder();
    return made.store(made.process());
  },
  settle: (store) => settled(store),
  close: removeAll,
});

describeStateStore('on disk, of entries in a form of the log', {
  create: async () => {
    const made = await folder();
    return asMasked(await made.store(made.process()));
  },
  settle: (store) => settled(store),
  close: removeAll,
});

/** What is applied is written within a fifth of a second. */
async function settled(store: StateStore): Promise<void> {
  await store.room();
  await new Promise((resolve) => setTimeout(resolve, 300));
}

const entry = (customer: string, id = '1'): string => stateKey('store', customer, `balances/${id}`);

describe('a state store on disk', () => {
  afterEach(removeAll);
  afterAll(removeAll);

  it('has after a restart what it had at its closing, with the position', async () => {
    const copy = await folder();
    const first = await copy.store(copy.process());
    const effect = stateKey('effect', 'ada', 'eff-1');
    const timer = stateKey('timer', 'ada', 'due');
    first.apply([[entry('ada'), 'a']], 41);
    first.apply(
      [
        [timer, '{"dueAt":5}'],
        [effect, '{"name":"pay"}'],
        [parkedKey('bob'), '{"customerId":"bob","dueAt":9}'],
        [waitingKey('bob', 1), '{}'],
        [stateKey('seen', '-', 'commands/0/1'), '{"at":3,"ids":{"msg-1":"d1"}}'],
      ],
      42,
    );
    await first.close();
    const again = await copy.store(copy.process());
    expect(again).toMatchObject({ position: 42, size: 5 });
    expect(again.get(entry('ada'))).toBe('a');
    expect([...again.entries(stateKey('store', 'ada', 'balances/'))]).toEqual([[entry('ada'), 'a']]);
    expect(again.due(10, 10)).toEqual([timer, parkedKey('bob')]);
    expect(again.digestOf('msg-1')).toBe('d1');
    expect(again.seenBefore(4, 10)).toHaveLength(1);
    expect([...again.atOpening()].map(([key]) => key)).toEqual([effect, parkedKey('bob')]);
  });

  it('has whole sets of changes with their position when nothing closed it', async () => {
    const copy = await folder();
    const first = await copy.store(copy.process());
    first.apply([[entry('ada'), 'written']], 41);
    await settled(first);
    first.apply([[entry('ada'), 'written later']], 42);
    // As after kill -9: the files as they are, without the lock.
    const { cp } = await import('node:fs/promises');
    const other = await folder();
    await cp(copy.path, other.path, { recursive: true });
    const again = await other.store(other.process());
    // The second set may be on its way: it is there as a whole with its position, or not at all.
    expect([
      [41, 'written'],
      [42, 'written later'],
    ]).toContainEqual([again.position, again.get(entry('ada'))]);
  });

  it('finds the next timers of many without having them all in memory', async () => {
    const copy = await folder();
    const first = await copy.store(copy.process());
    const count = 6000;
    const timers = Array.from({ length: count }, (_, n) => stateKey('timer', `c-${n}`, 't'));
    const dueOf = (n: number): number => 1 + ((n * 7919) % count);
    first.apply(timers.map((key, n) => [key, JSON.stringify({ dueAt: dueOf(n) })] as const));
    await first.room();
    const order = timers.map((key, n) => [dueOf(n), key] as const).sort(([a], [b]) => a - b);
    const found: string[] = [];
    for (let idle = 0; found.length < count && idle < 1000; idle++) {
      const due = first.due(count, 500);
      if (due.length > 0) idle = 0;
      found.push(...due);
      first.apply(due.map((key) => [key, null] as const));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(found).toEqual(order.map(([, key]) => key));
    expect(first.nextDue()).toBeUndefined();
  }, 60_000);

  it('holds up who brings more changes than it can write', async () => {
    const copy = await folder();
    const store = await copy.store(copy.process());
    store.apply(Array.from({ length: 40_000 }, (_, n) => [entry(`c-${n}`), 'x'] as const));
    let passed = false;
    const room = store.room().then(() => (passed = true));
    await Promise.resolve();
    expect(passed).toBe(false);
    await room;
    expect(store.get(entry('c-39999'))).toBe('x');
  }, 30_000);

  it('does not grow the heap with the number of keys', async () => {
    const copy = await folder();
    const store = await copy.store(copy.process());
    const fill = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n += 1000) {
        const batch = Array.from({ length: 1000 }, (_, i) => n + i);
        store.apply([
          ...batch.map((i) => [entry(`c-${i}`), 'x'.repeat(1000)] as const),
          ...batch.map((i) => [stateKey('timer', `c-${i}`, 't'), `{"dueAt":${i}}`] as const),
          [
            stateKey('seen', '-', `commands/0/${n}`),
            JSON.stringify({ at: n, ids: Object.fromEntries(batch.map((i) => [`msg-${i}`, 'digest'])) }),
          ],
        ]);
        await store.room();
      }
      await settled(store);
    };
    const { setFlagsFromString } = await import('node:v8');
    const { runInNewContext } = await import('node:vm');
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const heap = (): number => {
      gc();
      return process.memoryUsage().heapUsed;
    };
    await fill(0, 10_000);
    const before = heap();
    await fill(10_000, 40_000);
    // 30,000 more of each would take more than 40 MB in maps.
    expect(heap() - before).toBeLessThan(12_000_000);
  }, 120_000);
});
