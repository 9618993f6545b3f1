import { decodeOrder } from '../runtime/handling-order.js';
import type { HistoryEntry, PartitionHistory } from './partition-history.js';
import type { ReplayPoint } from './replay-point.js';

/** Entries of a partition's history: from `first` (inclusive) to `end` (exclusive). */
export interface ReplayRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The first entry that can be replayed: its records are kept, and so is the state before it.
 *
 * @param startOf first offset that is kept of an input topic
 */
export function beginningOf(history: PartitionHistory, startOf: (topic: string) => number): number {
  // The changes of the oldest entry cannot be told from what was before; behind it there is a border.
  let beginning = history.isFromBirth ? 0 : 1;
  for (const [index, { order }] of history.entries.entries()) {
    const isGone = decodeOrder(order).some(
      (step) => step.kind === 'record' && step.offset < startOf(step.topic),
    );
    if (isGone) beginning = Math.max(beginning, index + 1);
  }
  return Math.min(beginning, history.entries.length);
}

/** The first entry of a replay from this point: transactions are replayed whole. -1 = nothing was handled there. */
export function firstEntry({ entries, partition }: PartitionHistory, point: ReplayPoint): number {
  switch (point.kind) {
    case 'time': {
      const index = entries.findIndex(({ at }) => at >= point.at);
      return index < 0 ? entries.length : index;
    }
    case 'position':
      return point.partition === partition ? entryAt(entries, point) : -1;
    case 'message':
      return entries.findIndex(({ found }) => found.includes(point.messageId));
  }
}

/** Where a replay until this point ends: times are exclusive, records and messages inclusive. -1 = not found. */
export function endEntry(history: PartitionHistory, point: ReplayPoint): number {
  const index = firstEntry(history, point);
  return point.kind === 'time' || index < 0 ? index : index + 1;
}

/** The first entry in which a record at or after the position was handled. */
function entryAt(
  entries: readonly HistoryEntry[],
  { topic, offset }: Extract<ReplayPoint, { kind: 'position' }>,
): number {
  return entries.findIndex(({ order }) =>
    decodeOrder(order).some(
      (step) => step.kind === 'record' && step.topic === topic && step.offset >= offset,
    ),
  );
}
