import { type BenchRow, row } from '../report/bench-row.js';
import { median, percentile } from '../report/statistics.js';

/** What one run of the load has shown. */
export interface HttpRun {
  readonly seconds: number;
  /** Milliseconds by kind of request, good answers only. */
  readonly reads: Readonly<Record<string, readonly number[]>>;
  /** The same of accepted writes. */
  readonly writes: Readonly<Record<string, readonly number[]>>;
  readonly errors: number;
  /** CPU in milliseconds by who has used it. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** Records that were not in the views when the last answer came. */
  readonly lag: number;
  /** Seconds after the last answer until the outcome of every accepted write was in the views. */
  readonly settled: number;
  /** Accepted writes without an outcome. */
  readonly lost: number;
}

/**
 * Medians of the runs; errors and what was lost are those of the worst run.
 *
 * @param name of the benchmark
 */
export function httpRows(name: string, runs: readonly HttpRun[]): readonly BenchRow[] {
  const middle = (read: (run: HttpRun) => number): number => median(runs.map(read));
  const worst = (read: (run: HttpRun) => number): number => Math.max(...runs.map(read));
  const users = Object.keys(runs[0]?.cpuMs ?? {});
  return [
    row(
      `${name}.requests`,
      middle((run) => answered(run) / run.seconds),
      '1/s',
    ),
    ...(['reads', 'writes'] as const).flatMap((group) =>
      [50, 99].map((percent) =>
        row(
          `${name}.${group}.p${percent}`,
          middle((run) => percentile(all(run[group]), percent)),
          'ms',
        ),
      ),
    ),
    row(
      `${name}.errors`,
      worst(({ errors }) => errors),
      'requests',
    ),
    row(
      `${name}.lost`,
      worst(({ lost }) => lost),
      'accepted writes',
    ),
    row(
      `${name}.views.lag`,
      middle(({ lag }) => lag),
      'records',
    ),
    row(
      `${name}.views.settled`,
      middle(({ settled }) => settled),
      's',
    ),
    ...users.map((user) =>
      row(
        `${name}.cpu.${user}`,
        middle(({ cpuMs, seconds }) => (cpuMs[user] ?? NaN) / (seconds * 10)),
        '%',
      ),
    ),
  ];
}

/** p99 of each kind, slowest first, for a line of progress. */
export function toldKinds(latencies: Readonly<Record<string, readonly number[]>>): string {
  return Object.entries(latencies)
    .map(([kind, times]) => [kind, percentile(times, 99)] as const)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, p99]) => `${kind} ${p99.toFixed(0)}`)
    .join(', ');
}

/** Of all kinds together. */
export function all(latencies: Readonly<Record<string, readonly number[]>>): readonly number[] {
  return Object.values(latencies).flat();
}

function answered({ reads, writes }: HttpRun): number {
  return all(reads).length + all(writes).length;
}
