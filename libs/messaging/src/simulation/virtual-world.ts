import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as realTurn } from 'node:timers';
import TinyQueue from 'tinyqueue';
import { mix, Random } from './random.js';

/** A process as far as time goes: when it stands still its timers wait, when it is dead they never fire. */
export interface TimeOwner {
  readonly ownerId: number;
  readonly state: 'running' | 'paused' | 'dead';
  /** Takes work that comes due while the owner is paused. */
  hold(work: () => void): void;
}

/** Work that is due at a time; `cancelled` work is passed over. */
export interface Scheduled {
  readonly time: number;
  cancelled: boolean;
}

interface Entry extends Scheduled {
  readonly tie: number;
  readonly sequence: number;
  readonly owner: TimeOwner | undefined;
  readonly work: () => void;
}

/** One for all worlds: each storage that was ever entered makes every context of the process larger. */
const owners = new AsyncLocalStorage<TimeOwner | undefined>();

/** 2026-01-01T00:00:00Z: the same start in every run. */
const START = Date.UTC(2026, 0, 1);

/**
 * Time that passes only when all work at hand is done. Work that is due at the same time runs in an order that
 * the seed decides, as on machines of their own; that of one process runs in the order of its timers.
 */
export class VirtualWorld {
  readonly random: Random;
  now = START;
  private readonly queue = new TinyQueue<Entry>([], compare);
  private sequence = 0;
  private ownerIds = 0;

  constructor(readonly seed: number) {
    this.random = new Random(seed);
  }

  /** Milliseconds since the world began. */
  get elapsed(): number {
    return this.now - START;
  }

  nextOwnerId(): number {
    this.ownerIds += 1;
    return this.ownerIds;
  }

  /** Runs `work` after a time in milliseconds, for the process that asks. */
  after(ms: number, work: () => void): Scheduled {
    return this.schedule(ms, AsyncLocalStorage.bind(work), owners.getStore());
  }

  /** A wait of `owner`: ends late when it is paused and never when it is dead. */
  wait(ms: number, owner: TimeOwner | undefined): Promise<void> {
    return new Promise((resolve) => this.schedule(ms, resolve, owner));
  }

  /** Runs work as a process: the timers that it sets are the process's. */
  as<T>(owner: TimeOwner | undefined, work: () => T): T {
    return owners.run(owner, work);
  }

  /** Lets time pass until the condition holds. @returns false when the time is over before */
  async runUntil(isDone: () => boolean, limitMs: number): Promise<boolean> {
    const deadline = this.now + limitMs;
    for (;;) {
      await turn();
      if (isDone()) return true;
      const entry = this.nextEntry(deadline);
      if (entry === undefined) return false;
      this.now = entry.time;
      this.dispatch(entry);
    }
  }

  private schedule(ms: number, work: () => void, owner: TimeOwner | undefined): Scheduled {
    this.sequence += 1;
    const time = this.now + Math.max(0, Math.floor(ms));
    const entry = {
      time,
      tie: mix((this.seed ^ time ^ Math.imul(owner?.ownerId ?? 0, 0x9e3779b1)) >>> 0),
      sequence: this.sequence,
      owner,
      cancelled: false,
      work,
    };
    this.queue.push(entry);
    return entry;
  }

  private nextEntry(deadline: number): Entry | undefined {
    while (this.queue.peek()?.cancelled) this.queue.pop();
    if ((this.queue.peek()?.time ?? Infinity) <= deadline) return this.queue.pop();
    this.now = deadline;
    return undefined;
  }

  private dispatch({ owner, work }: Entry): void {
    if (owner === undefined || owner.state === 'running') work();
    else if (owner.state === 'paused') owner.hold(work);
  }
}

/** Everything that promises still have to do is done before the real event loop comes round. */
function turn(): Promise<void> {
  return new Promise((resolve) => realTurn(resolve));
}

function compare(a: Entry, b: Entry): number {
  return a.time - b.time || a.tie - b.tie || a.sequence - b.sequence;
}
