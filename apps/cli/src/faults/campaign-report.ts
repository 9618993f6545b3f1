import { table } from '../platform/table.js';
import type { KindResult } from './campaign.js';
import type { Figures } from './judge.js';
import { isClean } from './verdict.js';

/** What the deterministic simulation found. */
export interface SimulatedSummary {
  readonly crashPoints: number;
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
  readonly divergent: number;
}

export interface ControlResult {
  readonly name: string;
  readonly caught: boolean;
}

export interface CampaignOutcome {
  readonly seed: number;
  /** Absent when only kinds of real faults were asked for. */
  readonly simulated?: SimulatedSummary;
  readonly kinds: readonly KindResult[];
  readonly controls: readonly ControlResult[];
}

/** Clean, every run reached its fault, every control was caught, and there is something to be judged. */
export function isOk({ simulated, kinds, controls }: CampaignOutcome): boolean {
  const sound = kinds.every(
    ({ verdict, successes, troubles, ...figures }) =>
      isClean(verdict) && successes > 0 && troubles.length === 0 && hasSeenMuch(figures),
  );
  const simulationSound =
    simulated === undefined ||
    simulated.lost + simulated.doubled + simulated.reordered + simulated.divergent === 0;
  const somethingDone = kinds.length + controls.length > 0 || (simulated?.crashPoints ?? 0) > 0;
  return sound && simulationSound && controls.every(({ caught }) => caught) && somethingDone;
}

/**
 * Callers, readers of views and stream, the comparison of rows, seals and sealed texts have all had something to look at;
 * that nobody was erased is no fault of a kind.
 */
function hasSeenMuch({ edge, seals, keys }: Figures): boolean {
  const looked = [
    ...(edge ? [edge.requests, edge.reads, edge.ownWrites, edge.streamed, edge.rows] : []),
    ...(seals ? [seals.lines, seals.verified, seals.seals] : []),
    ...(keys ? [keys.keys, keys.opened, keys.plain] : []),
  ];
  return looked.every((count) => count > 0);
}

const NOTHING_SIMULATED: SimulatedSummary = {
  crashPoints: 0,
  lost: 0,
  doubled: 0,
  reordered: 0,
  divergent: 0,
};

/** The outcome as one JSON object. Recovery in milliseconds, from the fault to the last claim of its run. */
export function summaryOf(outcome: CampaignOutcome): object {
  return {
    seed: outcome.seed,
    simulated: outcome.simulated ?? NOTHING_SIMULATED,
    kinds: outcome.kinds.map(({ kind, runs, successes, verdict, recoveryMs, troubles, ...figures }) => ({
      kind,
      runs,
      successes,
      lost: verdict.lost.length,
      doubled: verdict.doubled.length,
      reordered: verdict.reordered.length,
      divergent: verdict.divergent.length,
      recoveryMs: { p50: percentile(recoveryMs, 0.5), p99: percentile(recoveryMs, 0.99) },
      ...figures,
      ...(troubles.length === 0 ? {} : { troubles }),
    })),
    controls: outcome.controls,
    ok: isOk(outcome),
  };
}

export function reportOf(outcome: CampaignOutcome): string {
  const { simulated, kinds, controls, seed } = outcome;
  const sections = [`Seed ${seed}`];
  if (simulated) {
    const { crashPoints, lost, doubled, reordered, divergent } = simulated;
    sections.push(
      `Simulated: ${crashPoints} crash points, ${lost} lost, ${doubled} doubled, ${reordered} reordered, ${divergent} divergent`,
    );
  }
  if (kinds.length > 0) sections.push(kindTable(kinds), ...figureTables(kinds), ...findings(kinds));
  if (controls.length > 0) {
    const rows = controls.map(({ name, caught }) => [name, caught ? 'caught' : 'NOT CAUGHT']);
    sections.push(table(['negative control', ''], rows));
  }
  return sections.join('\n\n');
}

function kindTable(kinds: readonly KindResult[]): string {
  const rows = kinds.map(({ kind, runs, successes, verdict, recoveryMs }) => [
    kind,
    String(runs),
    String(successes),
    String(verdict.lost.length),
    String(verdict.doubled.length),
    String(verdict.reordered.length),
    String(verdict.divergent.length),
    seconds(percentile(recoveryMs, 0.5)),
    seconds(percentile(recoveryMs, 0.99)),
  ]);
  const runs = kinds.reduce((sum, kind) => sum + kind.runs, 0);
  const headings = [
    'kind',
    'runs',
    'claims',
    'lost',
    'doubled',
    'reordered',
    'divergent',
    'recovery p50',
    'p99',
  ];
  return `${table(headings, rows)}\n${runs} real faults of ${kinds.length} kinds`;
}

/** Headings of the numbers of each part, in the order of the columns. */
const FIGURES = {
  edge: {
    requests: 'accepted',
    sent: 'sent',
    failed: 'failed',
    reads: 'reads',
    ownWrites: 'of own writes',
    streamed: 'streamed',
    reconnects: 'reconnects',
    rows: 'rows',
  },
  seals: { lines: 'audit lines', verified: 'verified', seals: 'seals' },
  keys: { keys: 'keys', erased: 'erased', opened: 'opened', plain: 'plain on commands' },
} as const satisfies {
  readonly [P in keyof Figures]-?: Readonly<Record<keyof Required<Figures>[P], string>>;
};

/** A table for each part that was there, with what was looked at. */
function figureTables(kinds: readonly KindResult[]): readonly string[] {
  return (Object.keys(FIGURES) as (keyof Figures)[]).flatMap((part) => {
    const columns: Readonly<Record<string, string>> = FIGURES[part];
    const rows = kinds.flatMap((result) => {
      const figures = result[part] as Readonly<Record<string, number>> | undefined;
      return figures ? [[result.kind, ...Object.keys(columns).map((name) => String(figures[name]))]] : [];
    });
    return rows.length === 0 ? [] : [table(['kind', ...Object.values(columns)], rows)];
  });
}

const LISTED = 5;

function findings(kinds: readonly KindResult[]): readonly string[] {
  return kinds.flatMap(({ kind, verdict, troubles }) => {
    const lines = Object.entries(verdict).flatMap(([what, found]) =>
      (found as readonly string[]).slice(0, LISTED).map((one) => `  ${what}: ${one}`),
    );
    lines.push(...troubles.map((trouble) => `  trouble: ${trouble}`));
    return lines.length === 0 ? [] : [`${kind}:\n${lines.join('\n')}`];
  });
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
