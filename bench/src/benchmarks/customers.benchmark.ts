import { topicOf } from '@aika/contracts';
import { createAgentTopics, inNamespace } from '../cluster/bench-cluster.js';
import { PEERS, type Peer } from '../peers/peer.js';
import { comparedRows } from '../report/bench-row.js';
import { median } from '../report/statistics.js';
import { claimRecord } from '../workload/claim-records.js';
import { fill } from '../workload/fill.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';
import { fillState } from './state.js';
import { runThroughput, type ThroughputSample } from './throughput-run.js';

const CUSTOMERS = [1000, 100_000, 1_000_000] as const;
const WARM_UP = 20_000;
const MEASURED = 60_000;
/** A prime that divides none of the numbers above: neighbouring messages meet customers far apart. */
const STRIDE = 7919;

/** What a message costs an agent that holds the state of few and of many customers. */
export const customers: Benchmark = {
  name: 'customers',
  title: `cost of a message at ${CUSTOMERS.join(', ')} customers`,
  run: measure,
};

async function measure(context: BenchContext): Promise<BenchResult> {
  const samples = new Map<string, ThroughputSample[]>(CUSTOMERS.map((count) => [String(count), []]));
  for (let run = 1; run <= context.runs; run++) {
    for (const count of CUSTOMERS) {
      const sample = await one(count, run, context);
      samples.get(String(count))?.push(sample);
      const { cpuMicros, rate, memoryMb } = sample;
      context.onProgress(
        `run ${run} of ${context.runs}: ${count} customers: ${cpuMicros.toFixed(1)} µs CPU a message, ` +
          `${Math.round(rate)} msg/s, ${Math.round(memoryMb)} MB`,
      );
    }
  }
  const medians = (figure: keyof ThroughputSample): ReadonlyMap<string, number> =>
    new Map([...samples].map(([count, of]) => [count, median(of.map((sample) => sample[figure]))]));
  return {
    rows: [
      ...comparedRows('customers.cpu', 'µs/msg', medians('cpuMicros')),
      ...comparedRows('customers.throughput', 'msg/s', medians('rate')),
      ...comparedRows('customers.memory', 'MB', medians('memoryMb')),
    ],
  };
}

async function one(count: number, run: number, context: BenchContext): Promise<ThroughputSample> {
  const name = `bench-c${count}-${run}`;
  return inNamespace(context.cluster, name, (cluster) => inCluster(name, count, { ...context, cluster }));
}

async function inCluster(
  name: string,
  count: number,
  { cluster, scale, signal }: BenchContext,
): Promise<ThroughputSample> {
  const inputTopic = topicOf(cluster.namespace, 'events');
  const [warmUp, measured] = [Math.round(WARM_UP * scale), Math.round(MEASURED * scale)];
  await createAgentTopics(cluster, name);
  await fillState(cluster, name, count, signal);
  const timestamp = new Date().toISOString();
  const { partitions } = cluster;
  const options = { topic: inputTopic, partitions, customers: count, stride: STRIDE, timestamp, name };
  await fill(cluster.log, warmUp + measured, (n) => claimRecord(n, options), signal);
  const peer = PEERS.find((candidate) => candidate.name === 'aika') as Peer;
  const inputs = warmUp + measured;
  return runThroughput({ cluster, name, peer, inputTopic, warmUp, measured, inputs, signal });
}
