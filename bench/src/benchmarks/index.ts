import { PEERS } from '../peers/peer.js';
import type { Benchmark } from './benchmark.js';
import { customers } from './customers.benchmark.js';
import { fnol } from './fnol.benchmark.js';
import { http, httpTrust } from './http.benchmark.js';
import { latency } from './latency.benchmark.js';
import { portfolio } from './portfolio.benchmark.js';
import { priority } from './priority.benchmark.js';
import { restart } from './restart.benchmark.js';
import { throughputOf } from './throughput.benchmark.js';

const THROUGHPUT = 'throughput';
const OTHERS: readonly Benchmark[] = [
  latency,
  fnol,
  http,
  httpTrust,
  priority,
  customers,
  restart,
  portfolio,
];

/** What `--only` takes: every benchmark, and `throughput.<peer>` for some of the peers. */
export const BENCHMARK_NAMES: readonly string[] = [
  THROUGHPUT,
  ...PEERS.map(({ name }) => `${THROUGHPUT}.${name}`),
  ...OTHERS.map(({ name }) => name),
];

/** The benchmarks of the chosen names, in their order. */
export function benchmarksOf(names: readonly string[]): readonly Benchmark[] {
  const peers = PEERS.filter(
    ({ name }) => names.includes(THROUGHPUT) || names.includes(`${THROUGHPUT}.${name}`),
  );
  return [
    ...(peers.length > 0 ? [throughputOf(peers)] : []),
    ...OTHERS.filter(({ name }) => names.includes(name)),
  ];
}
