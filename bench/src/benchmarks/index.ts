import { PEERS } from '../peers/peer.js';
import type { Benchmark } from './benchmark.js';
import { throughputOf } from './throughput.benchmark.js';

const THROUGHPUT = 'throughput';

/** What `--only` takes: every benchmark, and `throughput.<peer>` for some of the peers. */
export const BENCHMARK_NAMES: readonly string[] = [
  THROUGHPUT,
  ...PEERS.map(({ name }) => `${THROUGHPUT}.${name}`),
];

/** The benchmarks of the chosen names, in their order. */
export function benchmarksOf(names: readonly string[]): readonly Benchmark[] {
  const peers = PEERS.filter(
    ({ name }) => names.includes(THROUGHPUT) || names.includes(`${THROUGHPUT}.${name}`),
  );
  return [...(peers.length > 0 ? [throughputOf(peers)] : [])];
}
