import { BenchArgumentError, benchArguments, type BenchArguments } from './bench-arguments.js';
import { type BenchContext, type BenchResult, type Benchmark, skipped } from './benchmarks/benchmark.js';
import { BENCHMARK_NAMES, benchmarksOf } from './benchmarks/index.js';
import { openBenchCluster } from './cluster/bench-cluster.js';
import { jsonOf, reportOf, type BenchOutcome } from './report/bench-report.js';
import type { BenchRow, SkippedRow } from './report/bench-row.js';

/** Wrappers pass a signal on: one Ctrl-C may come as two. */
const IMPATIENCE_MS = 1000;
const onProgress = (line: string): void => void process.stderr.write(`  ${line}\n`);

async function measure(settings: BenchArguments, signal: AbortSignal): Promise<BenchOutcome> {
  const rows: BenchRow[] = [];
  const gaps: SkippedRow[] = [];
  const cluster = await openBenchCluster(onProgress);
  try {
    for (const benchmark of benchmarksOf(settings.only)) {
      if (signal.aborted) break;
      onProgress(`${benchmark.name}: ${benchmark.title}`);
      const known = new Map(rows.map(({ name, value }) => [name, value]));
      const result = await resultOf(benchmark, { cluster, ...settings, known, onProgress, signal });
      rows.push(...result.rows);
      gaps.push(...(result.skipped ?? []));
    }
  } finally {
    await cluster.close();
  }
  return { rows, skipped: gaps };
}

/** One that fails says so in its place: the figures of the others are not lost with it. */
async function resultOf(benchmark: Benchmark, context: BenchContext): Promise<BenchResult> {
  try {
    return await benchmark.run(context);
  } catch (error) {
    if (context.signal.aborted) throw error;
    process.exitCode = 1;
    onProgress(
      `${benchmark.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return skipped(benchmark.name, `failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  let interruptedAt = Infinity;
  const interrupt = (signal: NodeJS.Signals): void => {
    // A later one does not wait for what is under way: brokers and peers end when this process is gone.
    if (performance.now() - interruptedAt > IMPATIENCE_MS) process.exit(130);
    if (stop.signal.aborted) return;
    interruptedAt = performance.now();
    stop.abort(new Error(`Ended by ${signal}.`));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const settings = benchArguments(args, BENCHMARK_NAMES);
    const outcome = await measure(settings, stop.signal);
    process.stdout.write(`${reportOf(outcome)}\n`);
    if (settings.json) process.stdout.write(`${jsonOf(outcome)}\n`);
    return stop.signal.aborted ? 130 : Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof BenchArgumentError) && !stop.signal.aborted) throw error;
    process.stderr.write(
      `aika: ${(stop.signal.aborted ? (stop.signal.reason as Error) : (error as Error)).message}\n`,
    );
    return stop.signal.aborted ? 130 : 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
