import type { Seal } from '../seal/seal.js';
import type { Finding } from './finding.js';

export interface StartCheck {
  /** Sealed records that retention has taken. */
  readonly expired: number;
  readonly findings: readonly Finding[];
}

/**
 * Tells what the operator's retention has deleted from what somebody cut away. How long records are kept stands in the
 * seals, under their signature: the topic's own setting can be altered by who alters the topic.
 * @param start first offset that the log still has
 */
export function checkStart(
  partition: number,
  seals: readonly Seal[],
  start: number,
  nowMs: number,
): StartCheck {
  const retentionMs = seals.at(-1)?.retentionMs ?? null;
  const gone = seals.filter(({ offsets }) => (offsets[0]?.[0] ?? start) < start);
  const isExpired = (seal: Seal): boolean => {
    if (retentionMs === null) return false;
    // Of a seal that is partly there, the records that are gone are its oldest.
    const time = seal.to <= start ? seal.lastTime : seal.firstTime;
    return time + retentionMs <= nowMs;
  };
  const cut = gone.filter((seal) => !isExpired(seal));
  const expired = gone.filter(isExpired).reduce((sum, seal) => sum + countBelow(seal, start), 0);
  const [first] = cut;
  if (!first) return { expired, findings: [] };
  const kept = retentionMs === null ? 'for ever' : `${retentionMs} ms`;
  const finding: Finding = {
    kind: 'CUT_START',
    place: 'records',
    partition,
    offset: first.offsets[0]![0],
    until: start,
    count: cut.reduce((sum, seal) => sum + countBelow(seal, start), 0),
    detail: `the partition begins at ${start}, although the seals say that records are kept ${kept}`,
  };
  return { expired, findings: [finding] };
}

function countBelow({ offsets }: Seal, start: number): number {
  return offsets.reduce((sum, [first, count]) => sum + Math.max(0, Math.min(count, start - first)), 0);
}
