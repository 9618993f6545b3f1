import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { cliSettings } from '../commands/cli-settings.js';
import { countOf } from '../commands/count-flag.js';
import { connect } from '../commands/connection.js';
import { untilInterrupted } from '../commands/interruption.js';
import { reportFailure } from '../platform/report-failure.js';
import { agentsAtHand, type AgentsAtHand } from './agents-at-hand.js';
import { ProgressBar } from './progress-bar.js';
import { replayPortfolio, type ReplayResult } from './replay.js';
import { reportOf, summaryOf } from './report.js';

interface PortfolioFlags {
  readonly share: string;
  readonly inFlight: string;
  readonly json?: boolean;
}

interface PortfolioSettings {
  readonly share: number;
  readonly inFlight: number;
  readonly namespace: string;
}

/** `aika portfolio`: a real portfolio through the agents, compared figure by figure. */
export function registerPortfolio(program: Command): void {
  program
    .command('portfolio')
    .description('replay a real portfolio through the agents and compare what they did with it')
    .option('--share <part>', 'part of the portfolio, above 0 to 1', '1')
    .option('--in-flight <count>', 'policyholders under way at the same time', '2000')
    .option('--json', 'last line of standard output: one JSON object with the outcome')
    .action((flags: PortfolioFlags) => reportFailure(() => portfolio(flags)));
}

async function portfolio(flags: PortfolioFlags): Promise<void> {
  const settings: PortfolioSettings = {
    share: numberFrom('--share', flags.share, (value) => value > 0 && value <= 1, 'above 0 and at most 1'),
    inFlight: countOf('--in-flight', flags.inFlight, 1),
    ...cliSettings(),
  };
  const interruption = new AbortController();
  // Taken now, so that a signal during the start-up also stops what has been started.
  void untilInterrupted().then((signal) => interruption.abort(signal));
  const note = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const agents = await agentsAtHand(settings.namespace, note);
  try {
    const result = await replayWith(agents, settings, interruption.signal);
    process.stdout.write(`${reportOf(result)}\n`);
    const summary = summaryOf(result);
    if (flags.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
    if (summary.mismatches > 0) process.exitCode = 1;
  } finally {
    await agents.stop();
  }
}

async function replayWith(
  { cluster, paymentsUrl }: AgentsAtHand,
  settings: PortfolioSettings,
  signal: AbortSignal,
): Promise<ReplayResult> {
  const connection = connect(cluster, settings.namespace);
  const bar = new ProgressBar();
  try {
    return await replayPortfolio({
      ...settings,
      log: connection.log,
      catalogue: connection.catalogue,
      sender: await connection.sender(),
      paymentsUrl,
      signal,
      onPlan: (policyholders, claims) => bar.start(policyholders, claims),
      onProgress: (progress) => bar.update(progress),
    });
  } finally {
    bar.stop();
    await connection.close();
  }
}

function numberFrom(
  flag: string,
  text: string,
  isGood: (value: number) => boolean,
  expected: string,
): number {
  const value = Number(text);
  if (text.trim() !== '' && isGood(value)) return value;
  throw new PlatformError('SETTING_INVALID', `${flag} must be ${expected}, not "${text}".`);
}
