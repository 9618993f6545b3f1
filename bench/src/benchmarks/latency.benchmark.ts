import { setTimeout as delay } from 'node:timers/promises';
import type { Envelope, NotificationRequestedPayload } from '@aika/contracts';
import { topicOf } from '@aika/contracts';
import { type BenchCluster, createAgentTopics, inNamespace } from '../cluster/bench-cluster.js';
import { NoReplyError, ReplyFollower } from '../meter/reply-follower.js';
import { PEERS, type Peer } from '../peers/peer.js';
import { NestRequester } from '../peers/nest/nest-requester.js';
import type { BenchProcess } from '../processes/bench-process.js';
import { untilReady } from '../processes/until-ready.js';
import type { SkippedRow } from '../report/bench-row.js';
import { latencyRows, toldLatencies } from '../report/latency-rows.js';
import { claimRecord } from '../workload/claim-records.js';
import { Load } from '../workload/load.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';
import { throughputOf } from './throughput.benchmark.js';

const REQUESTS = 300;
const WARM_UP = 100;
const READY_MS = 60_000;
/** Beside a load a peer may take seconds for each answer: what has come in this time is enough, if it is so many. */
const LOADED_MS = 60_000;
const FEWEST_LOADED = REQUESTS / 10;
const ASKERS = ['aika', 'nest'] as const;
/** Part of the throughput benchmark that tells what half load is, where the run has not measured it yet. */
const CAPACITY_SCALE = 0.2;

type Asker = (typeof ASKERS)[number];
/** Milliseconds of each request of one run, by measure. */
type Times = ReadonlyMap<string, readonly number[]>;

/**
 * An answer to one request at a time: from outside into an agent and back, exactly once both ways (the request is
 * handled in a transaction, the reply is read committed), beside Nest's own `send`. The hop is the part from the
 * acknowledged request to the committed reply at its reader.
 */
export const latency: Benchmark = {
  name: 'latency',
  title: 'hop and request-reply, idle and at half load',
  run: measure,
};

async function measure(context: BenchContext): Promise<BenchResult> {
  const runs = new Map<string, Map<string, (readonly number[])[]>>();
  const skipped: SkippedRow[] = [];
  const known = await capacities(context);
  for (let run = 1; run <= context.runs; run++) {
    for (const asker of ASKERS) {
      for (const [name, times] of await oneRun(asker, run, { ...context, known })) {
        if (times.length === 0) {
          const reason = `run ${run}: the machine did not carry half of the throughput beside the requests`;
          skipped.push({ name: `${name}.${asker}`, reason });
          continue;
        }
        const peers = runs.get(name) ?? new Map<string, (readonly number[])[]>();
        peers.set(asker, [...(peers.get(asker) ?? []), times]);
        runs.set(name, peers);
        context.onProgress(`run ${run} of ${context.runs}: ${name} of ${asker}: ${toldLatencies(times)}`);
      }
    }
  }
  return { rows: latencyRows(runs), skipped };
}

/** Messages a second of each peer, by their rows' names: of this machine as it is now. */
async function capacities(context: BenchContext): Promise<ReadonlyMap<string, number>> {
  const missing = PEERS.filter(({ name }) => ASKERS.some((asker) => asker === name)).filter(
    ({ name }) => !context.known.has(`throughput.${name}`),
  );
  if (missing.length === 0) return context.known;
  context.onProgress('throughput first, to know what half load is');
  const scale = context.scale * CAPACITY_SCALE;
  const { rows } = await inNamespace(context.cluster, 'capacity', (cluster) =>
    throughputOf(missing).run({ ...context, cluster, runs: 1, scale }),
  );
  return new Map([...context.known, ...rows.map(({ name, value }) => [name, value] as const)]);
}

async function oneRun(asker: Asker, run: number, context: BenchContext): Promise<Times> {
  const name = `bench-latency-${asker}-${run}-${Date.now()}`;
  // A namespace each: what is left of one's load must not be the other's idle.
  return inNamespace(context.cluster, name, (cluster) => timesOf(asker, name, { ...context, cluster }));
}

async function timesOf(asker: Asker, name: string, context: BenchContext): Promise<Times> {
  const process = await startPeer(asker, name, context.cluster);
  try {
    const half = (context.known.get(`throughput.${asker}`) ?? 0) / 2;
    return asker === 'aika' ? await askAika(name, half, context) : await askNest(name, half, context);
  } finally {
    await process.stop();
  }
}

async function startPeer(asker: Asker, name: string, cluster: BenchCluster): Promise<BenchProcess> {
  const peer = PEERS.find((one) => one.name === asker) as Peer;
  await createAgentTopics(cluster, name);
  const { brokers, namespace, partitions } = cluster;
  const process = await peer.start({
    brokers,
    namespace,
    name,
    inputTopic: topicOf(namespace, 'events'),
    outputTopic: topicOf(namespace, 'notifications'),
    partitions,
    withState: peer.withState,
    transactional: peer.exactlyOnce,
  });
  if (asker === 'aika') await untilReady(process, '/health/ready', READY_MS);
  return process;
}

