import type { StateSession } from '../ports/index.js';
import type { EncodedOrder } from './handling-order.js';
import { MemoryStateStore } from './memory-state-store.js';
import { isParkedKey, type ParkedKey } from './parked-key.js';
import { customerOf, kindOf } from './state-key.js';
import { OpenedState, type StateChanges, type StateReader } from './state-overlay.js';
import type { StateStore } from './state-store.js';

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

type Changes = StateChanges | readonly (readonly [string, string | null])[];

/**
 * Committed state of one partition number: what the changelog says, in a store, and what is few enough to be held
 * beside it. Only `apply` changes it, after a commit or from the changelog.
 */
export class PartitionState {
  readonly effects = new Map<string, EffectEntry>();
  /** Parked customers by the key of their entry. */
  readonly parked = new Map<string, ParkedKey>();

  /** The store's entries as handlers have them. */
  readonly reader: StateReader;

  /** @param session given where the store holds entries in the form of the log */
  constructor(
    readonly store: StateStore = new MemoryStateStore(),
    session?: StateSession,
  ) {
    this.reader = session ? new OpenedState(store, session) : store;
    for (const [key, value] of store.atOpening()) this.index(key, value);
  }

  /**
   * @param position offset in the changelog below which everything is contained now, where it is known
   * @param kept the changes in the form of the log, where the store holds that
   */
  apply(changes: Changes, position?: number, kept: Changes = changes): void {
    for (const [key, value] of changes) this.index(key, value);
    this.store.apply(kept, position);
  }

  /**
   * Opens what is held beside the store and came from there, or from the changelog, in the form of the log.
   * @throws LogError `UNAVAILABLE`
   */
  async openEffects(session: StateSession): Promise<void> {
    await session.prepare([...this.effects.keys()].map(customerOf));
    for (const key of this.effects.keys()) {
      const text = this.store.get(key);
      if (text !== undefined) this.index(key, session.open(key, text));
    }
  }

  private index(key: string, value: string | null): void {
    switch (kindOf(key)) {
      case 'effect':
        if (value === null) this.effects.delete(key);
        else this.effects.set(key, JSON.parse(value) as EffectEntry);
        return;
      case 'parked':
        if (!isParkedKey(key)) return;
        if (value === null) this.parked.delete(key);
        else this.parked.set(key, JSON.parse(value) as ParkedKey);
        return;
      default:
        // Also an unknown kind, which a newer version wrote: kept, so that nothing is lost by going back.
        return;
    }
  }
}
