import { CONTROLS } from './controls.js';
import type { DeliverySettings } from '../runtime/index.js';
import { type FaultOutcome, outcomesOf } from './fault.js';
import type { Finding, FindingKind } from './findings.js';
import { mix, Random } from './random.js';
import type { CopyDefect } from './simulated-disk.js';
import type { LogDecorator } from './simulated-instance.js';
import { type FiredFault, INSTANCES, type RunFault, type RunResult, simulateRun } from './simulated-run.js';

export interface SimulationOptions {
  /** Faults that are to take place at least; 10,000 by default. */
  readonly crashPoints?: number;
  /** The same seed makes the same runs; 1 by default. */
  readonly seed?: number;
  /** Repeats one run, such as a violation of a report. */
  readonly only?: { readonly seed: number; readonly faults: readonly RunFault[] };
  /** Called about once in a hundred runs. */
  readonly onProgress?: (report: SimulationReport) => void;
  /** Ends after the first run with a finding. */
  readonly stopAtFirst?: boolean;
  /** Swaps the agents' adapter, to see that the checks notice. */
  readonly decorate?: LogDecorator;
  readonly settings?: Partial<DeliverySettings>;
  readonly copyDefect?: CopyDefect;
}

/** A run that did not come out as it should, with what is needed to repeat it alone (`only`). */
export interface Violation {
  readonly seed: number;
  readonly faults: readonly FiredFault[];
  readonly findings: readonly Finding[];
  /** The last events of the run. */
  readonly trace: readonly string[];
}

export interface SimulationReport extends Readonly<Record<FindingKind, number>> {
  readonly seed: number;
  readonly runs: number;
  /** Faults that took place, each at one numbered operation of one process. */
  readonly crashPoints: number;
  readonly outcomes: Readonly<Partial<Record<FaultOutcome, number>>>;
  /** The first 20. */
  readonly violations: readonly Violation[];
  /** Real milliseconds. */
  readonly elapsedMs: number;
}

const DEFAULT_CRASH_POINTS = 10_000;
const CONTROL_CRASH_POINTS = 2_000;
const KEPT_VIOLATIONS = 20;
const TRACE_TAIL = 80;
/** After so many runs with one fault each comes one with several, under a seed of its own. */
const SINGLE_RUNS_PER_RANDOM = 4;

/**
 * Runs the agents' task on the log in memory under faults: each operation of each process with each outcome
 * that it can have, and between them several faults at random. While it runs, this process's timers and clock
 * are virtual: nothing else should be going on in it.
 */
export async function simulate(options: SimulationOptions = {}): Promise<SimulationReport> {
  const { crashPoints = DEFAULT_CRASH_POINTS, seed = 1, only, onProgress, stopAtFirst = false } = options;
  const tally = new Tally(seed);
  const run = async (runSeed: number, faults: readonly RunFault[]): Promise<RunResult> => {
    const { decorate, settings, copyDefect } = options;
    const result = await simulateRun({ seed: runSeed, faults, decorate, settings, copyDefect });
    tally.add(result);
    if (tally.runs % 100 === 0) onProgress?.(tally.report());
    return result;
  };
  const isOver = (): boolean =>
    tally.crashPoints >= crashPoints || (stopAtFirst && tally.violations.length > 0);
  if (only) await run(only.seed, only.faults);
  for (let round = 0; only === undefined && !isOver(); round += 1) {
    await explore(mix(seed) + round, { run, isOver });
  }
  return tally.report();
}

interface Exploration {
  readonly run: (seed: number, faults: readonly RunFault[]) => Promise<RunResult>;
  readonly isOver: () => boolean;
}

/** One workload: a clean run that tells the points, then all of them in random order. */
async function explore(seed: number, { run, isOver }: Exploration): Promise<void> {
  const { operations } = await run(seed, []);
  const random = new Random(mix(seed));
  const faults = shuffled(faultsOf(operations), random);
  for (const [n, fault] of faults.entries()) {
    if (isOver()) return;
    await run(seed, [fault]);
    if (n % SINGLE_RUNS_PER_RANDOM === 0)
      await run(random.between(1, 2 ** 31), severalFaults(operations, random));
  }
}

function faultsOf(operations: RunResult['operations']): RunFault[] {
  return INSTANCES.flatMap((process) =>
    (operations[process] ?? []).flatMap((operation, at) =>
      outcomesOf(operation).map((outcome) => ({ process, point: at + 1, outcome })),
    ),
  );
}

/** Faults all over the run, or close together, where each meets what the one before has left half done. */
function severalFaults(operations: RunResult['operations'], random: Random): RunFault[] {
  const middle = random.next();
  const spread = random.next() < 0.5 ? 1 : 0.1;
  return Array.from({ length: random.between(2, 5) }, () => {
    const process = random.pick(INSTANCES);
    const length = 1.5 * (operations[process]?.length ?? 0);
    const at = middle + (random.next() - 0.5) * spread;
    return { process, point: 1 + Math.floor((at - Math.floor(at)) * length), outcome: 'any' };
  });
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((value) => ({ value, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}

class Tally {
  runs = 0;
  crashPoints = 0;
  readonly violations: Violation[] = [];
  private readonly counts = { lost: 0, doubled: 0, reordered: 0, divergent: 0 };
  private readonly outcomes: Partial<Record<FaultOutcome, number>> = {};
  private readonly startedAt = performance.now();

  constructor(private readonly seed: number) {}

  add({ seed, fired, findings, trace }: RunResult): void {
    this.runs += 1;
    this.crashPoints += fired.length;
    for (const { outcome } of fired) this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
    for (const { kind } of findings) this.counts[kind] += 1;
    if (findings.length === 0 || this.violations.length >= KEPT_VIOLATIONS) return;
    this.violations.push({ seed, faults: fired, findings, trace: trace.slice(-TRACE_TAIL) });
  }

  report(): SimulationReport {
    const { seed, runs, crashPoints, counts, outcomes, violations, startedAt } = this;
    const elapsedMs = Math.round(performance.now() - startedAt);
    return { seed, runs, crashPoints, ...counts, outcomes, violations, elapsedMs };
  }
}

export interface ControlReport {
  readonly name: string;
  readonly caught: boolean;
  /** Faults until it was caught. */
  readonly crashPoints: number;
  readonly violation: Violation | undefined;
}

/** Shows that the checks see what they look for: each control has to be caught. */
export async function simulateControls(
  options: Pick<SimulationOptions, 'seed' | 'crashPoints'> = {},
): Promise<readonly ControlReport[]> {
  const reports: ControlReport[] = [];
  for (const { name, decorate, settings, copyDefect } of CONTROLS) {
    const { crashPoints = CONTROL_CRASH_POINTS, seed } = options;
    const report = await simulate({ crashPoints, seed, decorate, settings, copyDefect, stopAtFirst: true });
    const [violation] = report.violations;
    reports.push({ name, caught: violation !== undefined, crashPoints: report.crashPoints, violation });
  }
  return reports;
}
