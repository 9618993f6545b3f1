import TinyQueue from 'tinyqueue';

export interface WindowOptions {
  /** First part of the index's keys. */
  readonly prefix: string;
  /** Entries held in memory: at most twice as many. */
  readonly size: number;
  /** Keys of the index on disk after `after`, in order, with all changes that were made before the call. */
  readonly load: (after: string, limit: number) => Promise<readonly string[]>;
  readonly failed: (error: unknown) => void;
}

const TIME_DIGITS = 16;

/** Key of an entry in an index by time: `<prefix><time>/<key>`, in ASCII, so that text and bytes have one order. */
export function indexKey(prefix: string, time: number, key: string): string {
  const digits = String(Math.max(0, Math.floor(time))).padStart(TIME_DIGITS, '0');
  return `${prefix}${digits}/${encodeURIComponent(key)}`;
}

/**
 * The earliest entries of an index by time that lies on disk, in memory: enough to tell what is next and what is due
 * without asking the disk, however many there are.
 */
export class OrderedWindow {
  private members = new Set<string>();
  private queue = new TinyQueue<string>();
  /** Entries after this one are on disk only; undefined = all are here. */
  private horizon: string | undefined;
  /** Changes behind the horizon while more is being loaded. */
  private late: Map<string, boolean> | undefined;

  constructor(private readonly options: WindowOptions) {}

  /** Fills the window for the first time. */
  async open(): Promise<void> {
    this.horizon = this.options.prefix;
    await this.load(this.horizon);
  }

  add(entry: string): void {
    if (this.horizon !== undefined && entry > this.horizon) {
      this.late?.set(entry, true);
      return;
    }
    this.members.add(entry);
    this.queue.push(entry);
    if (this.members.size > 2 * this.options.size) this.shrink();
  }

  delete(entry: string): void {
    if (this.members.delete(entry)) this.refill();
    else this.late?.set(entry, false);
  }

  /** Time of the first entry; a bound from below while it is being loaded. */
  next(): number | undefined {
    const entry = this.head() ?? this.horizon;
    return entry === undefined ? undefined : this.timeOf(entry);
  }

  /** Keys of entries up to `time`, in order. They stay until they are deleted. */
  upTo(time: number, limit: number): readonly string[] {
    const found: string[] = [];
    for (let entry = this.head(); entry !== undefined; entry = this.head()) {
      if (this.timeOf(entry) > time || found.length >= limit) break;
      if (found.at(-1) !== entry) found.push(entry);
      this.queue.pop();
    }
    for (const entry of found) this.queue.push(entry);
    return found.map((entry) => this.keyOf(entry));
  }

  /** Entries that were deleted, or moved and added again, are passed over. */
  private head(): string | undefined {
    let entry = this.queue.peek();
    while (entry !== undefined && !this.members.has(entry)) {
      this.queue.pop();
      entry = this.queue.peek();
    }
    return entry;
  }

  private shrink(): void {
    const kept = [...this.members].sort().slice(0, this.options.size);
    this.members = new Set(kept);
    this.queue = new TinyQueue(kept);
    this.horizon = kept.at(-1);
  }

  private refill(): void {
    if (this.horizon === undefined || this.late || this.members.size > this.options.size / 4) return;
    this.load(this.horizon).catch((error: unknown) => this.options.failed(error));
  }

  private async load(after: string): Promise<void> {
    const late = (this.late = new Map<string, boolean>());
    try {
      const loaded = await this.options.load(after, this.options.size);
      // It may have shrunk meanwhile: then what was loaded is not next to what is here.
      if (this.horizon !== after) return;
      this.horizon = loaded.length < this.options.size ? undefined : loaded.at(-1);
      for (const entry of loaded) if (late.get(entry) !== false) this.insert(entry);
      for (const [entry, isThere] of late) {
        if (isThere && (this.horizon === undefined || entry <= this.horizon)) this.insert(entry);
      }
    } finally {
      this.late = undefined;
    }
  }

  private insert(entry: string): void {
    this.members.add(entry);
    this.queue.push(entry);
  }

  private timeOf(entry: string): number {
    const { prefix } = this.options;
    return Number(entry.slice(prefix.length, prefix.length + TIME_DIGITS));
  }

  private keyOf(entry: string): string {
    return decodeURIComponent(entry.slice(this.options.prefix.length + TIME_DIGITS + 1));
  }
}
