import {
  LogError,
  type LogRecord,
  type MessageLog,
  type StateSession,
  type TopicIdentity,
  type TopicPartition,
  type TopicPartitionOffset,
} from '../ports/index.js';
import type { Turns } from '../timing.js';
import { PartitionState } from './partition-state.js';
import { CHANGELOG_MARK } from './state-key.js';
import type { StateStores } from './state-store.js';

/**
 * Applied at a stretch: heartbeats are sent between two of them. Bytes too, because a record may hold thousands of
 * handled ids, and a compacted changelog may have nothing but such records for long.
 */
export const STRETCH = { records: 500, bytes: 256 * 1024 };

/** One owned partition number: its committed state, and how far each input topic is handled and committed. */
export class PartitionTask {
  /** Where each topic is read on: past all that has been handled, committed or not. */
  private readonly next = new Map<string, number>();
  private readonly committedNext = new Map<string, number>();
  /** Topics with records that were only passed over and whose position no transaction has taken along yet. */
  private readonly passed = new Set<string>();

  /** @param replayed records of the changelog that were read to build the state */
  constructor(
    readonly partition: number,
    readonly state: PartitionState = new PartitionState(),
    readonly replayed = 0,
  ) {}

  positions(): readonly TopicPartitionOffset[] {
    return this.toPositions([...this.next]);
  }

  /** Positions of what was passed over, for the next transaction. */
  passedPositions(): readonly TopicPartitionOffset[] {
    return this.positions().filter(({ topic }) => this.passed.has(topic));
  }

  /** Offset of the next record of `topic` that is to be handled. */
  position(topic: string): number {
    return this.next.get(topic) ?? 0;
  }

  passedOver({ topic, offset }: TopicPartitionOffset): void {
    this.next.set(topic, offset);
    this.passed.add(topic);
  }

  /** The position is part of a transaction now. */
  submitted({ topic, offset }: TopicPartitionOffset): void {
    this.next.set(topic, offset);
    this.passed.delete(topic);
  }

  committed({ topic, offset }: TopicPartitionOffset): void {
    this.committedNext.set(topic, offset);
    // Also when it is 0: a topic without a position would be left out when the member goes back.
    if (!this.next.has(topic) || this.position(topic) < offset) this.next.set(topic, offset);
  }

  /** Goes back to what is committed. */
  reset(): void {
    for (const [topic, offset] of this.committedNext) this.next.set(topic, offset);
    this.passed.clear();
  }

  private toPositions(offsets: readonly (readonly [string, number])[]): readonly TopicPartitionOffset[] {
    return offsets.map(([topic, offset]) => ({ topic, partition: this.partition, offset }));
  }
}

export interface RestoreOptions {
  readonly log: MessageLog;
  readonly topics: readonly string[];
  readonly stateTopic: string;
  readonly stores: StateStores;
  /** Opens what handlers read, where the stores have a guard. */
  readonly session?: StateSession | undefined;
  readonly committed: readonly TopicPartitionOffset[];
  /** By partition number: everything that was committed lies below this offset of the changelog. */
  readonly changelogEnds: ReadonlyMap<number, number>;
  readonly signal: AbortSignal;
  /** Shared by all that is restored at the same time. */
  readonly turns: Turns;
}

/**
 * Builds a task: its state is exactly what belongs to the committed offsets. These were read first, waiting for
 * pending commits; then the changelog is read up to a record that was appended after that, and not only up to the last
 * stable offset, because markers of committed transactions reach its partition on their own time. What the local store contains already is not read again; the offsets are
 * always the group's.
 */
export async function restoreTask(partition: number, options: RestoreOptions): Promise<PartitionTask> {
  const { log, stateTopic, stores, changelogEnds } = options;
  const at = { topic: stateTopic, partition };
  const { start, end } = await log.offsets(at);
  const range = { start, end: changelogEnds.get(partition) ?? end };
  const identity = (): Promise<TopicIdentity> => log.identity(stateTopic);
  const store = await stores.open({ ...at, ...range, identity });
  try {
    const state = new PartitionState(store, options.session);
    const replayed = await replay(state, range, options, partition);
    // A session of its own: restores of several partitions go on beside each other.
    if (stores.guard) await state.openEffects(stores.guard.session());
    const task = new PartitionTask(partition, state, replayed);
    for (const position of await startingPositions(partition, options)) task.committed(position);
    return task;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** @returns the records read, marks of earlier restores not counted */
async function replay(
  state: PartitionState,
  { start, end }: { readonly start: number; readonly end: number },
  { log, stateTopic, stores, signal, turns }: RestoreOptions,
  partition: number,
): Promise<number> {
  const from = Math.max(start, state.store.position);
  let count = 0;
  const { guard: source = log } = stores;
  for await (const records of source.read({ topic: stateTopic, partition }, { from, until: end, signal })) {
    for (const stretch of stretchesOf(records)) {
      await turns.next();
      const changes = stretch.map(
        ({ key, value }) => [key?.toString() ?? '', value?.toString() ?? null] as const,
      );
      state.apply(changes, (stretch.at(-1)?.offset ?? 0) + 1);
      count += stretch.filter(({ key }) => key?.toString() !== CHANGELOG_MARK).length;
      await state.store.room();
    }
  }
  // An aborted reading has not come to the end.
  if (!signal.aborted) state.apply([], end);
  return count;
}

/** At least one record each. */
function* stretchesOf(records: readonly LogRecord[]): Generator<readonly LogRecord[]> {
  let from = 0;
  let bytes = 0;
  for (const [n, { value }] of records.entries()) {
    const length = value?.length ?? 0;
    if (n > from && (n - from >= STRETCH.records || bytes + length > STRETCH.bytes)) {
      yield records.slice(from, n);
      [from, bytes] = [n, 0];
    }
    bytes += length;
  }
  if (from < records.length) yield records.slice(from);
}

async function startingPositions(
  partition: number,
  options: RestoreOptions,
): Promise<readonly TopicPartitionOffset[]> {
  const positions: TopicPartitionOffset[] = [];
  for (const topic of options.topics) positions.push(await startingPosition({ topic, partition }, options));
  return positions;
}

/** What is committed there, or where the topic begins. */
export async function startingPosition(
  { topic, partition }: TopicPartition,
  { log, committed }: Pick<RestoreOptions, 'log' | 'committed'>,
): Promise<TopicPartitionOffset> {
  const known = committed.find((c) => c.topic === topic && c.partition === partition);
  return { topic, partition, offset: known?.offset ?? (await log.offsets({ topic, partition })).start };
}

/** @throws LogError when the topics that share partition numbers do not have the same count */
export async function assertSamePartitionCount(log: MessageLog, topics: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    topics.map(async (topic) => [topic, await log.partitionCount(topic)] as const),
  );
  const [first] = counts;
  if (!first) throw new TypeError('No topics given.');
  const odd = counts.filter(([, count]) => count !== first[1]);
  if (odd.length > 0) {
    const found = [first, ...odd].map(([topic, count]) => `${topic} has ${count}`).join(', ');
    throw new LogError(
      'UNKNOWN_TOPIC',
      `Inputs and state need the same number of partitions: ${found}.`,
      false,
    );
  }
  return first[1];
}
