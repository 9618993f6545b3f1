import type { StateSession } from '../ports/index.js';
import { groupOf } from './state-key.js';

/** Changes by key; null deletes. */
export type StateChanges = ReadonlyMap<string, string | null>;

export interface StateReader {
  get(key: string): string | undefined;
  /** Entries of the group of `prefix` whose key begins with it, in no particular order. */
  entries(prefix: string): Iterable<readonly [string, string]>;
}

/** A reader of entries in the form of the log, as handlers have them. */
export class OpenedState implements StateReader {
  constructor(
    private readonly kept: StateReader,
    private readonly session: Pick<StateSession, 'open'>,
  ) {}

  get(key: string): string | undefined {
    const text = this.kept.get(key);
    return text === undefined ? undefined : this.session.open(key, text);
  }

  *entries(prefix: string): Iterable<readonly [string, string]> {
    for (const [key, text] of this.kept.entries(prefix)) yield [key, this.session.open(key, text)];
  }
}

/** Committed values, grouped by kind and customer. */
export class StateTable implements StateReader {
  private readonly groups = new Map<string, Map<string, string>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(key: string): string | undefined {
    return this.groups.get(groupOf(key))?.get(key);
  }

  *entries(prefix: string): Iterable<readonly [string, string]> {
    for (const entry of this.groups.get(groupOf(prefix)) ?? []) {
      if (entry[0].startsWith(prefix)) yield entry;
    }
  }

  set(key: string, value: string | null): void {
    const name = groupOf(key);
    let group = this.groups.get(name);
    if (!group) this.groups.set(name, (group = new Map()));
    const before = group.size;
    if (value === null) group.delete(key);
    else group.set(key, value);
    this.count += group.size - before;
    if (group.size === 0) this.groups.delete(name);
  }
}

/**
 * Uncommitted changes over a reader. Overlays stack (message over batch over committed state), so that a
 * failed message or an aborted batch is undone by dropping its overlay.
 */
export class StateOverlay implements StateReader {
  private readonly changed = new Map<string, string | null>();

  constructor(private below: StateReader) {}

  get changes(): StateChanges {
    return this.changed;
  }

  get(key: string): string | undefined {
    const own = this.changed.get(key);
    if (own !== undefined) return own ?? undefined;
    return this.changed.has(key) ? undefined : this.below.get(key);
  }

  *entries(prefix: string): Iterable<readonly [string, string]> {
    for (const entry of this.below.entries(prefix)) {
      if (!this.changed.has(entry[0])) yield entry;
    }
    for (const [key, value] of this.changed) {
      if (value !== null && key.startsWith(prefix)) yield [key, value];
    }
  }

  set(key: string, value: string | null): void {
    this.changed.set(key, value);
  }

  /** What was below has been applied to `below`, which takes its place. */
  rebase(below: StateReader): void {
    this.below = below;
  }

  /** Takes over the changes of an overlay that lies on this one. */
  absorb(changes: StateChanges): void {
    for (const [key, value] of changes) this.changed.set(key, value);
  }
}
