import { topicOf } from '@aika/contracts';
import { type BenchCluster, createAgentTopics, inNamespace } from '../cluster/bench-cluster.js';
import { forgetCopy, PEERS, type Peer } from '../peers/peer.js';
import { untilReady } from '../processes/until-ready.js';
import { row } from '../report/bench-row.js';
import { median } from '../report/statistics.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';
import { fillState } from './state.js';

const KEYS = 1_000_000;
const READY_MS = 180_000;
const AGENT = 'bench-restart';

/**
 * How long an agent with a million keys takes from its start until it has its partitions: without a copy of its state on
 * disk, then with the one that this start has made.
 */
export const restart: Benchmark = {
  name: 'restart',
  title: `restart with ${KEYS} keys`,
  run: measure,
};

function measure(context: BenchContext): Promise<BenchResult> {
  return inNamespace(context.cluster, 'restart', (cluster) => restarts({ ...context, cluster }));
}

async function restarts({ cluster, runs, scale, signal, onProgress }: BenchContext): Promise<BenchResult> {
  await createAgentTopics(cluster, AGENT);
  await fillState(cluster, AGENT, Math.round(KEYS * scale), signal);
  const [without, withCopy]: [number[], number[]] = [[], []];
  for (let run = 1; run <= runs; run++) {
    signal.throwIfAborted();
    forgetCopy(AGENT);
    without.push(await secondsUntilReady(cluster));
    withCopy.push(await secondsUntilReady(cluster));
    const [from, by] = [without.at(-1)?.toFixed(1), withCopy.at(-1)?.toFixed(1)];
    onProgress(`run ${run} of ${runs}: ready after ${from} s from the changelog, ${by} s with the copy`);
  }
  return {
    rows: [
      row('restart.without-copy', median(without), 's'),
      row('restart.with-copy', median(withCopy), 's'),
    ],
  };
}

async function secondsUntilReady({ brokers, namespace, partitions }: BenchCluster): Promise<number> {
  const peer = PEERS.find(({ name }) => name === 'aika') as Peer;
  const startedAt = performance.now();
  const process = await peer.start({
    brokers,
    namespace,
    name: AGENT,
    inputTopic: topicOf(namespace, 'events'),
    outputTopic: topicOf(namespace, 'notifications'),
    partitions,
    withState: true,
    transactional: true,
  });
  try {
    await untilReady(process, '/health/ready', READY_MS);
    return (performance.now() - startedAt) / 1000;
  } finally {
    await process.stop();
  }
}
