import { DEFAULT_DELIVERY } from '@aika/messaging';
import type { Command } from 'commander';
import { countOf } from '../commands/count-flag.js';
import { untilInterrupted } from '../commands/interruption.js';
import { reportFailure } from '../platform/report-failure.js';
import { openFaultCluster } from './fault-cluster.js';
import { isTakeoverOk, takeoverReport, takeoverSummary } from './takeover-report.js';
import { measureTakeover } from './takeover.js';

interface TakeoverFlags {
  readonly runs: string;
  readonly keys: string;
  readonly json?: boolean;
}

/** `aika takeover`: how long work rests after a killed agent and after the loss of each broker. */
export function registerTakeover(program: Command): void {
  program
    .command('takeover')
    .description('kill agents and brokers on a cluster of its own, and measure how long their work rests')
    .option('--runs <count>', 'kills of an instance of the policy agent', '10')
    .option('--keys <count>', 'keys in the state of the policy agents, over all partitions', '50000')
    .option('--json', 'last line of standard output: one JSON object with the times')
    .action((flags: TakeoverFlags) => reportFailure(() => takeover(flags)));
}

async function takeover(flags: TakeoverFlags): Promise<void> {
  const settings = { runs: countOf('--runs', flags.runs, 1), keys: countOf('--keys', flags.keys, 0) };
  const stop = new AbortController();
  void untilInterrupted().then((signal) => stop.abort(signal));
  const onProgress = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const { cluster, close } = await openFaultCluster(onProgress);
  try {
    const outcome = await measureTakeover({ ...settings, cluster, signal: stop.signal, onProgress });
    process.stdout.write(`${takeoverReport(outcome, DEFAULT_DELIVERY.sessionTimeoutMs)}\n`);
    if (flags.json) process.stdout.write(`${JSON.stringify(takeoverSummary(outcome))}\n`);
    if (!isTakeoverOk(outcome)) process.exitCode = 1;
  } finally {
    await close();
  }
}
