import type { EffectEntry } from './partition-state.js';

/** An effect of committed state whose outcome is not committed yet. */
export interface PendingEffect {
  readonly partition: number;
  /** Its key in state. */
  readonly key: string;
  readonly entry: EffectEntry;
  /** Aborts when the partition moves away or the process stops. */
  readonly abort: AbortController;
  /** Attempts that count: failures of an outage are taken back. */
  attempts: number;
  /** Why a person is needed, if one is. */
  stuck: 'OUT_OF_ATTEMPTS' | 'REFUSED' | undefined;
}

/** Effects that go one after the other. */
interface Line {
  readonly id: string;
  /** Whose turn it is, from its first attempt to its end. */
  active: PendingEffect | undefined;
  readonly behind: PendingEffect[];
}

/**
 * The order among the pending effects of one name: a line per customer where they are ordered, else a line
 * for each. Lines whose turn it is to be tried take turns.
 */
export class EffectLines {
  private readonly lines = new Map<string, Line>();
  private readonly ready = new Set<Line>();

  constructor(private readonly isOrdered: boolean) {}

  get hasReady(): boolean {
    return this.ready.size > 0;
  }

  /** Adds an effect behind those of its line that were asked for before it and have not been taken. */
  add(pending: PendingEffect): void {
    const line = this.lineOf(pending);
    line.behind.push(pending);
    for (let at = line.behind.length - 1; at > 0; at--) {
      const before = line.behind[at - 1] as PendingEffect;
      if (sequenceOf(before) <= sequenceOf(pending)) break;
      line.behind[at] = before;
      line.behind[at - 1] = pending;
    }
    if (!line.active) this.ready.add(line);
  }

  /** The next effect to try; its line waits until it is put back or removed. */
  take(): PendingEffect | undefined {
    const [line] = this.ready;
    if (!line) return undefined;
    this.ready.delete(line);
    return (line.active ??= line.behind.shift());
  }

  /** To be tried again, after all others that are ready. */
  putBack(pending: PendingEffect): void {
    const line = this.lines.get(this.idOf(pending));
    if (line?.active === pending) this.ready.add(line);
  }

  /** Ended, or no longer this process's: the next one of its line is ready. */
  remove(pending: PendingEffect): void {
    const line = this.lines.get(this.idOf(pending));
    if (!line) return;
    const at = line.behind.indexOf(pending);
    if (at >= 0) line.behind.splice(at, 1);
    if (line.active === pending) line.active = undefined;
    if (line.active) return;
    if (line.behind.length > 0) {
      this.ready.add(line);
      return;
    }
    this.ready.delete(line);
    this.lines.delete(line.id);
  }

  private lineOf(pending: PendingEffect): Line {
    const id = this.idOf(pending);
    let line = this.lines.get(id);
    if (!line) this.lines.set(id, (line = { id, active: undefined, behind: [] }));
    return line;
  }

  private idOf({ key, entry }: PendingEffect): string {
    return this.isOrdered ? entry.customerId : key;
  }
}

/** Entries from before there was a sequence were asked for before all that have one. */
function sequenceOf({ entry }: PendingEffect): number {
  return entry.sequence ?? 0;
}
