import type { MessageLog, TopicPartition } from '../ports/index.js';
import { decodeOrder, type EncodedOrder, type HandledStep } from '../runtime/handling-order.js';
import type { SeenEntry } from '../runtime/partition-state.js';
import { kindOf } from '../runtime/state-key.js';

/** One transaction of an agent in one partition, as its changelog tells of it. */
export interface HistoryEntry {
  /** Of the entry in the state topic: the transaction's changes stand before it. */
  readonly offset: number;
  readonly n: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly order: EncodedOrder;
  /** Those of the ids that were looked for, that it holds. */
  readonly found: readonly string[];
}

/** What is on record of one partition: its transactions in order, without a gap. */
export interface PartitionHistory {
  readonly partition: number;
  readonly entries: readonly HistoryEntry[];
  /** True when nothing was handled before the first entry: the state before it is empty. */
  readonly isFromBirth: boolean;
  /** Effects asked for, by key, as far as compaction has left them: the text of their entries. */
  readonly effects: ReadonlyMap<string, string>;
}

/** Changes of one transaction lie closer together than this, milliseconds: the longest transaction timeout. */
const LONGEST_TRANSACTION_MS = 300_000;

/**
 * Reads the changelog of one partition once.
 *
 * @param ids message ids to look for
 */
export async function readHistory(
  log: MessageLog,
  at: TopicPartition,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<PartitionHistory> {
  const { start, end } = await log.offsets(at);
  let entries: HistoryEntry[] = [];
  const effects = new Map<string, string>();
  let oldest = Infinity;
  let firstAt = Infinity;
  for await (const records of log.read(at, { from: start, until: end, signal })) {
    for (const { key, value, offset, timestamp } of records) {
      if (!key || !value) continue;
      const name = key.toString();
      oldest = Math.min(oldest, timestamp);
      if (kindOf(name) === 'effect') effects.set(name, value.toString());
      if (kindOf(name) !== 'seen') continue;
      const entry = entryOf(offset, value.toString(), ids);
      if (!entry) continue;
      // A gap means that older entries are forgotten in part: history begins behind it.
      if (!follows(entry, entries.at(-1))) entries = [];
      if (entries.length === 0) firstAt = timestamp;
      entries.push(entry);
    }
  }
  const isFromBirth = entries[0]?.n === 1 && oldest >= firstAt - LONGEST_TRANSACTION_MS;
  return { partition: at.partition, entries, isFromBirth, effects };
}

/** The steps of entries `from` (inclusive) to `until` (exclusive). */
export function* stepsOf(
  { entries }: PartitionHistory,
  from = 0,
  until = entries.length,
): Generator<HandledStep> {
  for (const { order } of entries.slice(from, until)) yield* decodeOrder(order);
}

function entryOf(offset: number, text: string, ids: readonly string[]): HistoryEntry | undefined {
  const { at, n, order, ids: handled } = JSON.parse(text) as SeenEntry;
  if (n === undefined || order === undefined) return undefined;
  return { offset, n, at, order, found: ids.filter((id) => id in handled) };
}

/** Numbers start again when nothing was handled for so long that every entry was forgotten. */
function follows({ n }: HistoryEntry, before: HistoryEntry | undefined): boolean {
  return before !== undefined && (n === before.n + 1 || n === 1);
}
