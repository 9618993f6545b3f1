import type { Entry } from '../seal/sealed-entries.js';
import type { Finding, RecordFindingKind } from './finding.js';

interface Pair {
  readonly sealed: Entry;
  readonly found: Entry;
}

export interface AlignOptions {
  readonly partition: number;
  /** Offset after the last record of the partition. */
  readonly end: number;
}

/**
 * Says what happened between two lists of records, both in the order of their offsets: what was sealed, and what was
 * found.
 */
export function alignEntries(
  sealed: readonly Entry[],
  found: readonly Entry[],
  { partition, end }: AlignOptions,
): readonly Finding[] {
  const finding = findingsOf(partition);
  const { pairs, gone, fresh } = pairEntries(sealed, found);
  const freshAt = new Set(fresh.map(({ offset }) => offset));
  const changed = gone.filter(({ offset }) => freshAt.has(offset));
  const changedAt = new Set(changed.map(({ offset }) => offset));
  const lost = gone.filter(({ offset }) => !changedAt.has(offset));
  const { inOrder, moved } = splitByOrder(pairs);
  return [
    ...changed.map((entry) => finding('CHANGED', [entry], 'another record stands here than was sealed')),
    ...runsOf(lost.filter(({ offset }) => offset < end)).map((run) =>
      finding('DROPPED', run, 'sealed and gone'),
    ),
    ...runsOf(fresh.filter(({ offset }) => !changedAt.has(offset))).map((run) =>
      finding('INSERTED', run, 'not there when its neighbours were sealed'),
    ),
    ...moved.map(({ sealed: was, found: is }) => ({
      ...finding('REORDERED', [is], 'stood elsewhere among the others when it was sealed'),
      sealedAt: was.offset,
    })),
    ...shifted(inOrder, finding),
    ...cut(lost, end, finding),
  ].sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
}

type MakeFinding = (kind: RecordFindingKind, run: readonly Entry[], detail: string) => Finding;

function findingsOf(partition: number): MakeFinding {
  return (kind, run, detail) => {
    const { offset } = run[0]!;
    const range = run.length === 1 ? {} : { until: run.at(-1)!.offset + 1, count: run.length };
    return { kind, place: 'records', partition, offset, ...range, detail };
  };
}

/** Same content, at the same offset if it is there, else anywhere; each entry once. */
function pairEntries(sealed: readonly Entry[], found: readonly Entry[]) {
  const byOffset = new Map(found.map((entry) => [entry.offset, entry]));
  const pairs: Pair[] = [];
  const taken = new Set<Entry>();
  const pair = (was: Entry, is: Entry): void => {
    pairs.push({ sealed: was, found: is });
    taken.add(is);
  };
  const displaced = sealed.filter((entry) => {
    const there = byOffset.get(entry.offset);
    if (there?.leaf !== entry.leaf) return true;
    pair(entry, there);
    return false;
  });
  const byLeaf = Map.groupBy(
    found.filter((entry) => !taken.has(entry)),
    ({ leaf }) => leaf,
  );
  const gone = displaced.filter((entry) => {
    const elsewhere = byLeaf.get(entry.leaf)?.shift();
    if (elsewhere) pair(entry, elsewhere);
    return !elsewhere;
  });
  pairs.sort((a, b) => a.sealed.offset - b.sealed.offset);
  return { pairs, gone, fresh: found.filter((entry) => !taken.has(entry)) };
}

/** The longest run of pairs that kept their order stays; what is outside of it was moved. */
function splitByOrder(pairs: readonly Pair[]): { readonly inOrder: Pair[]; readonly moved: Pair[] } {
  const places = new Map(pairs.map(({ sealed, found }) => [sealed.offset, found.offset]));
  // Two that changed places: both were moved, and neither says that those between them were.
  const isSwapped = ({ sealed, found }: Pair): boolean =>
    sealed.offset !== found.offset && places.get(found.offset) === sealed.offset;
  const others = pairs.filter((pair) => !isSwapped(pair));
  const kept = longestIncreasing(others.map(({ found }) => found.offset));
  return {
    inOrder: others.filter((_, index) => kept.has(index)),
    moved: [...pairs.filter(isSwapped), ...others.filter((_, index) => !kept.has(index))],
  };
}

/** Indexes of a longest increasing subsequence. */
function longestIncreasing(numbers: readonly number[]): ReadonlySet<number> {
  /** Index of the least number with which a run of each length ends. */
  const ends: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    before.push(low === 0 ? -1 : ends[low - 1]!);
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]!) kept.add(index);
  return kept;
}

/** One finding for all that stand together at other offsets: they are the consequence of something else. */
function shifted(inOrder: readonly Pair[], finding: MakeFinding): readonly Finding[] {
  const displaced = inOrder.filter(({ sealed, found }) => sealed.offset !== found.offset);
  const [first] = displaced;
  if (!first) return [];
  const run = displaced.map(({ found }) => found);
  return [
    {
      ...finding('SHIFTED', run, 'in order, at other offsets than when sealed'),
      sealedAt: first.sealed.offset,
    },
  ];
}

function cut(lost: readonly Entry[], end: number, finding: MakeFinding): readonly Finding[] {
  const behind = lost.filter(({ offset }) => offset >= end);
  return behind.length === 0 ? [] : [finding('CUT', behind, `the partition ends at ${end}`)];
}

/** Entries that follow each other without another offset between them. */
function runsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run && run.at(-1)!.offset + 1 === entry.offset) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
