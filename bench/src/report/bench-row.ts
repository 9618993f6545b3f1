import { rounded } from './statistics.js';

/** One figure of the benchmark. */
export interface BenchRow {
  /** What was measured of whom: `throughput.kafka-streams`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** This row's value divided by that of the named peer's row. */
  readonly ratioTo: Readonly<Record<string, number>>;
}

/** Something that was not measured, and why: never a silent gap. */
export interface SkippedRow {
  readonly name: string;
  readonly reason: string;
}

/** A figure without peers to be compared with. */
export function row(name: string, value: number, unit: string): BenchRow {
  return { name, value: rounded(value), unit, ratioTo: {} };
}

/**
 * Rows of several peers with the ratio of each to all others. A peer that was not measured has no ratio.
 * @param measure first part of the rows' names
 * @param values by peer
 */
export function comparedRows(
  measure: string,
  unit: string,
  values: ReadonlyMap<string, number>,
): readonly BenchRow[] {
  return [...values].map(([peer, value]) => ({
    ...row(`${measure}.${peer}`, value, unit),
    ratioTo: Object.fromEntries(
      [...values]
        .filter(([other, theirs]) => other !== peer && theirs !== 0)
        .map(([other, theirs]) => [other, rounded(value / theirs)]),
    ),
  }));
}
