import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { countOf } from '../commands/count-flag.js';
import { untilInterrupted } from '../commands/interruption.js';
import { reportFailure } from '../platform/report-failure.js';
import { type Control, CONTROLS } from './altered-answers.js';
import { reportOf, summaryOf } from './fuzz-report.js';
import { runFuzz } from './fuzz-run.js';

interface FuzzFlags {
  readonly cases: string;
  readonly seed: string;
  readonly customers: string;
  readonly control?: string;
  readonly json?: boolean;
}

/** `aika fuzz`: generated requests to a whole system of its own, made from the OpenAPI document. */
export function registerFuzz(program: Command): void {
  program
    .command('fuzz')
    .description('send generated requests to a system of its own, and hold every answer against OpenAPI')
    .option('--cases <count>', 'requests that are answered at least', '2000')
    .option('--seed <number>', 'the same seed makes the same cases', '1')
    .option('--customers <count>', 'customers that are filled in before', '200')
    .option('--control <kind>', `break answers on purpose, which has to fail: ${controls()}`)
    .option('--json', 'last line of standard output: one JSON object with the outcome')
    .action((flags: FuzzFlags) => reportFailure(() => fuzz(flags)));
}

async function fuzz(flags: FuzzFlags): Promise<void> {
  const stop = new AbortController();
  void untilInterrupted().then((signal) => stop.abort(signal));
  const outcome = await runFuzz({
    cases: countOf('--cases', flags.cases, 1),
    seed: countOf('--seed', flags.seed, 0),
    customers: countOf('--customers', flags.customers, 10),
    control: controlOf(flags.control),
    signal: stop.signal,
    onProgress: (line) => void process.stderr.write(`  ${line}\n`),
  });
  process.stdout.write(`${reportOf(outcome)}\n`);
  if (flags.json) process.stdout.write(`${JSON.stringify(summaryOf(outcome))}\n`);
  if (outcome.objections.length > 0) process.exitCode = 1;
}

function controlOf(name: string | undefined): Control | undefined {
  if (name === undefined) return undefined;
  if (Object.hasOwn(CONTROLS, name)) return name as Control;
  throw new PlatformError('SETTING_INVALID', `--control: ${name} is none of ${controls()}.`);
}

function controls(): string {
  return Object.keys(CONTROLS).join(', ');
}