async function askAika(
  name: string,
  half: number,
  { cluster, scale, signal, onProgress }: BenchContext,
): Promise<Times> {
  const { log, namespace } = cluster;
  const writer = await log.createWriter();
  const follower = await ReplyFollower.open(log, namespace, 'notifications', ({ value }) => causeOf(value));
  const records = (kind: string) => (n: number) => claimRecord(n, recordOptions(cluster, `${name}-${kind}`));
  const ask = async (kind: string, n: number): Promise<readonly [number, number]> => {
    const record = records(kind)(n);
    const id = (JSON.parse(String(record.value)) as Envelope).messageId;
    const arrival = follower.arrival(id);
    // Awaited below; a failed send must not leave it unhandled.
    arrival.catch(() => undefined);
    const sentAt = performance.now();
    await writer.send([record]);
    const acknowledgedAt = performance.now();
    const arrivedAt = await arrival;
    return [arrivedAt - sentAt, Math.max(0, arrivedAt - acknowledgedAt)];
  };
  try {
    await asks(WARM_UP * scale, signal, (n) => ask('w', n));
    const idle = await asks(REQUESTS * scale, signal, (n) => ask('i', n));
    onProgress(
      `idle: ${toldLatencies(idle.map(([whole]) => whole))}; now ${Math.round(half)} msg/s beside it`,
    );
    const load = await Load.ofRecords(log, half, records('l'));
    await delay(1000);
    const loaded = await besides(
      load,
      asks(REQUESTS * scale, signal, (n) => ask('h', n), LOADED_MS),
      FEWEST_LOADED * scale,
    );
    return new Map([
      ['request-reply.idle', idle.map(([whole]) => whole)],
      ['request-reply.half-load', loaded.map(([whole]) => whole)],
      ['hop.idle', idle.map(([, hop]) => hop)],
      ['hop.half-load', loaded.map(([, hop]) => hop)],
    ]);
  } finally {
    await follower.close();
    await writer.close();
  }
}

async function askNest(
  name: string,
  half: number,
  { cluster, scale, signal, onProgress }: BenchContext,
): Promise<Times> {
  const requester = await NestRequester.connect(cluster.brokers, cluster.namespace, `${name}-asker`);
  const options = recordOptions(cluster, name);
  const call = async (n: number): Promise<number> => {
    const { key, value } = claimRecord(n, options);
    const sentAt = performance.now();
    await requester.ask({ key: String(key), value: String(value) });
    return performance.now() - sentAt;
  };
  try {
    await asks(WARM_UP * scale, signal, call);
    const idle = await asks(REQUESTS * scale, signal, call);
    onProgress(`idle: ${toldLatencies(idle)}; now ${Math.round(half)} msg/s beside it`);
    const load = Load.ofCalls(half, call);
    await delay(1000);
    const loaded = await besides(
      load,
      asks(REQUESTS * scale, signal, call, LOADED_MS),
      FEWEST_LOADED * scale,
    );
    return new Map([
      ['request-reply.idle', idle],
      ['request-reply.half-load', loaded],
    ]);
  } finally {
    await requester.close();
  }
}

/** What was answered beside the load; nothing where the machine does not carry both. */
async function besides<T>(load: Load, asking: Promise<readonly T[]>, fewest: number): Promise<readonly T[]> {
  try {
    const answered = await asking.finally(() => load.stop());
    return answered.length < fewest ? [] : answered;
  } catch (error) {
    if (error instanceof NoReplyError) return [];
    throw error;
  }
}

/**
 * One after the other, with pauses of different length so that they fall into no step with a batch. Ends after `count`, or
 * after a time in milliseconds.
 */
async function asks<T>(
  count: number,
  signal: AbortSignal,
  ask: (n: number) => Promise<T>,
  timeMs = Infinity,
): Promise<readonly T[]> {
  const results: T[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < Math.ceil(count) && performance.now() - startedAt < timeMs; n++) {
    signal.throwIfAborted();
    results.push(await ask(n));
    await delay(3 * (n % 7));
  }
  return results;
}

function recordOptions({ namespace, partitions }: BenchCluster, name: string) {
  const topic = topicOf(namespace, 'events');
  return { topic, partitions, customers: 1000, timestamp: new Date().toISOString(), name };
}

function causeOf(value: Buffer | null): string | undefined {
  if (value === null) return undefined;
  return (JSON.parse(value.toString()) as Envelope<NotificationRequestedPayload>).payload.causedBy;
}
