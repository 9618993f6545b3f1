import type { BenchCluster } from '../cluster/bench-cluster.js';
import type { BenchRow, SkippedRow } from '../report/bench-row.js';

export interface BenchContext {
  readonly cluster: BenchCluster;
  /** Repetitions of which the median is reported. */
  readonly runs: number;
  /** Part of the usual number of messages, above 0: small ones try the benchmark itself. */
  readonly scale: number;
  /** Figures of this run so far, by their rows' names. */
  readonly known: ReadonlyMap<string, number>;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface BenchResult {
  readonly rows: readonly BenchRow[];
  readonly skipped?: readonly SkippedRow[];
}

/** One thing that is measured. */
export interface Benchmark {
  /** As `--only` takes it. */
  readonly name: string;
  readonly title: string;
  readonly run: (context: BenchContext) => Promise<BenchResult>;
}

/** A benchmark that was not run, with the reason in place of its figures. */
export function skipped(name: string, reason: string): BenchResult {
  return { rows: [], skipped: [{ name, reason }] };
}
