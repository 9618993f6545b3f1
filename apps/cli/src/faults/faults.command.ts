import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { untilInterrupted } from '../commands/interruption.js';
import { reportFailure } from '../platform/report-failure.js';
import { type CampaignOutcome, isOk, reportOf, summaryOf } from './campaign-report.js';
import { runCampaign } from './campaign.js';
import { openFaultCluster } from './fault-cluster.js';
import type { FaultKind } from './fault-kind.js';
import { FAULT_KINDS } from './kinds/index.js';

interface FaultsFlags {
  readonly runs: string;
  readonly seed: string;
  readonly claims: string;
  readonly only?: readonly string[];
  readonly json?: boolean;
}

/** `aika faults`: the agents' work on a cluster of its own under faults, judged from outside. */
export function registerFaults(program: Command): void {
  program
    .command('faults')
    .description('run the agents under faults on a cluster of its own, and count what was lost or doubled')
    .option('--runs <count>', 'runs of each kind of fault', '3')
    .option('--seed <number>', 'the same seed draws the same faults', '1')
    .option('--claims <count>', 'claims that are settled in each run', '8')
    .option('--only <kind...>', `kinds of fault: ${FAULT_KINDS.map(({ name }) => name).join(', ')}`)
    .option('--json', 'last line of standard output: one JSON object with the outcome')
    .action((flags: FaultsFlags) => reportFailure(() => faults(flags)));
}

async function faults(flags: FaultsFlags): Promise<void> {
  const settings = {
    runs: countOf('--runs', flags.runs),
    seed: countOf('--seed', flags.seed),
    claims: countOf('--claims', flags.claims),
    kinds: kindsOf(flags.only),
  };
  const stop = new AbortController();
  void untilInterrupted().then((signal) => stop.abort(signal));
  const onProgress = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const { cluster, close } = await openFaultCluster(onProgress);
  try {
    const kinds = await runCampaign({ ...settings, cluster, onProgress, signal: stop.signal });
    const outcome: CampaignOutcome = { seed: settings.seed, kinds, controls: [] };
    process.stdout.write(`${reportOf(outcome)}\n`);
    if (flags.json) process.stdout.write(`${JSON.stringify(summaryOf(outcome))}\n`);
    if (!isOk(outcome)) process.exitCode = 1;
  } finally {
    await close();
  }
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

function countOf(flag: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new PlatformError('SETTING_INVALID', `${flag} must be a whole number from 1, not "${text}".`);
}
