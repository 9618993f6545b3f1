import { type PartitionReport, readSeal, type Seal, type StoredSeal } from '@aika/audit';
import type { CommittedRecord } from '@aika/testing';
import { findingLine } from '../../audit/audit-report.js';
import { together, type Verdict } from '../verdict.js';

const CLEAN: Verdict = { lost: [], doubled: [], reordered: [], divergent: [] };

/** The trail and its seals, as they were read from outside. */
export interface SealedTrail {
  /** Committed records of the sealed topic. */
  readonly records: readonly CommittedRecord[];
  /** Committed records of the topic of seals. */
  readonly seals: readonly CommittedRecord[];
  /** What the second place has of each partition, in its order. */
  readonly copies: ReadonlyMap<number, readonly StoredSeal[]>;
}

/**
 * Every committed record is within the range of one seal; of each partition the seals are numbered without gap or repeat,
 * each range begins where the one before ends; and both places hold the same texts. Hashes and signatures are looked at by
 * `aika audit verify`, this by nothing of it.
 */
export function judgeSeals({ records, seals, copies }: SealedTrail): Verdict {
  const byPartition = Map.groupBy(seals, ({ partition }) => partition);
  const partitions = new Set([...records, ...seals].map(({ partition }) => partition));
  return together(
    [...partitions, ...copies.keys()].filter(isFirst).flatMap((partition) => {
      const texts = (byPartition.get(partition) ?? []).map(({ value }) => value ?? '');
      const read = texts.map(readSeal).filter((seal) => seal !== undefined);
      const unreadable = texts.length - read.length;
      const own = records.filter((record) => record.partition === partition);
      return [
        {
          ...CLEAN,
          divergent: unreadable === 0 ? [] : [`partition ${partition}: ${unreadable} are no seals`],
        },
        judgeChain(partition, read),
        judgeCover(own, read),
        judgePlaces(partition, texts, copies.get(partition) ?? []),
      ];
    }),
  );
}

/** Seals of a partition in the order in which they stand. */
function judgeChain(partition: number, seals: readonly Seal[]): Verdict {
  const name = (sequence: number): string => `seal ${partition}/${sequence}`;
  const sequences = seals.map(({ sequence }) => sequence);
  const last = sequences.reduce((most, sequence) => Math.max(most, sequence), -1);
  const left = Array.from({ length: last + 1 }, (_, n) => n).filter((n) => !sequences.includes(n));
  const chain = seals.filter(({ sequence }, n) => sequences.indexOf(sequence) === n);
  return {
    lost: left.map(name),
    doubled: sequences.filter((one, n) => sequences.indexOf(one) !== n).map(name),
    reordered: chain
      .filter((seal, n) => seal.sequence < (chain[n - 1]?.sequence ?? -1))
      .map((seal) => name(seal.sequence)),
    divergent: chain.flatMap(({ sequence, from }, n) => {
      const before = chain[n - 1];
      if (before === undefined || before.to === from) return [];
      return [`${name(sequence)} begins at ${from}, and the one before it ends at ${before.to}`];
    }),
  };
}

function judgeCover(records: readonly CommittedRecord[], seals: readonly Seal[]): Verdict {
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const { partition, offset } of records) {
    const times = seals.filter(({ from, to }) => from <= offset && offset < to).length;
    if (times === 0) lost.push(`record ${partition}/${offset} is not sealed`);
    if (times > 1) doubled.push(`record ${partition}/${offset} is in ${times} seals`);
  }
  return { ...CLEAN, lost, doubled };
}

function judgePlaces(partition: number, texts: readonly string[], copies: readonly StoredSeal[]): Verdict {
  const isThere = new Set(copies.map(({ text }) => text));
  const isOnTopic = new Set(texts);
  return {
    ...CLEAN,
    lost: texts
      .filter((text) => !isThere.has(text))
      .map((text) => `seal ${partition}/${readSeal(text)?.sequence ?? '?'} in the second place`),
    divergent: copies
      .filter(({ text }) => !isOnTopic.has(text))
      .map(({ position }) => `partition ${partition}, ${position} of the second place is not on the topic`),
  };
}

interface AuditLineOnLog {
  readonly messageId: string;
  readonly payload: { readonly kind?: string; readonly messageId?: string };
}

/** Each command that was handled has left one line, and no line stands twice. */
export function judgeLines(commandIds: readonly string[], records: readonly CommittedRecord[]): Verdict {
  const lines = records.map(({ value }) => JSON.parse(value ?? 'null') as AuditLineOnLog);
  const handled = Map.groupBy(
    lines.filter(({ payload }) => payload.kind === 'command'),
    ({ payload }) => payload.messageId,
  );
  const ids = lines.map(({ messageId }) => messageId);
  const times = (id: string): number => handled.get(id)?.length ?? 0;
  return {
    ...CLEAN,
    lost: commandIds.filter((id) => times(id) === 0).map((id) => `line of command ${id}`),
    doubled: [
      ...commandIds.filter((id) => times(id) > 1).map((id) => `line of command ${id}`),
      ...[...Map.groupBy(ids, (id) => id)].flatMap(([id, all]) => (all.length > 1 ? [`line ${id}`] : [])),
    ],
  };
}

/** What `aika audit verify --json` has said. */
export interface Verification {
  readonly code: number | null;
  readonly reports: readonly PartitionReport[];
}

/** @param count committed records of the topic, as another client has counted them */
export function judgeVerification({ code, reports }: Verification, count: number): Verdict {
  const sum = (field: 'verified' | 'unsealed' | 'notCopied'): number =>
    reports.reduce((total, report) => total + report[field], 0);
  const findings = reports.flatMap((report) => report.findings).map(findingLine);
  const [verified, unsealed, notCopied] = [sum('verified'), sum('unsealed'), sum('notCopied')];
  return {
    ...CLEAN,
    lost: [
      ...(unsealed === 0 ? [] : [`${unsealed} records are unsealed`]),
      ...(notCopied === 0 ? [] : [`${notCopied} seals are not in the second place`]),
    ],
    divergent: [
      ...findings,
      ...(code === 0 || findings.length > 0 ? [] : [`aika audit verify ended with ${code}`]),
      ...(verified === count ? [] : [`${verified} records are verified, ${count} are there`]),
    ],
  };
}

function isFirst(value: number, n: number, all: readonly number[]): boolean {
  return all.indexOf(value) === n;
}
