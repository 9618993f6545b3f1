import type { EncodedOrder } from './handling-order.js';
import { isParkedKey, type ParkedKey } from './parked-key.js';
import { kindOf } from './state-key.js';
import { type StateChanges, StateTable } from './state-overlay.js';
import { TimerIndex } from './timer-index.js';

/** A timer as it stands in state: a message of the agent to itself. */
export interface TimerEntry {
  /** Milliseconds since 1970 UTC. */
  readonly dueAt: number;
  readonly messageId: string;
  readonly messageType: string;
  readonly payload: object;
  readonly priority: 'HIGH' | 'NORMAL' | 'LOW';
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** An effect that was asked for and has no result yet. */
export interface EffectEntry {
  readonly name: string;
  readonly idempotencyKey: string;
  readonly customerId: string;
  readonly request: object;
  /** Order among the customer's pending effects, from 1; only where the effect is ordered. */
  readonly sequence?: number;
  readonly priority: 'HIGH' | 'NORMAL' | 'LOW';
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What one batch handled in one partition. */
export interface SeenEntry {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Ids of the messages, with their content digests. */
  readonly ids: Readonly<Record<string, string>>;
  /** Number of the entry in its partition, from 1. Older versions wrote neither it nor the order. */
  readonly n?: number;
  readonly order?: EncodedOrder;
}

/**
 * Committed state of one partition number: the values of the changelog and the indexes over them. Only
 * `apply` changes it, after a commit or from the changelog.
 */
export class PartitionState {
  readonly table = new StateTable();
  readonly timers = new TimerIndex();
  readonly effects = new Map<string, EffectEntry>();
  /** Parked customers by the key of their entry. */
  readonly parked = new Map<string, ParkedKey>();
  private readonly seen = new Map<string, string>();
  private readonly seenBatches = new Map<string, Pick<SeenEntry, 'at' | 'ids'>>();
  private lastEntry = 0;

  /** Number of the newest entry of what was handled; 0 when none is kept. */
  get sequence(): number {
    return this.lastEntry;
  }

  apply(changes: StateChanges | Iterable<readonly [string, string | null]>): void {
    for (const [key, value] of changes) this.applyOne(key, value);
  }

  /** The content digest under which this id was handled, if it was. */
  digestOf(messageId: string): string | undefined {
    return this.seen.get(messageId);
  }

  /** Keys of the seen entries from before `time` (milliseconds since 1970 UTC), oldest first. */
  seenBefore(time: number, limit: number): readonly string[] {
    const keys: string[] = [];
    for (const [key, entry] of this.seenBatches) {
      if (entry.at >= time || keys.length >= limit) break;
      keys.push(key);
    }
    return keys;
  }

  private applyOne(key: string, value: string | null): void {
    switch (kindOf(key)) {
      case 'timer':
        if (value === null) this.timers.delete(key);
        else this.timers.set(key, (JSON.parse(value) as TimerEntry).dueAt);
        this.table.set(key, value);
        return;
      case 'effect':
        if (value === null) this.effects.delete(key);
        else this.effects.set(key, JSON.parse(value) as EffectEntry);
        this.table.set(key, value);
        return;
      case 'seen':
        this.applySeen(key, value);
        return;
      case 'parked':
        if (isParkedKey(key)) this.applyParked(key, value);
        this.table.set(key, value);
        return;
      case 'store':
      case undefined:
        // An unknown kind was written by a newer version: kept, so that nothing is lost by going back.
        this.table.set(key, value);
        return;
    }
  }

  /** A parked key is woken by a timer like any other. */
  private applyParked(key: string, value: string | null): void {
    if (value === null) {
      this.parked.delete(key);
      this.timers.delete(key);
      return;
    }
    const parked = JSON.parse(value) as ParkedKey;
    this.parked.set(key, parked);
    this.timers.set(key, parked.dueAt);
  }

  private applySeen(key: string, value: string | null): void {
    if (value === null) {
      for (const id of Object.keys(this.seenBatches.get(key)?.ids ?? {})) this.seen.delete(id);
      this.seenBatches.delete(key);
      return;
    }
    // Without the order: nobody asks for it while the agent runs.
    const { at, ids, n = 0 } = JSON.parse(value) as SeenEntry;
    this.seenBatches.set(key, { at, ids });
    this.lastEntry = Math.max(this.lastEntry, n);
    for (const [id, digest] of Object.entries(ids)) this.seen.set(id, digest);
  }
}
