import type { TopicIdentity } from '../ports/index.js';
import type { StateStoreRequest } from '../runtime/index.js';

/** Raised when what is on disk changes its shape: older copies are then built anew. */
const FORMAT = 1;
export const MARK_KEY = '!mark';

/** A clock that was set back a little makes no copy useless. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** @param isGuarded whether the entries are in the form in which the log keeps them */
export function formatOf(isGuarded: boolean): CopyFormat {
  return isGuarded ? `${FORMAT}-guarded` : FORMAT;
}

export type CopyFormat = number | string;

/** What a copy stands for. Written with every batch of changes. */
export interface CopyMark {
  readonly format: CopyFormat;
  readonly clusterId: string;
  readonly topicId: string;
  readonly partition: number;
  /** Everything committed below this offset of the changelog is contained. */
  readonly position: number;
  /** When the copy was last known to be that of the present, milliseconds since 1970 UTC. */
  readonly writtenAt: number;
  /** Entries, seen ids not counted. */
  readonly size: number;
  /** Number of the newest entry of what was handled. */
  readonly sequence: number;
  /** Number of the batch that wrote this mark, from 1. */
  readonly batch: number;
}

/** As many batches as can lie in LevelDB's log, whose damaged parts it passes over in silence. */
const BATCHES = 8192;
const BATCH_PREFIX = 'b/';

/** What batch `n` writes beside its changes: that it is missing can be told from it. */
export function batchEntry(n: number): readonly [string, string] {
  return [`${BATCH_PREFIX}${String(n % BATCHES).padStart(4, '0')}`, String(n)];
}

/** Whether none of the last batches is missing, as far as a batch tells. */
export async function hasAllBatches(
  { batch }: Pick<CopyMark, 'batch'>,
  range: (bounds: { readonly gte: string; readonly lt: string }) => AsyncIterable<readonly [string, string]>,
): Promise<boolean> {
  let count = 0;
  for await (const [key, text] of range({ gte: BATCH_PREFIX, lt: 'b0' })) {
    const n = Number(text);
    if (n > batch || n <= batch - BATCHES || batchEntry(n)[0] !== key) return false;
    count += 1;
  }
  return count === Math.min(batch, BATCHES);
}

export function encodeMark(mark: CopyMark): string {
  return JSON.stringify(mark);
}

export function decodeMark(text: string): CopyMark {
  return JSON.parse(text) as CopyMark;
}

export interface Wanted extends Required<TopicIdentity> {
  readonly format: CopyFormat;
  readonly clusterId: string;
  readonly topicId: string;
  readonly request: Pick<StateStoreRequest, 'partition' | 'start' | 'end'>;
  readonly now: number;
  readonly maxAgeMs: number;
}

/** Why a copy cannot be gone on from, with what was found and expected; undefined = it can. */
export function unusable(mark: CopyMark, wanted: Wanted): Unusable | undefined {
  const { request, now, maxAgeMs } = wanted;
  const differs = (what: string, found: unknown, expected: unknown): Unusable => ({ what, found, expected });
  if (mark.format !== wanted.format) return differs('format', mark.format, wanted.format);
  if (mark.clusterId !== wanted.clusterId) return differs('cluster id', mark.clusterId, wanted.clusterId);
  if (mark.topicId !== wanted.topicId) return differs('topic id', mark.topicId, wanted.topicId);
  if (mark.partition !== request.partition) return differs('partition', mark.partition, request.partition);
  if (mark.position < request.start || mark.position > request.end) {
    return differs('position', mark.position, `${request.start} to ${request.end}`);
  }
  const ageMs = now - mark.writtenAt;
  // Deleted keys leave the changelog after a while: an older copy would never hear of them.
  if (ageMs > maxAgeMs || ageMs < -CLOCK_TOLERANCE_MS)
    return differs('age in ms', ageMs, `at most ${maxAgeMs}`);
  return undefined;
}

export interface Unusable {
  readonly what: string;
  readonly found: unknown;
  readonly expected: unknown;
}
