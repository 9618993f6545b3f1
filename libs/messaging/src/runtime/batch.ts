import type { LogRecord, OutgoingRecord, TopicPartitionOffset } from '../ports/index.js';
import { encodeOrder, type HandledStep } from './handling-order.js';
import type { PartitionState, SeenEntry } from './partition-state.js';
import { stateKey } from './state-key.js';
import { StateOverlay } from './state-overlay.js';

/**
 * Entries of handled ids that one batch forgets at most for a partition: more than the one it adds, and few, because
 * each may hold thousands of ids. After a day without the agent they are all due at once.
 */
const FORGOTTEN_AT_ONCE = 4;

/** What one partition number adds to a batch. */
export class PartitionPart {
  readonly overlay: StateOverlay;
  readonly seen = new Map<string, string>();
  /** What was done here, in order. */
  readonly steps: HandledStep[] = [];
  /** Number of the entry that this batch writes, once it has. */
  private written: number | undefined;
  /** Set when this batch parks a key here. */
  parks = false;

  constructor(
    readonly partition: number,
    readonly state: PartitionState,
    private below: PartitionPart | undefined,
  ) {
    this.overlay = new StateOverlay(below?.overlay ?? state.reader);
  }

  /** The content digest under which this id was handled, here, in the batch below, or in committed state. */
  digestOf(messageId: string): string | undefined {
    return (
      this.seen.get(messageId) ?? this.below?.seen.get(messageId) ?? this.state.store.digestOf(messageId)
    );
  }

  handled({ topic, offset }: LogRecord): void {
    this.steps.push({ kind: 'record', topic, offset });
  }

  /** False spares the look-up: no key is parked in committed state, nor in this batch and the one below. */
  get mayHaveParked(): boolean {
    return this.parks || this.below?.parks === true || this.state.parked.size > 0;
  }

  /**
   * Adds the ids and the order of what was handled to the changes, one entry a partition instead of one a message.
   *
   * @param now milliseconds since 1970 UTC
   */
  remember(now: number): void {
    if (this.seen.size === 0 && this.steps.length === 0) return;
    this.written = 1 + (this.below?.written ?? this.state.store.sequence);
    const ids = Object.fromEntries(this.seen);
    const entry: SeenEntry = { at: now, n: this.written, ids, order: encodeOrder(this.steps) };
    this.overlay.set(stateKey('seen', '-', String(this.written)), JSON.stringify(entry));
  }

  /** What was below has become committed state. */
  rebase(): void {
    this.below = undefined;
    this.overlay.rebase(this.state.reader);
  }
}

/**
 * The work of one transaction: outputs, state changes and positions of all partition numbers that took part.
 * Nothing of it is visible, here or on the log, before the commit, except to the batch that is built on it.
 */
export class Batch {
  readonly outputs: OutgoingRecord[] = [];
  private readonly parts = new Map<number, PartitionPart>();
  private readonly next = new Map<string, TopicPartitionOffset>();
  private readonly consumed: LogRecord[] = [];
  private above: Batch | undefined;
  handled = 0;
  duplicates = 0;
  forwarded = 0;
  deadLetters = 0;
  parked = 0;

  /** @param below the batch whose commit is under way: this one reads through it, and falls with it */
  constructor(private below?: Batch) {
    if (below) below.above = this;
  }

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

  /** Records taken, skipped ones too. */
  get records(): readonly LogRecord[] {
    return this.consumed;
  }

  part(partition: number, state: PartitionState): PartitionPart {
    let part = this.parts.get(partition);
    if (!part) {
      part = new PartitionPart(partition, state, this.below?.parts.get(partition));
      this.parts.set(partition, part);
    }
    return part;
  }

  /** The record is part of this batch; `position` tells when it is done with. */
  take(record: LogRecord): void {
    this.consumed.push(record);
  }

  position(position: TopicPartitionOffset): void {
    this.next.set(`${position.topic}/${position.partition}`, position);
  }

  hasPosition(partition: number): boolean {
    return this.offsets.some((offset) => offset.partition === partition);
  }

  /**
   * Adds what was handled to the changes, and deletes such entries older than `forgetBefore` (milliseconds since
   * 1970 UTC).
   */
  rememberHandled(now: number, forgetBefore: number): void {
    for (const part of this.parts.values()) {
      part.remember(now);
      for (const key of part.state.store.seenBefore(forgetBefore, FORGOTTEN_AT_ONCE))
        part.overlay.set(key, null);
    }
  }

  /** The changes as records of the state topic. */
  changelog(topic: string): readonly OutgoingRecord[] {
    return [...this.parts].flatMap(([partition, { overlay }]) =>
      [...overlay.changes].map(([key, value]) => ({ topic, partition, key, value })),
    );
  }

  /**
   * Makes the changes part of the committed state. Called once, after the commit.
   * @param positions by partition number: offset after the batch's last record in the changelog, where it is known
   * @param kept the changelog as it was written, where the stores hold that
   */
  apply(positions: ReadonlyMap<number, number> = new Map(), kept?: readonly OutgoingRecord[]): void {
    const written = kept && Map.groupBy(kept, ({ partition }) => partition);
    for (const [partition, { state, overlay }] of this.parts) {
      const changes = written && (written.get(partition) ?? []).map(changeOf);
      state.apply(overlay.changes, positions.get(partition), changes);
    }
    this.above?.rebase();
  }

  private rebase(): void {
    this.below = undefined;
    for (const part of this.parts.values()) part.rebase();
  }
}

function changeOf({ key, value }: OutgoingRecord): readonly [string, string | null] {
  return [String(key), value === null ? null : value.toString()];
}

function isUnchanged(part: PartitionPart): boolean {
  return part.overlay.changes.size === 0 && part.seen.size === 0;
}
