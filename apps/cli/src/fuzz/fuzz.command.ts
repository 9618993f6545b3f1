import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { countOf } from '../commands/count-flag.js';
import { untilInterrupted } from '../commands/interruption.js';
import { reportFailure } from '../platform/report-failure.js';
import { type Control, CONTROLS } from './altered-answers.js';
import { reportOf, summaryOf } from './fuzz-report.js';
import type { FuzzOutcome } from './fuzz-verdict.js';
import { type Phase, PHASES, runFuzz } from './fuzz-run.js';

const INTERRUPTED = 130;

interface FuzzFlags {
  readonly cases: string;
  readonly seed: string;
  readonly customers: string;
  readonly control?: string;
  readonly phases: string;
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
    .option('--phases <list>', 'how cases are made', PHASES.join(','))
    .option('--control <kind>', `break answers on purpose, which has to fail: ${controls()}`)
    .option('--json', 'last line of standard output: one JSON object with the outcome')
    .action((flags: FuzzFlags) => reportFailure(() => fuzz(flags)));
}

async function fuzz(flags: FuzzFlags): Promise<void> {
  const stop = new AbortController();
  void untilInterrupted().then((signal) => stop.abort(signal));
  const outcome = await interruptible(stop.signal, {
    cases: countOf('--cases', flags.cases, 1),
    seed: countOf('--seed', flags.seed, 0),
    customers: countOf('--customers', flags.customers, 10),
    control: controlOf(flags.control),
    phases: phasesOf(flags.phases),
    onProgress: (line) => void process.stderr.write(`  ${line}\n`),
  });
  if (outcome === undefined) {
    process.exitCode = INTERRUPTED;
    return;
  }
  process.stdout.write(`${reportOf(outcome)}\n`);
  if (flags.json) process.stdout.write(`${JSON.stringify(summaryOf(outcome))}\n`);
  if (outcome.objections.length > 0) process.exitCode = 1;
}

/** Undefined when it was told to stop; everything that it had started is ended then. */
async function interruptible(
  signal: AbortSignal,
  options: Omit<Parameters<typeof runFuzz>[0], 'signal'>,
): Promise<FuzzOutcome | undefined> {
  try {
    return await runFuzz({ ...options, signal });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function controlOf(name: string | undefined): Control | undefined {
  if (name === undefined) return undefined;
  if (Object.hasOwn(CONTROLS, name)) return name as Control;
  throw new PlatformError('SETTING_INVALID', `--control: ${name} is none of ${controls()}.`);
}

function phasesOf(list: string): readonly Phase[] {
  const names = list.split(',');
  const unknown = names.filter((name) => !PHASES.some((phase) => phase === name));
  if (unknown.length === 0) return names as Phase[];
  throw new PlatformError(
    'SETTING_INVALID',
    `--phases: ${unknown.join(', ')} is none of ${PHASES.join(', ')}.`,
  );
}

function controls(): string {
  return Object.keys(CONTROLS).join(', ');
}
