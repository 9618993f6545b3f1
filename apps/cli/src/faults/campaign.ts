import { setTimeout as delay } from 'node:timers/promises';
import { type ClusterHandle, type PostgresHandle, seededRandom } from '@aika/testing';
import { EdgeWorkload } from './edge/edge-workload.js';
import { type Evidence, keepEvidence } from './evidence.js';
import { FaultField } from './fault-field.js';
import type { Draws, FaultKind } from './fault-kind.js';
import { type Figures, judge } from './judge.js';
import { KeysWorkload } from './trust/keys-workload.js';
import { isClean, together, type Verdict } from './verdict.js';
import { type FaultWorkload, Workload } from './workload.js';

export interface CampaignOptions {
  readonly cluster: ClusterHandle;
  /** A server that may be killed, for kinds that need one. */
  readonly postgres: () => Promise<PostgresHandle>;
  readonly kinds: readonly FaultKind[];
  /** Runs of each kind. */
  readonly runs: number;
  readonly seed: number;
  /** Claims of one run. */
  readonly claims: number;
  readonly onProgress: (line: string) => void;
  /** Ends the campaign after the run that is under way. */
  readonly signal: AbortSignal;
}

export interface KindResult extends Figures {
  readonly kind: string;
  readonly runs: number;
  /** Claims that were settled during the faults: a check that has seen none proves nothing. */
  readonly successes: number;
  readonly verdict: Verdict;
  /** From the beginning of a fault to the last claim of its run, milliseconds; one for each run. */
  readonly recoveryMs: readonly number[];
  /** What went wrong with the campaign itself, such as a failpoint that was not reached. */
  readonly troubles: readonly string[];
}

const STRIKES_WITHIN_MS = 700;
const PACE_MS = 120;
/** So few that batches overlap, as they do under a backlog: one is handled while the last one commits. */
const BATCH_SIZE = 2;

/** Runs every kind of fault in a world of its own, and judges each from outside after all of its runs. */
export async function runCampaign(options: CampaignOptions): Promise<readonly KindResult[]> {
  const results: KindResult[] = [];
  for (const kind of options.kinds) {
    if (options.signal.aborted) break;
    if (kind.possible && !(await kind.possible())) {
      options.onProgress(`${kind.name}: not possible on this machine`);
      continue;
    }
    results.push(await runKind(kind, options).catch((error: unknown) => notRun(kind, error, options)));
  }
  return results;
}

/** A kind that could not be carried through must not cost the results of the others. */
function notRun({ name }: FaultKind, error: unknown, { onProgress }: CampaignOptions): KindResult {
  const reason = error instanceof Error ? error.message : String(error);
  onProgress(`${name}: not carried through: ${reason}`);
  const verdict = together([]);
  return { kind: name, runs: 0, successes: 0, verdict, recoveryMs: [], troubles: [reason] };
}

async function runKind(kind: FaultKind, options: CampaignOptions): Promise<KindResult> {
  const { cluster, runs, claims, onProgress, signal } = options;
  const { edge, seals, keys } = kind.needs ?? {};
  const postgres = edge || seals || keys ? await options.postgres() : undefined;
  const field = await FaultField.open(cluster, { batchSize: BATCH_SIZE, ...kind.needs }, postgres);
  const workload = workloadOf(field, claims);
  const troubles: string[] = [];
  const recoveryMs: number[] = [];
  let successes = 0;
  try {
    await workload.prepare(runs);
    for (let run = 0; run < runs && !signal.aborted; run++) {
      const draws = drawsOf(`${options.seed}/${kind.name}/${run}`);
      const { settled, tookMs, trouble } = await runOnce(kind, field, workload, run, draws);
      successes += settled;
      recoveryMs.push(tookMs);
      if (trouble !== undefined) troubles.push(`run ${run}: ${trouble}`);
      const note = trouble === undefined ? '' : ` (${trouble})`;
      onProgress(
        `${kind.name} ${run + 1}/${runs}: ${settled} of ${claims} claims settled in ${tookMs} ms${note}`,
      );
    }
    await field.heal();
    await field.edge?.caller.repeatAll();
    await field.drained();
    const { verdict, records, figures } = await judge(field, workload.asked);
    const { lost, doubled, reordered, divergent } = verdict;
    onProgress(
      `${kind.name}: ${lost.length} lost, ${doubled.length} doubled, ${reordered.length} reordered, ${divergent.length} divergent`,
    );
    if (!isClean(verdict)) await keep({ kind: kind.name, verdict, records, field, workload, onProgress });
    const counted = { kind: kind.name, runs: recoveryMs.length, successes, verdict, recoveryMs, troubles };
    return { ...counted, ...figures };
  } finally {
    await field.close();
  }
}

/** On the log, or over HTTP where there is a gateway; with what is personal where that is sealed. */
function workloadOf({ world, edge, keys }: FaultField, claims: number): FaultWorkload {
  const options = { claims, paceMs: PACE_MS };
  if (edge) return new EdgeWorkload(world, edge, options);
  return keys ? new KeysWorkload(world, keys, options) : new Workload(world, options);
}

async function runOnce(
  kind: FaultKind,
  field: FaultField,
  workload: FaultWorkload,
  run: number,
  draws: Draws,
): Promise<{ settled: number; tookMs: number; trouble: string | undefined }> {
  const sending = workload.send(run);
  await delay(draws.upTo(STRIKES_WITHIN_MS));
  const struckAt = performance.now();
  let trouble: string | undefined;
  try {
    await kind.strike(field, draws);
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
    await field.heal();
  }
  const settled = await workload.settled(await sending);
  return { settled, tookMs: Math.round(performance.now() - struckAt), trouble };
}

async function keep({
  field,
  workload,
  onProgress,
  ...found
}: Pick<Evidence, 'kind' | 'verdict' | 'records'> & {
  readonly field: FaultField;
  readonly workload: FaultWorkload;
  readonly onProgress: (line: string) => void;
}): Promise<void> {
  const { folder, losses } = await keepEvidence({
    ...found,
    asked: workload.asked,
    requests: field.edge?.caller.log.records ?? [],
    world: field.world.folder,
  });
  onProgress(`${found.kind}: what tells of it is kept in ${folder}`);
  for (const { broker, partition, from, highWatermark } of losses) {
    onProgress(`${broker} cut ${partition} off at ${from}, below its high watermark ${highWatermark}`);
  }
}

function drawsOf(seed: string): Draws {
  let number = 0;
  for (const char of seed) number = (Math.imul(number, 31) + char.charCodeAt(0)) >>> 0;
  const next = seededRandom(number);
  const upTo = (count: number): number => Math.floor(next() * count);
  return {
    next,
    upTo,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new Error('Nothing to pick from.');
      return from[upTo(from.length)] as T;
    },
  };
}
