import { setTimeout as delay } from 'node:timers/promises';
import {
  catalogue,
  ClaimApproved,
  ClaimDenied,
  ClaimReferred,
  type Envelope,
  FileClaim,
  HEADER,
} from '@aika/contracts';
import { type LogRecord, MessageSender } from '@aika/messaging';
import { inNamespace } from '../cluster/bench-cluster.js';
import { ReplyFollower } from '../meter/reply-follower.js';
import { Fleet } from '../processes/fleet.js';
import { latencyRows, toldLatencies } from '../report/latency-rows.js';
import { daysAgo, insure, type Insured } from '../workload/insured.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';

/** At the rate that is measured, a minute: brokers that have just started are three times as slow. */
const WARM_UP = 3000;
const IDLE = 60;
const CLAIMS_A_SECOND = 50;
const LOADED = 500;
const DECISIONS: ReadonlySet<string> = new Set([ClaimApproved.type, ClaimDenied.type, ClaimReferred.type]);

/** From the first notice of loss to the decision, over the claims, policy and risk agents; all four run. */
export const fnol: Benchmark = {
  name: 'fnol',
  title: `first notice of loss to decision, idle and at ${CLAIMS_A_SECOND} claims a second`,
  run: measure,
};

function measure(context: BenchContext): Promise<BenchResult> {
  return inNamespace(context.cluster, 'fnol', (cluster) => withAgents({ ...context, cluster }));
}

async function withAgents({ cluster, runs, scale, signal, onProgress }: BenchContext): Promise<BenchResult> {
  const { log, namespace } = cluster;
  const fleet = await Fleet.start(cluster);
  const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'bench' });
  const follower = await ReplyFollower.open(log, namespace, 'events', decidedClaim);
  try {
    const [idleCount, loadedCount] = [Math.ceil(IDLE * scale), Math.ceil(LOADED * scale)];
    const warmUpCount = Math.ceil(WARM_UP * scale);
    const policies = warmUpCount + runs * (idleCount + loadedCount);
    onProgress(`binding ${policies} policies`);
    const insured = [...(await insure(cluster, sender, policies, signal))];
    const file = (one: Insured): Promise<number> => decided(one, sender, follower);
    const warmUp = await atRate(insured.splice(0, warmUpCount), CLAIMS_A_SECOND, file, signal);
    onProgress(`warm-up: ${toldLatencies(warmUp)}`);
    const idleRuns: (readonly number[])[] = [];
    const loadedRuns: (readonly number[])[] = [];
    for (let run = 1; run <= runs; run++) {
      idleRuns.push(await oneByOne(insured.splice(0, idleCount), file, signal));
      loadedRuns.push(await atRate(insured.splice(0, loadedCount), CLAIMS_A_SECOND, file, signal));
      onProgress(`run ${run} of ${runs}: idle ${toldLatencies(idleRuns.at(-1) ?? [])}`);
      onProgress(`run ${run} of ${runs}: 50/s ${toldLatencies(loadedRuns.at(-1) ?? [])}`);
    }
    return {
      rows: latencyRows(
        new Map([
          ['fnol.idle', new Map([['aika', idleRuns]])],
          ['fnol.50-a-second', new Map([['aika', loadedRuns]])],
        ]),
      ),
    };
  } finally {
    await follower.close();
    await sender.close();
    await fleet.stop();
  }
}

async function decided(
  { customerId, policyId }: Insured,
  sender: MessageSender,
  follower: ReplyFollower,
): Promise<number> {
  const claimId = `clm-${customerId}`;
  const arrival = follower.arrival(claimId);
  arrival.catch(() => undefined);
  const sentAt = performance.now();
  await sender.send(FileClaim, {
    customerId,
    claimId,
    policyId,
    lossAt: daysAgo(3),
    reportedAt: daysAgo(1),
    cause: 'HAIL',
    estimatedLoss: { amount: 60_000, currency: 'GBP' },
  });
  return (await arrival) - sentAt;
}

async function oneByOne(
  insured: readonly Insured[],
  file: (one: Insured) => Promise<number>,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (const one of insured) {
    signal.throwIfAborted();
    times.push(await file(one));
    // The claim's payment and closing are over before the next one comes.
    await delay(150);
  }
  return times;
}

/** Sent when they are due, whether or not the ones before are decided: no answer slows the next question. */
async function atRate(
  insured: readonly Insured[],
  perSecond: number,
  file: (one: Insured) => Promise<number>,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const startedAt = performance.now();
  return Promise.all(
    insured.map(async (one, n) => {
      await delay(Math.max(0, startedAt + (n * 1000) / perSecond - performance.now()), undefined, { signal });
      return file(one);
    }),
  );
}

function decidedClaim({ headers, value }: LogRecord): string | undefined {
  if (value === null || !DECISIONS.has(headers[HEADER.type]?.toString() ?? '')) return undefined;
  return (JSON.parse(value.toString()) as Envelope<{ readonly claimId: string }>).payload.claimId;
}
