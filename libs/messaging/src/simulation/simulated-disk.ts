import { LogError } from '../ports/index.js';
import {
  kindOf,
  MemoryStateStore,
  type StateStore,
  type StateStoreRequest,
  type StateStores,
} from '../runtime/index.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { VirtualWorld } from './virtual-world.js';

/** What is on the disk of one partition's copy. */
export interface SimulatedCopy {
  readonly entries: Map<string, string>;
  position: number;
}

/** Long ones leave the copy far behind what is committed. */
const WRITE_DELAYS_MS = [0, 1, 5, 20, 100, 400];

/** Faults of the copy that a check has to notice. */
export type CopyDefect = 'position-first';

/** The local copies of one instance: they outlive its processes. */
export class SimulatedDisk {
  readonly copies = new Map<number, SimulatedCopy>();

  constructor(
    private readonly world: VirtualWorld,
    private readonly defect?: CopyDefect,
  ) {}

  /** The stores of one process. */
  stores(process: SimulatedProcess): StateStores {
    const last = new Map<number, StateStore>();
    return {
      open: async (request) => {
        // As the port has it: not while the process still closes what it had open.
        await last.get(request.partition)?.close();
        const store = await this.open(request, process);
        last.set(request.partition, store);
        return store;
      },
    };
  }

  private async open(request: StateStoreRequest, process: SimulatedProcess): Promise<StateStore> {
    const { partition } = request;
    try {
      await process.operation('open-copy', () => Promise.resolve());
    } catch (error) {
      // Deleted, or damaged so that it cannot be opened: it begins anew.
      if (!(error instanceof LogError)) throw error;
      this.copies.delete(partition);
    }
    const copy = this.copies.get(partition) ?? { entries: new Map<string, string>(), position: 0 };
    this.copies.set(partition, copy);
    return new SimulatedStateStore(copy, { world: this.world, process, defect: this.defect });
  }
}

interface SimulatedStateStoreOptions {
  readonly world: VirtualWorld;
  readonly process: SimulatedProcess;
  readonly defect: CopyDefect | undefined;
}

/** State in memory that is written to the copy a while after it was applied: an operation that can fail. */
class SimulatedStateStore extends MemoryStateStore {
  private waiting: (readonly [string, string | null])[] = [];
  private reason: unknown;
  private writing: Promise<void> = Promise.resolve();
  private isScheduled = false;
  private isOpening = true;
  private isClosed = false;
  private isDiscarded = false;

  constructor(
    private readonly copy: SimulatedCopy,
    private readonly options: SimulatedStateStoreOptions,
  ) {
    super();
    super.apply(copy.entries, copy.position);
  }

  override get failure(): unknown {
    return this.reason;
  }

  override atOpening(): Iterable<readonly [string, string]> {
    if (!this.isOpening) return [];
    this.isOpening = false;
    return [...this.copy.entries].filter(([key]) => kindOf(key) === 'effect' || kindOf(key) === 'parked');
  }

  override apply(changes: Iterable<readonly [string, string | null]>, position?: number): void {
    const list = [...changes];
    super.apply(list, position);
    this.waiting.push(...list);
    if (this.options.defect === 'position-first') this.copy.position = this.position;
    if (this.isScheduled) return;
    this.isScheduled = true;
    const { world } = this.options;
    world.after(world.random.pick(WRITE_DELAYS_MS), () => {
      if (!this.isClosed) void this.write();
    });
  }

  override async close(): Promise<void> {
    const written = this.isClosed ? this.writing : this.write();
    this.isClosed = true;
    await written;
  }

  override discard(): Promise<void> {
    this.isDiscarded = true;
    this.copy.entries.clear();
    this.copy.position = 0;
    return Promise.resolve();
  }

  /** One after the other, in the order of the changes. */
  private write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeNow());
    return this.writing;
  }

  private async writeNow(): Promise<void> {
    this.isScheduled = false;
    if (this.isDiscarded || this.reason !== undefined) return;
    const [changes, position] = [this.waiting, this.position];
    if (changes.length === 0 && position === this.copy.position) return;
    this.waiting = [];
    try {
      await this.options.process.operation('write-copy', () => Promise.resolve(this.put(changes, position)));
    } catch (error) {
      this.reason = error;
    }
  }

  private put(changes: readonly (readonly [string, string | null])[], position: number): void {
    // A process that is gone writes nothing more, unlike what it has sent off to the log.
    if (this.isDiscarded || this.options.process.state === 'dead') return;
    for (const [key, value] of changes) {
      if (value === null) this.copy.entries.delete(key);
      else this.copy.entries.set(key, value);
    }
    this.copy.position = position;
  }
}
