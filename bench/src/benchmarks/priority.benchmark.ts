import { topicOf, type Envelope, type NotificationRequestedPayload } from '@aika/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { type BenchCluster, createAgentTopics, inNamespace } from '../cluster/bench-cluster.js';
import { ReplyFollower } from '../meter/reply-follower.js';
import { PEERS, type Peer } from '../peers/peer.js';
import { untilReady } from '../processes/until-ready.js';
import { latencyRows, toldLatencies } from '../report/latency-rows.js';
import { claimRecord } from '../workload/claim-records.js';
import { fill } from '../workload/fill.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';

const BACKLOG = 100_000;
const URGENT = 20;

/** How long HIGH messages take while a backlog of NORMAL ones is worked through; none is sent when that is done. */
export const priority: Benchmark = {
  name: 'priority',
  title: `a HIGH message behind ${BACKLOG} NORMAL ones`,
  run: measure,
};

async function measure(context: BenchContext): Promise<BenchResult> {
  const runs: (readonly number[])[] = [];
  for (let run = 1; run <= context.runs; run++) {
    const name = `bench-priority-${run}`;
    const times = await inNamespace(context.cluster, name, (cluster) => one(name, { ...context, cluster }));
    runs.push(times);
    context.onProgress(`run ${run} of ${context.runs}: HIGH behind a backlog: ${toldLatencies(times)}`);
  }
  return { rows: latencyRows(new Map([['priority.high', new Map([['aika', runs]])]])) };
}

async function one(name: string, { cluster, scale, signal }: BenchContext): Promise<readonly number[]> {
  await createAgentTopics(cluster, name);
  const { log, namespace } = cluster;
  const normal = options(cluster, 'events', 'n');
  const backlog = Math.round(BACKLOG * scale);
  await fill(log, backlog, (n) => claimRecord(n, normal), signal);
  const follower = await ReplyFollower.open(log, namespace, 'notifications', ({ value }) =>
    value === null
      ? undefined
      : (JSON.parse(value.toString()) as Envelope<NotificationRequestedPayload>).payload.causedBy,
  );
  const process = await start(cluster, name);
  try {
    const isBehind = async (): Promise<boolean> => (await answered(cluster)) < backlog;
    return await sendUrgent(cluster, follower, { isBehind, signal });
  } finally {
    await process.stop();
    await follower.close();
  }
}

async function sendUrgent(
  cluster: BenchCluster,
  follower: ReplyFollower,
  { isBehind, signal }: { readonly isBehind: () => Promise<boolean>; readonly signal: AbortSignal },
): Promise<readonly number[]> {
  const urgent = options(cluster, 'events.high', 'h');
  const writer = await cluster.log.createWriter();
  const times: number[] = [];
  try {
    for (let n = 0; n < URGENT && (await isBehind()); n++) {
      signal.throwIfAborted();
      const record = claimRecord(n, { ...urgent, priority: 'HIGH' });
      const arrival = follower.arrival((JSON.parse(String(record.value)) as Envelope).messageId);
      arrival.catch(() => undefined);
      const sentAt = performance.now();
      await writer.send([record]);
      times.push((await arrival) - sentAt);
      await delay(50);
    }
    return times;
  } finally {
    await writer.close();
  }
}

/** About as many messages as the agent has answered: markers of transactions count too. */
async function answered({ log, namespace, partitions }: BenchCluster): Promise<number> {
  const topic = topicOf(namespace, 'notifications');
  const ends = await Promise.all(
    Array.from({ length: partitions }, (_, partition) => log.offsets({ topic, partition })),
  );
  return ends.reduce((sum, { end }) => sum + end, 0);
}

async function start({ brokers, namespace, partitions }: BenchCluster, name: string) {
  const peer = PEERS.find((candidate) => candidate.name === 'aika') as Peer;
  const process = await peer.start({
    brokers,
    namespace,
    name,
    inputTopic: topicOf(namespace, 'events'),
    outputTopic: topicOf(namespace, 'notifications'),
    partitions,
    withState: true,
    transactional: true,
  });
  await untilReady(process, '/health/ready', 60_000);
  return process;
}

function options({ namespace, partitions }: BenchCluster, topic: string, name: string) {
  const timestamp = new Date().toISOString();
  return { topic: topicOf(namespace, topic), partitions, customers: 10_000, timestamp, name };
}
