import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { catalogue } from '@aika/contracts';
import { MessageSender } from '@aika/messaging';
import { repositoryRoot } from '@aika/testing';
import { openViews, type ViewsDatabase } from '@aika/views';
import { benchFolder, inNamespace } from '../cluster/bench-cluster.js';
import { type BenchDatabase, openBenchDatabase } from '../cluster/bench-database.js';
import { fillCustomers, untilQuiet } from '../http/fill-customers.js';
import { all, httpRows, type HttpRun, toldKinds } from '../http/http-rows.js';
import type { LoadPlan, LoadResult, Person } from '../http/load-plan.js';
import { countOf, withoutOutcome } from '../http/outcomes.js';
import { isWriteKind } from '../http/request-mix.js';
import { recordsBehind } from '../http/view-lag.js';
import { allStats, cpuOfTree } from '../meter/process-tree.js';
import { BenchProcess } from '../processes/bench-process.js';
import { Edge } from '../processes/edge.js';
import { Fleet } from '../processes/fleet.js';
import { openTrust, type Trust } from '../processes/trust.js';
import { toldLatencies } from '../report/latency-rows.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';

const CUSTOMERS = 2_000;
const PER_SECOND = 500;
const SECONDS = 60;
/** At the load that is measured: brokers go on compiling what they run for the first minutes. */
const WARM_UP_SECONDS = 90;
const SETTLE_MS = 30_000;
/** Agents on the same cores as the edge: fewer transactions, so that people's requests do not wait for them. */
const AGENTS = { AIKA_COMMIT_INTERVAL_MS: '200' };
/** Turns of all customers in a run are fewer. */
const TURNS_OF_A_RUN = 7;

/** The edge under load, with agents, brokers, database and generator on the same cores. */
export const http: Benchmark = {
  name: 'http',
  title: `${PER_SECOND} requests a second over HTTP, nine reads in ten`,
  run: (context) => measure('http', context),
};

/** The same with logins, personal data sealed, readings in an audit trail that is sealed too. */
export const httpTrust: Benchmark = {
  name: 'http-trust',
  title: `${PER_SECOND} requests a second over HTTP, with logins, personal data and audit trail sealed`,
  run: (context) => measure('http-trust', context, openTrust),
};

interface World {
  readonly name: string;
  readonly context: BenchContext;
  readonly db: ViewsDatabase;
  readonly url: string;
  readonly trust: Trust | undefined;
  readonly people: readonly Person[];
  /** Process ids by whose CPU they are. */
  readonly pids: Readonly<Record<string, readonly number[]>>;
}

async function measure(name: string, context: BenchContext, open?: typeof openTrust): Promise<BenchResult> {
  const database = await openBenchDatabase(context.onProgress);
  try {
    return await inNamespace(context.cluster, name, async (cluster) => {
      const trust = await open?.(cluster, database.url);
      try {
        return await withProcesses(name, { ...context, cluster }, database, trust);
      } finally {
        await trust?.close();
      }
    });
  } finally {
    await database.close();
  }
}

async function withProcesses(
  name: string,
  context: BenchContext,
  database: BenchDatabase,
  trust: Trust | undefined,
): Promise<BenchResult> {
  const { cluster } = context;
  const db = openViews(database.url, { maxConnections: 2, applicationName: 'aika-bench' });
  const fleet = await Fleet.start(cluster, {
    ...AGENTS,
    ...trust?.personalData,
    ...(trust ? { AIKA_STATE_DIR: '' } : {}),
  });
  let edge: Edge | undefined;
  try {
    edge = await Edge.start(cluster, database.url, trust);
    const people = await filled({ ...context, cluster: trust?.cluster ?? cluster }, db);
    const pids = {
      ...edge.pids,
      agents: fleet.pids,
      brokers: cluster.brokerPids,
      postgres: database.serverPid === undefined ? [] : [database.serverPid],
    };
    return await runs({ name, context, db, url: edge.url, trust, people, pids });
  } finally {
    await edge?.stop();
    await fleet.stop();
    await db.destroy();
  }
}

async function filled({ cluster, scale, signal, onProgress }: BenchContext, db: ViewsDatabase) {
  const { log, namespace } = cluster;
  const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'bench' });
  try {
    const count = Math.ceil(CUSTOMERS * scale);
    onProgress(`registering ${count} customers with policies, claims and conversations`);
    const people = await fillCustomers(cluster, sender, count, signal);
    await untilQuiet(cluster, db, signal);
    return people;
  } finally {
    await sender.close();
  }
}

