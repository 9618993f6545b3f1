import { dueAtOf } from './due-time.js';
import type { SeenEntry } from './partition-state.js';
import { entryNumberOf, kindOf } from './state-key.js';
import { StateTable } from './state-overlay.js';
import type { StateStore, StateStores } from './state-store.js';
import { TimerIndex } from './timer-index.js';

/** State that ends with the process and is read from the changelog at each start. */
export class MemoryStateStore implements StateStore {
  private readonly table = new StateTable();
  private readonly timers = new TimerIndex();
  private readonly digests = new Map<string, string>();
  private readonly seenBatches = new Map<string, Pick<SeenEntry, 'at' | 'ids'>>();
  private contained = 0;
  private newest = 0;

  get size(): number {
    return this.table.size;
  }

  get failure(): unknown {
    return undefined;
  }

  get position(): number {
    return this.contained;
  }

  get sequence(): number {
    return this.newest;
  }

  get(key: string): string | undefined {
    return this.table.get(key);
  }

  entries(prefix: string): Iterable<readonly [string, string]> {
    return this.table.entries(prefix);
  }

  digestOf(messageId: string): string | undefined {
    return this.digests.get(messageId);
  }

  seenBefore(time: number, limit: number): readonly string[] {
    const keys: string[] = [];
    for (const [key, entry] of this.seenBatches) {
      if (entry.at >= time || keys.length >= limit) break;
      keys.push(key);
    }
    return keys;
  }

  nextDue(): number | undefined {
    return this.timers.next();
  }

  due(now: number, limit: number): readonly string[] {
    return this.timers.due(now, limit);
  }

  atOpening(): Iterable<readonly [string, string]> {
    return [];
  }

  apply(changes: Iterable<readonly [string, string | null]>, position = 0): void {
    for (const [key, value] of changes) {
      if (kindOf(key) === 'seen') this.applySeen(key, value);
      else this.applyEntry(key, value);
    }
    this.contained = Math.max(this.contained, position);
  }

  async room(): Promise<void> {
    // Nothing is ever on its way.
  }

  async close(): Promise<void> {
    // It goes with its last reference.
  }

  async discard(): Promise<void> {
    // The same.
  }

  private applyEntry(key: string, value: string | null): void {
    const dueAt = dueAtOf(key, value);
    if (dueAt === undefined) this.timers.delete(key);
    else this.timers.set(key, dueAt);
    this.table.set(key, value);
  }

  private applySeen(key: string, value: string | null): void {
    if (value === null) {
      for (const id of Object.keys(this.seenBatches.get(key)?.ids ?? {})) this.digests.delete(id);
      this.seenBatches.delete(key);
      return;
    }
    // Without the order: nobody asks for it while the agent runs.
    const { at, ids } = JSON.parse(value) as SeenEntry;
    this.seenBatches.set(key, { at, ids });
    this.newest = Math.max(this.newest, entryNumberOf(key));
    for (const [id, digest] of Object.entries(ids)) this.digests.set(id, digest);
  }
}

export const memoryStateStores: StateStores = { open: () => Promise.resolve(new MemoryStateStore()) };
