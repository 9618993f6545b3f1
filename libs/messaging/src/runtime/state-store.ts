import type { StateGuard, TopicIdentity } from '../ports/index.js';
import type { StateReader } from './state-overlay.js';

/**
 * Committed state of one partition number as it is kept on this machine. Two adapters (in memory, on disk) pass one
 * suite (`suite/state-store.suite.ts`). Everything is synchronous to its reader: what was applied is read at once,
 * whether it is written already or not.
 */
export interface StateStore extends StateReader {
  /** Entries, seen ids not counted. */
  readonly size: number;
  /**
   * Everything that was committed to the changelog below this offset is contained. Never ahead of what is
   * contained, on disk neither; records above it may be contained too, and applying them again changes nothing.
   */
  readonly position: number;
  /** Why the store can no longer be used: it has to be discarded and built anew. Undefined while all is well. */
  readonly failure: unknown;

  /** Number of the newest entry of what was handled (`m/-/<number>`); 0 when there was none. */
  readonly sequence: number;

  /** The content digest under which this id was handled, if it was. */
  digestOf(messageId: string): string | undefined;

  /** Keys of seen entries from before `time` (milliseconds since 1970 UTC), oldest first. */
  seenBefore(time: number, limit: number): readonly string[];

  /** When the next timer or parked key is due, milliseconds since 1970 UTC; undefined without one. */
  nextDue(): number | undefined;

  /** Keys of timers and parked keys that are due at `now`, earliest first. They stay until they are deleted or moved. */
  due(now: number, limit: number): readonly string[];

  /** Pending effects and heads of parked keys as they were at opening: few enough to be held in memory. */
  atOpening(): Iterable<readonly [string, string]>;

  /** Takes over committed changes (null deletes), and the position that they bring the store to, where it is known. */
  apply(changes: Iterable<readonly [string, string | null]>, position?: number): void;

  /** Resolves at once, or when what is not written yet is within its bounds again. */
  room(): Promise<void>;

  /** Writes what is not written yet, and keeps the store for a later opening. */
  close(): Promise<void>;

  /** Deletes it. */
  discard(): Promise<void>;
}

/** Which store is wanted, and what its changelog is like now. */
export interface StateStoreRequest {
  readonly partition: number;
  /** The changelog: its full name, and what is on the log under this name. */
  readonly topic: string;
  identity(): Promise<TopicIdentity>;
  /** First offset still kept, and the high watermark. */
  readonly start: number;
  readonly end: number;
}

/** Where the stores of one process are kept. */
export interface StateStores {
  /** Where there is one, the stores hold entries in the form in which the log keeps them. */
  readonly guard?: StateGuard | undefined;

  /**
   * The store of a partition number with what it is safe to go on from, empty otherwise. A process opens a partition
   * number once at a time; another opening waits for the closing of the last.
   */
  open(request: StateStoreRequest): Promise<StateStore>;
}
