import { topicOf } from '@aika/contracts';
import { inNamespace, type BenchCluster } from '../cluster/bench-cluster.js';
import type { Peer } from '../peers/peer.js';
import { comparedRows } from '../report/bench-row.js';
import { median } from '../report/statistics.js';
import { claimRecord } from '../workload/claim-records.js';
import { fill } from '../workload/fill.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';
import { runThroughput, type ThroughputSample } from './throughput-run.js';

const WARM_UP = 30_000;
const MEASURED = 120_000;
const CUSTOMERS = 10_000;

/** All peers one after the other on the same records, in turns, so that a slow minute of the machine hits all. */
export function throughputOf(peers: readonly Peer[]): Benchmark {
  return {
    name: 'throughput',
    title: `messages a second of ${peers.map(({ name }) => name).join(', ')}`,
    run: (context) =>
      inNamespace(context.cluster, 'throughput', (cluster) => measure(peers, { ...context, cluster })),
  };
}

async function measure(peers: readonly Peer[], context: BenchContext): Promise<BenchResult> {
  const { cluster, runs, onProgress } = context;
  const samples = new Map<string, ThroughputSample[]>(peers.map(({ name }) => [name, []]));
  const inputs = await fillInput(cluster, context);
  for (let run = 1; run <= runs; run++) {
    for (const peer of peers) {
      const sample = await one(peer, inputs, run, context);
      samples.get(peer.name)?.push(sample);
      onProgress(`run ${run} of ${runs}: ${peer.title}: ${told(sample)}`);
    }
  }
  return { rows: rowsOf(samples) };
}

/** The same records for every peer and run, in the topic of the events. */
async function fillInput(
  cluster: BenchCluster,
  { scale, onProgress, signal }: BenchContext,
): Promise<{ readonly topic: string; readonly warmUp: number; readonly measured: number }> {
  const topic = topicOf(cluster.namespace, 'events');
  const [warmUp, measured] = [Math.round(WARM_UP * scale), Math.round(MEASURED * scale)];
  onProgress(`writing ${warmUp + measured} messages for all peers`);
  const options = {
    topic,
    partitions: cluster.partitions,
    customers: CUSTOMERS,
    timestamp: new Date().toISOString(),
    name: 'b',
  };
  await fill(cluster.log, warmUp + measured, (n) => claimRecord(n, options), signal);
  return { topic, warmUp, measured };
}

async function one(
  peer: Peer,
  inputs: { readonly topic: string; readonly warmUp: number; readonly measured: number },
  run: number,
  { cluster, signal }: BenchContext,
): Promise<ThroughputSample> {
  return runThroughput({
    cluster,
    peer,
    name: `bench-${peer.name}-${run}`,
    inputTopic: inputs.topic,
    warmUp: Math.round(inputs.warmUp * peer.share),
    measured: Math.round(inputs.measured * peer.share),
    inputs: inputs.warmUp + inputs.measured,
    signal,
  });
}

function told({ rate, cpuMicros, brokerCpuMicros, memoryMb }: ThroughputSample): string {
  return (
    `${Math.round(rate)} msg/s, ${cpuMicros.toFixed(1)} µs CPU each ` +
    `(brokers ${brokerCpuMicros.toFixed(1)} µs), ${Math.round(memoryMb)} MB`
  );
}

function rowsOf(samples: ReadonlyMap<string, readonly ThroughputSample[]>): BenchResult['rows'] {
  const medians = (figure: keyof ThroughputSample): ReadonlyMap<string, number> =>
    new Map([...samples].map(([peer, of]) => [peer, median(of.map((sample) => sample[figure]))]));
  return [
    ...comparedRows('throughput', 'msg/s', medians('rate')),
    ...comparedRows('cpu', 'µs/msg', medians('cpuMicros')),
    ...comparedRows('broker-cpu', 'µs/msg', medians('brokerCpuMicros')),
    ...comparedRows('memory', 'MB', medians('memoryMb')),
  ];
}