async function runs(world: World): Promise<BenchResult> {
  const { context } = world;
  const warmUp = await one(world, 0, Math.ceil(WARM_UP_SECONDS * context.scale));
  context.onProgress(`warm-up: reads ${toldLatencies(all(warmUp.reads))}`);
  const measured: HttpRun[] = [];
  for (let n = 1; n <= context.runs; n++) {
    const run = await one(world, n, Math.ceil(SECONDS * context.scale));
    measured.push(run);
    tell(run, `run ${n} of ${context.runs}`, context.onProgress);
  }
  return { rows: httpRows(world.name, measured) };
}

function tell(run: HttpRun, name: string, onProgress: (line: string) => void): void {
  onProgress(`${name}: reads ${toldLatencies(all(run.reads))}; writes ${toldLatencies(all(run.writes))}`);
  onProgress(`${name}: p99 by kind: ${toldKinds({ ...run.reads, ...run.writes })}`);
  const cpu = Object.entries(run.cpuMs).map(
    ([user, ms]) => `${user} ${(ms / run.seconds / 10).toFixed(0)} %`,
  );
  onProgress(
    `${name}: CPU of a core: ${cpu.join(', ')}; ${run.lag} records behind, settled ${run.settled} s after`,
  );
}

async function one(world: World, n: number, seconds: number): Promise<HttpRun> {
  const { context, db, pids } = world;
  const before = cpuOf(pids);
  const result = await load(world, n, seconds);
  const after = cpuOf(pids);
  const lag = await recordsBehind(context.cluster.log, db);
  const { settled, lost } = await settle(world, result);
  const count = Object.values(result.errors).reduce((sum, each) => sum + each, 0);
  if (count > 0) context.onProgress(`errors: ${JSON.stringify(result.errors)}`);
  const kinds = Object.entries(result.latencies);
  return {
    seconds: (result.to - result.from) / 1000,
    reads: Object.fromEntries(kinds.filter(([kind]) => !isWriteKind(kind))),
    writes: Object.fromEntries(kinds.filter(([kind]) => isWriteKind(kind))),
    errors: count,
    cpuMs: {
      ...Object.fromEntries(Object.keys(pids).map((user) => [user, after(user) - before(user)])),
      generator: result.cpuMs,
    },
    ...{ lag, settled, lost },
  };
}

/** Waits for what the accepted writes have to bring, and for what follows from it. */
async function settle({ context, db }: World, { accepted, to }: LoadResult) {
  const { cluster, onProgress } = context;
  const deadline = Date.now() + SETTLE_MS;
  let missing = await withoutOutcome(db, accepted);
  while (countOf(missing) > 0 && Date.now() < deadline) {
    await delay(100);
    missing = await withoutOutcome(db, accepted);
  }
  const settled = (Date.now() - to) / 1000;
  for (const [kind, ids] of missing)
    onProgress(`${ids.length} of ${kind} have no outcome, such as ${ids[0]}`);
  await untilQuiet(cluster, db, AbortSignal.timeout(SETTLE_MS));
  return { settled, lost: countOf(missing) };
}

function cpuOf(pids: World['pids']): (user: string) => number {
  const stats = allStats();
  return (user) => {
    const own = pids[user] ?? [];
    return own.length === 0 ? NaN : own.reduce((sum, pid) => sum + cpuOfTree(pid, stats), 0);
  };
}

async function load(
  { name, context, url, trust, people }: World,
  n: number,
  seconds: number,
): Promise<LoadResult> {
  const folder = benchFolder(name);
  mkdirSync(folder, { recursive: true });
  const { namespace } = context.cluster;
  const [planFile, resultFile] = [join(folder, 'plan.json'), join(folder, 'result.json')];
  const run = `${namespace}-${n}`;
  const firstWrite = n * TURNS_OF_A_RUN * people.length;
  const plan: LoadPlan = {
    url,
    ...(trust === undefined ? {} : { token: trust.token }),
    perSecond: PER_SECOND,
    seconds,
    run,
    seed: n + 1,
    firstWrite,
    people,
    resultFile,
  };
  writeFileSync(planFile, JSON.stringify(plan));
  const generator = BenchProcess.start({
    name: 'load-generator',
    program: process.execPath,
    args: [
      '--no-warnings',
      join(repositoryRoot(), 'bench', 'dist', 'http', 'load-generator.main.js'),
      planFile,
    ],
    env: {},
    logFile: benchFolder('logs', `${namespace}-generator.log`),
  });
  await generator.done(context.signal);
  return JSON.parse(readFileSync(resultFile, 'utf8')) as LoadResult;
}
