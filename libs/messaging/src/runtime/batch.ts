import type { LogRecord, OutgoingRecord, TopicPartitionOffset } from '../ports/index.js';
import type { SeenEntry } from './partition-state.js';
import type { PartitionState } from './partition-state.js';
import { stateKey } from './state-key.js';
import { StateOverlay } from './state-overlay.js';

/** What one partition number adds to a batch. */
interface PartitionPart {
  readonly state: PartitionState;
  readonly overlay: StateOverlay;
  readonly seen: Map<string, string>;
  firstHandled: LogRecord | undefined;
}

/**
 * The work of one transaction: outputs, state changes and positions of all partition numbers that took part.
 * Nothing of it is visible, here or on the log, before the commit.
 */
export class Batch {
  readonly outputs: OutgoingRecord[] = [];
  private readonly parts = new Map<number, PartitionPart>();
  private readonly next = new Map<string, TopicPartitionOffset>();
  handled = 0;
  duplicates = 0;
  forwarded = 0;
  deadLetters = 0;

  /** True when the records were only passed over: their positions may wait for a later transaction. */
  get isEmpty(): boolean {
    return this.outputs.length === 0 && [...this.parts.values()].every((part) => isUnchanged(part));
  }

  get offsets(): readonly TopicPartitionOffset[] {
    return [...this.next.values()];
  }

  get partitions(): readonly number[] {
    return [...this.parts.keys()];
  }

  part(partition: number, state: PartitionState): PartitionPart {
    let part = this.parts.get(partition);
    if (!part) {
      part = { state, overlay: new StateOverlay(state.table), seen: new Map(), firstHandled: undefined };
      this.parts.set(partition, part);
    }
    return part;
  }

  advance(record: LogRecord): void {
    this.position({ topic: record.topic, partition: record.partition, offset: record.offset + 1 });
  }

  position(position: TopicPartitionOffset): void {
    this.next.set(`${position.topic}/${position.partition}`, position);
  }

  hasPosition(partition: number): boolean {
    return this.offsets.some((offset) => offset.partition === partition);
  }

  /**
   * Adds the ids handled in this batch to the changes, one entry a partition instead of one a message, and
   * deletes entries older than `forgetBefore` (milliseconds since 1970 UTC).
   */
  rememberSeen(now: number, forgetBefore: number): void {
    for (const { state, overlay, seen, firstHandled } of this.parts.values()) {
      if (firstHandled && seen.size > 0) {
        const { topic, partition, offset } = firstHandled;
        const entry: SeenEntry = { at: now, ids: Object.fromEntries(seen) };
        overlay.set(stateKey('seen', '-', `${topic}/${partition}/${offset}`), JSON.stringify(entry));
      }
      for (const key of state.seenBefore(forgetBefore, 100)) overlay.set(key, null);
    }
  }

  /** The changes as records of the state topic. */
  changelog(topic: string): readonly OutgoingRecord[] {
    return [...this.parts].flatMap(([partition, { overlay }]) =>
      [...overlay.changes].map(([key, value]) => ({ topic, partition, key, value })),
    );
  }

  /** Makes the changes part of the committed state. Called once, after the commit. */
  apply(): void {
    for (const { state, overlay } of this.parts.values()) state.apply(overlay.changes);
  }
}

export type { PartitionPart };

function isUnchanged(part: PartitionPart): boolean {
  return part.overlay.changes.size === 0 && part.seen.size === 0;
}
