import { appendFile, open, readdir, rename, stat, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createInMemoryBroker } from '../in-memory/index.js';
import { type StateStore, stateKey } from '../runtime/index.js';
import { MaskingGuard } from '../runtime/suite/masked-state.fixtures.js';
import { CopyFolder, DAY_MS } from './local-state.fixtures.js';

const entry = (n: number): string => stateKey('store', `c-${n}`, 'balances/1');
const changes = (count: number) => Array.from({ length: count }, (_, n) => [entry(n), `value ${n}`] as const);

describe('copies of state on disk', () => {
  let folder: CopyFolder;
  beforeEach(async () => {
    folder = await CopyFolder.make();
  });
  afterEach(() => folder.remove());

  /** A copy of 50 entries that stands at 100. */
  async function written(at?: number): Promise<void> {
    const clock = at === undefined ? {} : { clock: () => at };
    const store = await folder.store(folder.process(clock));
    store.apply(changes(50), 100);
    await store.close();
  }

  it('is gone on from when it is of this very topic', async () => {
    await written();
    const store = await folder.store(folder.process());
    expect(store).toMatchObject({ position: 100, size: 50 });
    expect(folder.log.lines).toEqual([]);
  });

  const isNew = (store: StateStore, start = 0): void => {
    expect(store).toMatchObject({ position: start, size: 0 });
    expect(store.get(entry(1))).toBeUndefined();
  };

  it.each([
    [
      'of a topic that was made anew',
      { identity: () => Promise.resolve({ clusterId: 'cluster-a', topicId: 'topic-2' }) },
      '"what":"topic id","found":"topic-1","expected":"topic-2"',
    ],
    ['of another partition', { partition: 1 }, '"what":"partition","found":0,"expected":1'],
    ['ahead of the topic', { end: 99 }, '"what":"position","found":100,"expected":"0 to 99"'],
    ['before its first record', { start: 101 }, '"what":"position","found":100,"expected":"101 to 1000"'],
  ])('is built anew when it is %s', async (_, request, line) => {
    await written();
    if ('partition' in request) await rename(folder.copy(), folder.copy(1));
    isNew(await folder.store(folder.process(), request), 'start' in request ? request.start : 0);
    expect(folder.log.lines).toEqual([expect.stringContaining(line)]);
  });

  it('is built anew when it holds entries as the log gives them, and the log keeps them in another form, and back', async () => {
    const guard = new MaskingGuard(createInMemoryBroker({ topics: 1 }).connect('one'));
    await written();
    const guarded = await folder.store(folder.process({ guard }));
    isNew(guarded);
    guarded.apply(changes(3), 7);
    await guarded.close();
    const again = await folder.store(folder.process({ guard }));
    expect(again).toMatchObject({ position: 7, size: 3 });
    await again.close();
    isNew(await folder.store(folder.process()));
    expect(folder.log.lines).toEqual([
      expect.stringContaining('"what":"format","found":1,"expected":"1-guarded"'),
      expect.stringContaining('"what":"format","found":"1-guarded","expected":1'),
    ]);
  });

  it('is built anew when it was moved here from another cluster', async () => {
    await written();
    await rename(join(folder.path, 'cluster-a'), join(folder.path, 'cluster-b'));
    const identity = () => Promise.resolve({ clusterId: 'cluster-b', topicId: 'topic-1' });
    isNew(await folder.store(folder.process(), { identity }));
    expect(folder.log.lines).toEqual([
      expect.stringContaining('"what":"cluster id","found":"cluster-a","expected":"cluster-b"'),
    ]);
  });

  it('is built anew when deleted keys may have left the topic since, or its time is to come', async () => {
    const now = Date.UTC(2026, 0, 10);
    const clock = () => now;
    for (const at of [now - DAY_MS - 1, now + 3_600_000]) {
      await written(at);
      const store = await folder.store(folder.process({ clock }));
      isNew(store);
      await store.discard();
    }
    await written(now - DAY_MS + 1000);
    expect(await folder.store(folder.process({ clock }))).toMatchObject({ position: 100 });
  });

  it('is built anew when a file of it is cut short, missing or overwritten', async () => {
    const largest = async (): Promise<string> => {
      const names = await readdir(folder.copy());
      const sizes = await Promise.all(
        names.map(async (name) => [(await stat(join(folder.copy(), name))).size, name] as const),
      );
      return join(folder.copy(), sizes.sort(([a], [b]) => b - a)[0]?.[1] ?? '');
    };
    const damages = [
      async () => {
        for (const name of await readdir(folder.copy())) {
          if (name.startsWith('MANIFEST')) await truncate(join(folder.copy(), name), 20);
        }
      },
      async () => truncate(await largest(), 100),
      async () => {
        const file = await open(await largest(), 'r+');
        await file.write(Buffer.alloc(3000, 0x5a), 0, 3000, 50);
        await file.close();
      },
      () => rename(join(folder.copy(), 'CURRENT'), join(folder.copy(), 'gone')),
    ];
    for (const [n, damage] of damages.entries()) {
      await written();
      // A second opening moves the entries from LevelDB's log into a table.
      await (await folder.store(folder.process())).close();
      await damage();
      const store = await folder.store(folder.process());
      const found = readAll(store);
      // Noticed at the opening, or at the first reading of what is damaged.
      if (store.failure === undefined)
        expect([n, store.position, found, await readdir(folder.copy())]).toEqual([
          n,
          0,
          0,
          expect.anything(),
        ]);
      await store.discard();
    }
  });

  it('notices a value that is not what was written', async () => {
    const store = await folder.store(
      folder.process({
        openDatabase: async (path) => {
          const { openLevelDatabase } = await import('./level-database.js');
          return openLevelDatabase(path);
        },
      }),
    );
    store.apply(changes(1), 1);
    await store.close();
    const { ClassicLevel } = await import('classic-level');
    const raw = new ClassicLevel<string, string>(folder.copy());
    const key = `v/${entry(0)}`;
    const text = await raw.get(key);
    await raw.put(key, `${text?.slice(0, -1) ?? ''}!`);
    await raw.close();
    const again = await folder.store(folder.process());
    expect(() => again.get(entry(0))).toThrow(expect.objectContaining({ code: 'UNREADABLE' }));
    expect(again.failure).toMatchObject({ name: 'LocalStateError' });
  });

  it('keeps state in memory while another process has the copy', async () => {
    const first = await folder.store(folder.process());
    first.apply(changes(3), 5);
    const second = await folder.store(folder.process());
    isNew(second);
    second.apply(changes(2), 4);
    expect(second.get(entry(1))).toBe('value 1');
    expect(folder.log.lines).toEqual([expect.stringMatching(/in memory.*in use by another process/)]);
  });

  it('keeps copies of two instances on one machine apart', async () => {
    const [one, two] = [folder.process(), folder.process({ instanceId: 'two' })];
    const stores = [
      await folder.store(one),
      await folder.store(two),
      await folder.store(two, { partition: 1 }),
    ];
    stores.forEach((store, n) => store.apply([[entry(0), `of ${n}`]], n + 1));
    await Promise.all(stores.map((store) => store.close()));
    const again = [
      await folder.store(one),
      await folder.store(two),
      await folder.store(two, { partition: 1 }),
    ];
    expect(again.map((store) => store.get(entry(0)))).toEqual(['of 0', 'of 1', 'of 2']);
  });

  it('keeps state in memory where the folder cannot be written, the clusters have no id, or nothing is installed', async () => {
    await appendFile(join(folder.path, 'file'), '');
    const directory = join(folder.path, 'file');
    isNew(await folder.store(folder.process({ directory })));
    const identity = () => Promise.resolve({ clusterId: undefined, topicId: undefined });
    isNew(await folder.store(folder.process(), { identity }));
    const openDatabase = async (): Promise<never> => {
      const { LocalStateError } = await import('./index.js');
      throw new LocalStateError('NO_BINARY', 'LevelDB is not installed for this platform');
    };
    isNew(await folder.store(folder.process({ openDatabase })));
    expect(folder.log.lines.filter((line) => line.includes('kept in memory'))).toHaveLength(3);
  });

  it('fails, and says so, when the disk is full; what was applied stays readable until then', async () => {
    const openDatabase = async (path: string) => {
      const { openLevelDatabase } = await import('./level-database.js');
      const database = await openLevelDatabase(path);
      return { ...database, write: () => Promise.reject(new Error('No space left on device')) };
    };
    const store = await folder.store(folder.process({ openDatabase }));
    store.apply(changes(3), 5);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(String(store.failure)).toContain('No space left');
    expect(store.get(entry(2))).toBe('value 2');
    await store.room();
    await store.discard();
    await expect(stat(folder.copy())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is deleted before it is opened again', async () => {
    const stores = folder.process();
    for (let round = 0; round < 5; round++) {
      const store = await folder.store(stores);
      isNew(store);
      store.apply(changes(50), 7);
      const [again] = await Promise.all([folder.store(stores), store.discard()]);
      isNew(again);
      again.apply(changes(3), 8);
      await again.close();
      const third = await folder.store(stores);
      expect(third).toMatchObject({ position: 8, size: 3 });
      await third.discard();
    }
  });

  it('deletes copies that nobody has had open for longer than a copy is of use', async () => {
    await written();
    const left = folder.copy(7);
    await (await folder.store(folder.process(), { partition: 7 })).close();
    const old = new Date(Date.now() - DAY_MS - 60_000);
    for (const name of await readdir(left)) await utimes(join(left, name), old, old);
    await folder.store(folder.process());
    await expect(stat(left)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await stat(folder.copy())).isDirectory()).toBe(true);
  });

  /** How many of the entries can be read. */
  function readAll(store: StateStore): number {
    try {
      return changes(50).filter(([key, value]) => store.get(key) === value).length;
    } catch (error) {
      expect(error).toMatchObject({ name: 'LocalStateError' });
      return -1;
    }
  }
});
