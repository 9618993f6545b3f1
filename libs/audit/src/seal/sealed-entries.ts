import { LEAF_BYTES } from './record-digest.js';
import type { SealBody } from './seal.js';

/** One record as a seal knows it, or as it was found. */
export interface Entry {
  readonly offset: number;
  /** First 16 bytes of its content digest, base64. */
  readonly leaf: string;
}

/** Undefined where the seal contradicts itself: counts, runs and leaves do not fit. */
export function entriesOf(seal: SealBody): readonly Entry[] | undefined {
  const leaves = Buffer.from(seal.leaves, 'base64');
  const total = seal.offsets.reduce((sum, [, count]) => sum + count, 0);
  if (total !== seal.count || leaves.length !== seal.count * LEAF_BYTES) return undefined;
  const entries: Entry[] = [];
  let next = seal.from;
  for (const [first, count] of seal.offsets) {
    if (first < next || first + count > seal.to) return undefined;
    next = first + count;
    for (let offset = first; offset < next; offset += 1) {
      const at = entries.length * LEAF_BYTES;
      entries.push({ offset, leaf: leafText(leaves.subarray(at, at + LEAF_BYTES)) });
    }
  }
  return entries;
}

export function leafText(digest: Buffer): string {
  return digest.subarray(0, LEAF_BYTES).toString('base64');
}
