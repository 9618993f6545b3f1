import { comparedRows, type BenchRow } from './bench-row.js';
import { median, percentile } from './statistics.js';

const PERCENTILES = [50, 99] as const;

/**
 * p50 and p99 rows of each measure and peer: medians of the runs' percentiles.
 * @param runs milliseconds by measure (`request-reply.idle`), peer and run
 */
export function latencyRows(
  runs: ReadonlyMap<string, ReadonlyMap<string, readonly (readonly number[])[]>>,
): readonly BenchRow[] {
  return [...runs].flatMap(([measure, peers]) =>
    PERCENTILES.flatMap((percent) =>
      comparedRows(
        `${measure}.p${percent}`,
        'ms',
        new Map([...peers].map(([peer, of]) => [peer, median(of.map((run) => percentile(run, percent)))])),
      ),
    ),
  );
}

/** `p50 12.3 ms, p99 45.6 ms of 300`, for a line of progress. */
export function toldLatencies(times: readonly number[]): string {
  const parts = PERCENTILES.map((percent) => `p${percent} ${percentile(times, percent).toFixed(1)} ms`);
  return `${parts.join(', ')} of ${times.length}`;
}
