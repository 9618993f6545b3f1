import type { LevelDatabase } from './level-database.js';
import { RecentValues } from './recent-values.js';

export interface WriteBehindOptions {
  /** Changes that are written at once, as soon as so many have come. */
  readonly batchChanges: number;
  /** Longest time for which a change waits to be written, milliseconds. */
  readonly delayMs: number;
  /** Changes that may wait in all: `room` holds up who brings more. */
  readonly maxWaiting: number;
  /** Called before each writing: what has to go with it in the same batch. */
  readonly sealed: () => Iterable<readonly [string, string]>;
  readonly failed: (error: unknown) => void;
}

const RECENT_CHARACTERS = 4 * 1024 * 1024;

/**
 * A database whose changes are read at once and written a little later, many in one batch. What was set together, in
 * one turn of the event loop, is written together.
 */
export class WriteBehind {
  private waiting = new Map<string, string | null>();
  private writing: ReadonlyMap<string, string | null> = new Map();
  private readonly recent = new RecentValues(RECENT_CHARACTERS);
  private underWay: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private hasFailed = false;

  constructor(
    private readonly database: LevelDatabase,
    private readonly options: WriteBehindOptions,
  ) {}

  /** @throws LocalStateError */
  get(key: string): string | undefined {
    const own = this.changed(key);
    if (own !== undefined) return own ?? undefined;
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    const text = this.database.get(key);
    if (text !== undefined) this.recent.set(key, text);
    return text;
  }

  /** The same without keeping the value at hand: for what is asked once. */
  peek(key: string): string | undefined {
    const own = this.changed(key);
    return own === undefined ? this.database.get(key) : (own ?? undefined);
  }

  set(key: string, value: string | null): void {
    this.waiting.set(key, value);
  }

  /** To be called when a set of changes is complete. */
  changesComplete(): void {
    if (this.waiting.size === 0 || this.hasFailed) return;
    if (this.waiting.size >= this.options.batchChanges && !this.underWay) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), this.options.delayMs).unref();
  }

  async room(): Promise<void> {
    while (this.waiting.size > this.options.maxWaiting && !this.hasFailed) await this.flush();
  }

  /** Writes all that was changed up to now. Never rejects: a failure is told to the owner. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const before = this.underWay;
    const own = (this.underWay = this.writeAfter(before));
    await own;
    if (this.underWay === own) this.underWay = undefined;
  }

  /** Nothing more is written. What is under way ends first. */
  async stop(): Promise<void> {
    this.hasFailed = true;
    clearTimeout(this.timer);
    await this.underWay;
  }

  private async write(changes: ReadonlyMap<string, string | null>): Promise<void> {
    await this.database.write(changes);
    for (const [key, value] of changes) {
      if (value === null) this.recent.delete(key);
      else if (isRead(key)) this.recent.set(key, value);
    }
  }

  private changed(key: string): string | null | undefined {
    const waiting = this.waiting.get(key);
    return waiting === undefined ? this.writing.get(key) : waiting;
  }

  private async writeAfter(before: Promise<void> | undefined): Promise<void> {
    await before;
    if (this.hasFailed || this.waiting.size === 0) return;
    const changes = this.waiting;
    for (const [key, value] of this.options.sealed()) changes.set(key, value);
    this.writing = changes;
    this.waiting = new Map();
    try {
      await this.write(changes);
      this.writing = new Map();
    } catch (error) {
      // What could not be written stays readable, until the owner gives the store up.
      this.hasFailed = true;
      this.options.failed(error);
    }
  }
}

/** Values are read again and again; ids, with their entries, and indexes are not. */
function isRead(key: string): boolean {
  if (key.startsWith('v/m/')) return false;
  return key.startsWith('v/') || key.startsWith('d/');
}
