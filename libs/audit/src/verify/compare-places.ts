import type { CheckedChain, CheckedSeal } from './check-chain.js';
import type { Finding } from './finding.js';

/** A seal of the topic has to be in the second place after this, milliseconds. */
const COPY_BOUND_MS = 15 * 60_000;

export interface ComparedPlaces {
  /** What the records are held against, by sequence: valid seals, those of the second place where the places differ. */
  readonly seals: readonly CheckedSeal[];
  /** Seals of the topic that the second place does not have yet. */
  readonly notCopied: number;
  readonly findings: readonly Finding[];
}

/** @param second undefined where there is no second place */
export function comparePlaces(
  partition: number,
  topic: CheckedChain,
  second: CheckedChain | undefined,
  nowMs: number,
): ComparedPlaces {
  const seals = effectiveSeals(topic, second);
  if (!second) return { seals, notCopied: 0, findings: [] };
  const replaced = [...topic.seals.values()].flatMap(({ seal, hash }): Finding[] => {
    const copy = second.seals.get(seal.sequence);
    if (!copy || copy.hash === hash) return [];
    const { sequence, from: offset, to: until } = seal;
    const detail = 'the seal of the topic and that of the second place differ';
    return [{ kind: 'SEAL_REPLACED', place: 'seals', partition, sequence, offset, until, detail }];
  });
  const notCopied = after(topic, lastOf(second));
  return {
    seals,
    notCopied: notCopied.length,
    findings: [
      ...replaced,
      ...cutSeals(partition, after(second, lastOf(topic))),
      ...late(partition, notCopied, nowMs),
    ],
  };
}

function effectiveSeals(topic: CheckedChain, second: CheckedChain | undefined): readonly CheckedSeal[] {
  const sequences = new Set([...topic.seals.keys(), ...(second?.seals.keys() ?? [])]);
  return [...sequences]
    .sort((a, b) => a - b)
    .flatMap((sequence) => {
      const candidates = [second?.seals.get(sequence), topic.seals.get(sequence)];
      return candidates.find((candidate) => candidate?.isValid === true) ?? [];
    });
}

function cutSeals(partition: number, cut: readonly CheckedSeal[]): readonly Finding[] {
  const [first] = cut;
  if (!first) return [];
  const range = { sequence: first.seal.sequence, offset: first.seal.from, until: cut.at(-1)!.seal.to };
  const detail = 'the topic of seals ends before the second place';
  return [{ kind: 'SEALS_CUT', place: 'seals', partition, ...range, count: cut.length, detail }];
}

function late(partition: number, notCopied: readonly CheckedSeal[], nowMs: number): readonly Finding[] {
  const overdue = notCopied.filter(({ seal }) => nowMs - Date.parse(seal.sealedAt) > COPY_BOUND_MS);
  const [first] = overdue;
  if (!first) return [];
  const detail = `not in the second place since ${first.seal.sealedAt}`;
  const { sequence } = first.seal;
  return [
    {
      kind: 'SECOND_PLACE_BEHIND',
      place: 'second-place',
      partition,
      sequence,
      count: overdue.length,
      detail,
    },
  ];
}

function lastOf({ seals }: CheckedChain): number {
  return [...seals.keys()].reduce((last, sequence) => Math.max(last, sequence), -1);
}

function after({ seals }: CheckedChain, sequence: number): readonly CheckedSeal[] {
  return [...seals.values()].filter(({ seal }) => seal.sequence > sequence);
}
