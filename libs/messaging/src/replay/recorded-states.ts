import type { MessageLog, TopicPartition } from '../ports/index.js';
import { kindOf, type StateKind } from '../runtime/state-key.js';

/** Values by key of the changelog: stores, timers and pending effects of one partition. */
export type States = Map<string, string>;

/** What a handler sees or leaves behind. What is parked and what was handled is no part of it. */
const KINDS: ReadonlySet<StateKind | undefined> = new Set(['store', 'timer', 'effect']);

export function isStateKey(key: string): boolean {
  return KINDS.has(kindOf(key));
}

/**
 * The state of one partition at two points of its changelog, each given by the offset of the last record that
 * counts; -1 = empty. What compaction has removed is not known any more: the earlier state lacks the values that
 * were overwritten since.
 */
export async function readStates(
  log: MessageLog,
  at: TopicPartition,
  points: { readonly before: number; readonly after: number },
  signal: AbortSignal,
): Promise<{ readonly before: States; readonly after: States }> {
  const states: States = new Map();
  let before: States | undefined = points.before < 0 ? new Map() : undefined;
  const { start } = await log.offsets(at);
  for await (const records of log.read(at, { from: start, until: points.after + 1, signal })) {
    for (const { key, value, offset } of records) {
      if (offset > points.before) before ??= new Map(states);
      change(states, key?.toString() ?? '', value?.toString() ?? null);
    }
  }
  return { before: before ?? new Map(states), after: states };
}

/** Takes over one change; null deletes. */
export function change(states: States, key: string, value: string | null): void {
  if (!isStateKey(key)) return;
  if (value === null) states.delete(key);
  else states.set(key, value);
}
