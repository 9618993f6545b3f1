import { PlatformError, type PostgresHandle } from '@aika/testing';
import type { Command } from 'commander';
import { countOf } from '../commands/count-flag.js';
import { untilInterrupted } from '../commands/interruption.js';
import { reportFailure } from '../platform/report-failure.js';
import { type CampaignOutcome, isOk, reportOf, summaryOf } from './campaign-report.js';
import { type CampaignOptions, runCampaign } from './campaign.js';
import { edgeControls } from './edge/edge-controls.js';
import { openFaultPostgres } from './edge/fault-postgres.js';
import { openFaultCluster } from './fault-cluster.js';
import type { FaultKind } from './fault-kind.js';
import { FAULT_KINDS } from './kinds/index.js';
import { simulated, simulatedControls } from './simulation-process.js';
import { keyControls, sealControls } from './trust/trust-controls.js';

interface FaultsFlags {
  readonly runs: string;
  readonly seed: string;
  readonly claims: string;
  readonly simulated: string;
  readonly only?: readonly string[];
  readonly controls?: boolean;
  readonly json?: boolean;
}

interface FaultsSettings {
  readonly runs: number;
  readonly seed: number;
  readonly claims: number;
  /** Simulated crash points; 0 = none. */
  readonly simulated: number;
  readonly kinds: readonly FaultKind[];
  readonly controls: boolean;
}

/** `aika faults`: the agents' work on a cluster of its own under faults, judged from outside. */
export function registerFaults(program: Command): void {
  program
    .command('faults')
    .description('run the agents under faults on a cluster of its own, and count what was lost or doubled')
    .option('--runs <count>', 'runs of each kind of fault; 0 = simulation and its controls only', '1')
    .option('--seed <number>', 'the same seed draws the same faults', '1')
    .option('--claims <count>', 'claims that are settled in each run', '6')
    .option('--simulated <count>', 'crash points of the simulation; none with --only', '10000')
    .option('--only <kind...>', `kinds of fault: ${FAULT_KINDS.map(({ name }) => name).join(', ')}`)
    .option('--controls', 'also bring about what the checks must notice, such as adapters with known faults')
    .option('--json', 'last line of standard output: one JSON object with the outcome')
    .action((flags: FaultsFlags) => reportFailure(() => faults(flags)));
}

async function faults(flags: FaultsFlags): Promise<void> {
  const settings = settingsOf(flags);
  const stop = new AbortController();
  void untilInterrupted().then((signal) => stop.abort(signal));
  const onProgress = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const outcome = await outcomeOf(settings, stop.signal, onProgress);
  process.stdout.write(`${reportOf(outcome)}\n`);
  if (flags.json) process.stdout.write(`${JSON.stringify(summaryOf(outcome))}\n`);
  if (!isOk(outcome)) process.exitCode = 1;
}

/** One after the other: each of them keeps a small machine busy. */
async function outcomeOf(
  { seed, simulated: crashPoints, controls, ...settings }: FaultsSettings,
  signal: AbortSignal,
  onProgress: (line: string) => void,
): Promise<CampaignOutcome> {
  const summary = crashPoints === 0 ? undefined : await simulated({ crashPoints, seed }, onProgress);
  const noticed = controls ? await controlResults(seed, onProgress) : [];
  const options = { ...settings, seed, signal, onProgress };
  const real = settings.runs === 0 ? NOTHING_REAL : await realFaults(options, controls);
  return {
    seed,
    ...(summary === undefined ? {} : { simulated: summary }),
    kinds: real.kinds,
    controls: [...noticed, ...real.controls],
  };
}

async function controlResults(seed: number, onProgress: (line: string) => void) {
  onProgress('negative controls');
  return simulatedControls(seed);
}

type RealOutcome = Pick<CampaignOutcome, 'kinds' | 'controls'>;

const NOTHING_REAL: RealOutcome = { kinds: [], controls: [] };

async function realFaults(
  options: Omit<CampaignOptions, 'cluster' | 'postgres'>,
  controls: boolean,
): Promise<RealOutcome> {
  const { cluster, close } = await openFaultCluster(options.onProgress);
  let server: Promise<PostgresHandle> | undefined;
  const postgres = (): Promise<PostgresHandle> => (server ??= openFaultPostgres(options.onProgress));
  try {
    const kinds = await runCampaign({ ...options, cluster, postgres });
    if (!controls) return { kinds, controls: [] };
    return { kinds, controls: await realControls({ ...options, cluster, postgres }) };
  } finally {
    await (await server)?.stop();
    await close();
  }
}

/** Those of the parts that some kind needs. */
async function realControls(options: CampaignOptions): Promise<CampaignOutcome['controls']> {
  const needs = options.kinds.map((kind) => kind.needs ?? {});
  const parts = [
    ...(needs.some(({ edge }) => edge) ? [edgeControls] : []),
    ...(needs.some(({ seals }) => seals) ? [sealControls] : []),
    ...(needs.some(({ keys }) => keys) ? [keyControls] : []),
  ];
  const results: CampaignOutcome['controls'][number][] = [];
  for (const controlsOf of parts) {
    if (!options.signal.aborted) results.push(...(await controlsOf(options)));
  }
  return results;
}

function settingsOf(flags: FaultsFlags): FaultsSettings {
  return {
    runs: countOf('--runs', flags.runs, 0),
    seed: countOf('--seed', flags.seed, 0),
    claims: countOf('--claims', flags.claims, 1),
    simulated: flags.only === undefined ? countOf('--simulated', flags.simulated, 0) : 0,
    kinds: kindsOf(flags.only),
    controls: flags.controls ?? false,
  };
}

function kindsOf(only: readonly string[] | undefined): readonly FaultKind[] {
  if (only === undefined) return FAULT_KINDS;
  const names = only.flatMap((one) => one.split(','));
  const unknown = names.filter((name) => !FAULT_KINDS.some((kind) => kind.name === name));
  if (unknown.length > 0) {
    const known = FAULT_KINDS.map(({ name }) => name).join(', ');
    throw new PlatformError('SETTING_INVALID', `--only: ${unknown.join(', ')} is none of ${known}.`);
  }
  return FAULT_KINDS.filter(({ name }) => names.includes(name));
}
