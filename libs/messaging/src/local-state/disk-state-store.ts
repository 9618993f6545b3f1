import {
  dueAtOf,
  entryNumberOf,
  hasDueTime,
  kindOf,
  type SeenEntry,
  StateTable,
  type StateStore,
} from '../runtime/index.js';
import { batchEntry, type CopyMark, encodeMark, MARK_KEY } from './copy-mark.js';
import { GroupIds } from './group-ids.js';
import type { LevelDatabase } from './level-database.js';
import { indexKey, OrderedWindow } from './ordered-window.js';
import { WriteBehind } from './write-behind.js';

export interface DiskStateStoreOptions {
  readonly database: LevelDatabase;
  /** What the copy stands for when it is opened. */
  readonly mark: CopyMark;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** Deletes the database's files after it was closed. */
  readonly remove: () => Promise<void>;
  /** Called when nothing touches the files any more. */
  readonly ended: () => void;
}

/** A batch is handed over at a stretch: few enough to take some ten milliseconds. */
const BATCH_CHANGES = 4096;
const MAX_WAITING = 3 * BATCH_CHANGES;
const WRITE_DELAY_MS = 200;
const WINDOW = 2000;
/** A copy that nothing is written to is still a copy of the present: its time says so. */
const TOUCH_MS = 10 * 60_000;

const DUE = 't/';
const SEEN_AT = 'x/';

/**
 * Committed state on disk, in LevelDB. Keys, by their first letter:
 *
 * | key | value |
 * |---|---|
 * | `v/<state key>` | the entry; of a store's entry, after `<chunk>:`, see `GroupIds` |
 * | `d/…` | ids of a customer's store |
 * | `t/<due>/<state key>` | index of timers and parked keys |
 * | `i/<message id>` | digest of a message handled |
 * | `x/<time>/<state key>` | index of seen entries by age |
 * | `b/<n>`, `!mark` | which batches were written, and what the copy stands for |
 *
 * All that one set of changes touches is written in one batch with the position.
 */
export class DiskStateStore implements StateStore {
  private readonly table: WriteBehind;
  private readonly ids: GroupIds;
  private readonly timers: OrderedWindow;
  private readonly seen: OrderedWindow;
  /** Pending effects: few, and asked for by range. */
  private readonly effects = new StateTable();
  private opening: (readonly [string, string])[] = [];
  private readonly touching: NodeJS.Timeout;
  private reason: unknown;
  private isClosed = false;
  private mark: CopyMark;

  private constructor(private readonly options: DiskStateStoreOptions) {
    this.mark = options.mark;
    const failed = (error: unknown): void => void this.fail(error);
    this.table = new WriteBehind(options.database, {
      batchChanges: BATCH_CHANGES,
      delayMs: WRITE_DELAY_MS,
      maxWaiting: MAX_WAITING,
      sealed: () => this.seal(),
      failed,
    });
    this.ids = new GroupIds(this.table);
    this.timers = this.window(DUE, failed);
    this.seen = this.window(SEEN_AT, failed);
    this.touching = setInterval(() => this.touch(), TOUCH_MS).unref();
  }

  /** Reads what has to be in memory. @throws LocalStateError when the database cannot be read */
  static async open(options: DiskStateStoreOptions): Promise<DiskStateStore> {
    const store = new DiskStateStore(options);
    try {
      await Promise.all([store.timers.open(), store.seen.open()]);
      for await (const [key, text] of options.database.range({ gte: 'v/e/', lt: 'v/e0' })) {
        store.effects.set(key.slice(2), text);
        store.opening.push([key.slice(2), text]);
      }
      for await (const [key, text] of options.database.range({ gte: 'v/p/', lt: 'v/p0' })) {
        if (hasDueTime(key.slice(2))) store.opening.push([key.slice(2), text]);
      }
      return store;
    } catch (error) {
      clearInterval(store.touching);
      throw error;
    }
  }

  get size(): number {
    return this.mark.size;
  }

  get position(): number {
    return this.mark.position;
  }

  get sequence(): number {
    return this.mark.sequence;
  }

  get failure(): unknown {
    return this.reason;
  }

  get(key: string): string | undefined {
    if (kindOf(key) === 'effect') return this.effects.get(key);
    return this.reading(() => {
      const text = this.table.get(`v/${key}`);
      return text !== undefined && kindOf(key) === 'store' ? text.slice(text.indexOf(':') + 1) : text;
    });
  }

  /** Of effects and of one store of a customer: `s/<customer>/<store>/…`. */
  *entries(prefix: string): Iterable<readonly [string, string]> {
    if (kindOf(prefix) === 'effect') {
      yield* this.effects.entries(prefix);
      return;
    }
    const group = storeOf(prefix);
    for (const id of this.reading(() => [...this.ids.list(group)])) {
      const key = group + id;
      if (!key.startsWith(prefix)) continue;
      const text = this.get(key);
      if (text === undefined) throw this.fail(new Error('An id of a store has no entry.'));
      yield [key, text];
    }
  }

  digestOf(messageId: string): string | undefined {
    return this.reading(() => this.table.peek(`i/${messageId}`));
  }

  seenBefore(time: number, limit: number): readonly string[] {
    return this.seen.upTo(time - 1, limit);
  }

  nextDue(): number | undefined {
    return this.timers.next();
  }

  due(now: number, limit: number): readonly string[] {
    return this.timers.upTo(now, limit);
  }

  /** Once: it is not kept. */
  atOpening(): Iterable<readonly [string, string]> {
    const entries = this.opening;
    this.opening = [];
    return entries;
  }

  apply(changes: Iterable<readonly [string, string | null]>, position = 0): void {
    if (this.isClosed || this.reason !== undefined) return;
    try {
      for (const [key, value] of changes) this.applyOne(key, value);
      if (position > this.mark.position) this.mark = { ...this.mark, position };
      this.table.changesComplete();
    } catch (error) {
      // It is committed all the same: the changelog has it, and the store is built anew from there.
      this.fail(error);
    }
  }

  room(): Promise<void> {
    return this.table.room();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.touching);
    try {
      this.touch();
      await this.table.flush();
      await this.table.stop();
    } finally {
      await this.options.database.close().finally(this.options.ended);
    }
  }

  async discard(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.touching);
    try {
      await this.table.stop();
      await this.options.database.close();
      await this.options.remove();
    } finally {
      this.options.ended();
    }
  }

  private applyOne(key: string, value: string | null): void {
    switch (kindOf(key)) {
      case 'seen':
        return this.applySeen(key, value);
      case 'store':
        return this.applyStored(key, value);
      case 'effect':
        this.count(this.effects.get(key), value);
        this.effects.set(key, value);
        this.table.set(`v/${key}`, value);
        return;
      default:
        return this.applyTimed(key, value);
    }
  }

  private applyStored(key: string, value: string | null): void {
    const before = this.table.get(`v/${key}`);
    const group = storeOf(key);
    const id = key.slice(group.length);
    this.count(before, value);
    if (value !== null) {
      const chunk = before === undefined ? this.ids.insert(group, id) : chunkOf(before);
      this.table.set(`v/${key}`, `${chunk}:${value}`);
      return;
    }
    if (before !== undefined) this.ids.delete(group, id, chunkOf(before));
    this.table.set(`v/${key}`, null);
  }

  /** Timers and parked keys with their index, and what is of no kind that is known here. */
  private applyTimed(key: string, value: string | null): void {
    const before = this.table.get(`v/${key}`) ?? null;
    this.count(before ?? undefined, value);
    this.table.set(`v/${key}`, value);
    const [was, is] = [dueAtOf(key, before), dueAtOf(key, value)];
    if (was === is) return;
    if (was !== undefined) this.unindex(this.timers, indexKey(DUE, was, key));
    if (is !== undefined) this.index(this.timers, indexKey(DUE, is, key));
  }

  private applySeen(key: string, value: string | null): void {
    const before = this.table.peek(`v/${key}`);
    if (before !== undefined) {
      const { at, ids } = JSON.parse(before) as SeenEntry;
      for (const id of Object.keys(ids)) this.table.set(`i/${id}`, null);
      this.unindex(this.seen, indexKey(SEEN_AT, at, key));
    }
    this.table.set(`v/${key}`, value);
    if (value === null) return;
    const sequence = Math.max(this.mark.sequence, entryNumberOf(key));
    if (sequence !== this.mark.sequence) this.mark = { ...this.mark, sequence };
    const { at, ids } = JSON.parse(value) as SeenEntry;
    for (const [id, digest] of Object.entries(ids)) this.table.set(`i/${id}`, digest);
    this.index(this.seen, indexKey(SEEN_AT, at, key));
  }

  private index(window: OrderedWindow, entry: string): void {
    this.table.set(entry, '');
    window.add(entry);
  }

  private unindex(window: OrderedWindow, entry: string): void {
    this.table.set(entry, null);
    window.delete(entry);
  }

  private count(before: string | undefined, value: string | null): void {
    const change = Number(value !== null) - Number(before !== undefined);
    if (change !== 0) this.mark = { ...this.mark, size: this.mark.size + change };
  }

  private window(prefix: string, failed: (error: unknown) => void): OrderedWindow {
    const load = async (after: string, limit: number): Promise<readonly string[]> => {
      await this.table.flush();
      const found: string[] = [];
      const lt = prefix.slice(0, -1) + '0';
      for await (const [key] of this.options.database.range({ gt: after, lt, limit })) found.push(key);
      return found;
    };
    return new OrderedWindow({ prefix, size: WINDOW, load, failed });
  }

  /** What goes with every batch. */
  private seal(): Iterable<readonly [string, string]> {
    this.mark = { ...this.mark, writtenAt: this.options.clock(), batch: this.mark.batch + 1 };
    return [[MARK_KEY, encodeMark(this.mark)], batchEntry(this.mark.batch)];
  }

  /** Says that the copy is still that of the present. */
  private touch(): void {
    this.table.set(MARK_KEY, '');
    void this.table.flush();
  }

  private reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw this.fail(error);
    }
  }

  private fail(error: unknown): unknown {
    this.reason ??= error;
    return error;
  }
}

/** `s/<customer>/<store>/`: what a key or a prefix of a store's entry begins with. */
function storeOf(key: string): string {
  const customer = key.indexOf('/') + 1;
  const store = key.indexOf('/', customer) + 1;
  return key.slice(0, key.indexOf('/', store) + 1);
}

function chunkOf(stored: string): number {
  return Number(stored.slice(0, stored.indexOf(':')));
}
