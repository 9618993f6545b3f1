import type { Currency } from '@aika/contracts';
import { table } from '../platform/table.js';
import { type CellFigure, type CellFigures, CELL_FIGURES, emptyCell } from './figures.js';
import type { Journey } from './journey.js';
import type { TableCell } from './portfolio-plan.js';
import type { ReplayResult } from './replay.js';

const LISTED = 20;

/** The last line of `--json`. Money in minor units per currency. */
export interface PortfolioSummary {
  readonly policies: number;
  readonly claims: number;
  /** First decisions: approved (without a person), denied and referred together. */
  readonly decided: number;
  readonly approved: number;
  readonly denied: number;
  readonly referred: number;
  readonly paid: Readonly<Partial<Record<Currency, number>>>;
  /** Figures that differ, and everything that happened twice or should not have happened. */
  readonly mismatches: number;
  readonly seconds: number;
  readonly messagesPerSecond: number;
}

export function summaryOf(result: ReplayResult): PortfolioSummary {
  const [motor, fires] = [sumOf(result.agents.cells, 'motor/'), sumOf(result.agents.cells, 'fire/')];
  const both = (figure: 'policies' | 'claims' | 'approved' | 'denied' | 'referred'): number =>
    motor[figure] + fires[figure];
  const seconds = Math.round(result.ms / 100) / 10;
  return {
    policies: both('policies'),
    claims: both('claims'),
    decided: both('approved') + both('denied') + both('referred'),
    approved: both('approved'),
    denied: both('denied'),
    referred: both('referred'),
    paid: { GBP: motor.paid, DKK: fires.paid },
    mismatches: result.mismatches.length + result.irregularities.length + result.unfinished.length,
    seconds,
    messagesPerSecond: seconds > 0 ? Math.round(result.messages / seconds) : 0,
  };
}

/** The report as lines of text. */
export function reportOf(result: ReplayResult): string {
  const sections = [
    cellTable(result),
    comparisonTable(result),
    problems('Not through', result.unfinished.map(unfinishedText), byState(result.unfinished)),
    problems('Irregular', result.irregularities),
    problems(
      'Different',
      result.mismatches.map(({ where, says }) => `${where}: ${pairs(says)}`),
    ),
    verdict(result),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

/** Motor by each of its three columns, and the fires by size, as the agents have them. */
function cellTable({ agents }: ReplayResult): string {
  const groups = ['district', 'engine', 'age'].flatMap((column, index) => {
    const levels = new Set(
      [...agents.cells.keys()].filter(isMotor).map((cell) => cell.split('/')[index + 1] ?? ''),
    );
    return [...levels].map((level) => {
      const inGroup = (cell: string): boolean => isMotor(cell) && cell.split('/')[index + 1] === level;
      return row(`motor, ${column} ${level}`, sumWhere(agents.cells, inGroup), 'GBP');
    });
  });
  const fires = [...agents.cells].filter(([cell]) => !isMotor(cell));
  const bands = fires.map(([cell, figures]) =>
    row(`home, fire of ${cell.slice('fire/'.length)}`, figures, 'DKK'),
  );
  return table(
    ['cells', 'policies', 'premium', 'claims', 'approved', 'referred', 'denied', 'paid'],
    [
      ...groups,
      row('motor', sumOf(agents.cells, 'motor/'), 'GBP'),
      ...bands,
      row('home', sumOf(agents.cells, 'fire/'), 'DKK'),
    ],
  );
}

function row(name: string, figures: CellFigures, currency: Currency): string[] {
  const { policies, boundPremium, claims, approved, referred, denied, paid } = figures;
  const counts = [claims, approved, referred, denied].map(String);
  return [name, String(policies), money(boundPremium, currency), ...counts, money(paid, currency)];
}

/** The whole book as tables, agents and SQL have it. */
function comparisonTable({ table: cells, agents, sql, share }: ReplayResult): string {
  const rows = (['motor/', 'fire/'] as const).flatMap((prefix) => {
    const [byAgents, bySql] = [sumOf(agents.cells, prefix), sumOf(sql.cells, prefix)];
    const byTable = tableTotals(cells.filter(({ cell }) => cell.startsWith(prefix)));
    return COMPARED.map((figure) => {
      const name = `${prefix === 'motor/' ? 'motor' : 'home'}, ${LABELS[figure] ?? figure}`;
      return [name, String(byTable[figure] ?? ''), String(byAgents[figure]), String(bySql[figure])];
    });
  });
  return table([`share ${share}`, 'tables', 'agents', 'sql'], rows);
}

/** What the tables themselves say: sizes, and where they value them, losses. */
function tableTotals(cells: readonly TableCell[]): Partial<Record<CellFigure, number>> {
  const holders = cells.reduce((sum, cell) => sum + cell.holders, 0);
  const claims = cells.reduce((sum, cell) => sum + cell.claims, 0);
  const losses = cells.reduce((sum, cell) => sum + (cell.losses ?? 0), 0);
  const sizes = { customers: holders, quotes: holders, policies: holders, claims };
  return cells.every((cell) => cell.losses !== undefined) ? { ...sizes, losses } : sizes;
}

const COMPARED = CELL_FIGURES.filter((figure) => !figure.endsWith('estPremium'));
const LABELS: Partial<Record<string, string>> = {
  quotedPremium: 'premium quoted (minor units)',
  boundPremium: 'premium bound (minor units)',
  losses: 'losses claimed (minor units)',
  approved: 'claims approved automatically',
  referred: 'claims referred',
  denied: 'claims denied',
  reserved: 'reserved (minor units)',
  paid: 'paid (minor units)',
};

function problems(heading: string, lines: readonly string[], detail = ''): string {
  if (lines.length === 0) return '';
  const more = lines.length > LISTED ? [`… and ${lines.length - LISTED} more`] : [];
  const listed = [...lines.slice(0, LISTED), ...more].map((line) => `  ${line}`);
  return [`${heading} (${lines.length})${detail}:`, ...listed].join('\n');
}

function unfinishedText({ policyholder, state, registered, failure }: Journey): string {
  const open = registered || state === 'not begun' ? '' : ', not registered';
  return `${policyholder.customerId} of ${policyholder.cell}: ${failure ?? state}${open}`;
}

function byState(journeys: readonly Journey[]): string {
  const counts: Record<string, number> = {};
  for (const { state } of journeys) counts[state] = (counts[state] ?? 0) + 1;
  return `: ${pairs(counts)}`;
}

function pairs(values: Readonly<Record<string, number | string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function verdict(result: ReplayResult): string {
  const { mismatches, seconds, messagesPerSecond, policies, claims } = summaryOf(result);
  const how = mismatches === 0 ? 'No difference' : `${mismatches} differences`;
  const end =
    result.stopped === undefined
      ? ''
      : ` The replay ${ENDINGS[result.stopped]} before everybody was through.`;
  const speed = `${policies} policies and ${claims} claims in ${seconds} s, ${result.messages} messages, ${messagesPerSecond} a second.`;
  return `${how} between tables, agents, SQL and the payment provider's ledger.${end}\n${speed}`;
}

const ENDINGS = { stalled: 'stood still and was given up', interrupted: 'was interrupted' } as const;

function isMotor(cell: string): boolean {
  return cell.startsWith('motor/');
}

function sumOf(cells: ReadonlyMap<string, CellFigures>, prefix: string): CellFigures {
  return sumWhere(cells, (cell) => cell.startsWith(prefix));
}

function sumWhere(cells: ReadonlyMap<string, CellFigures>, matches: (cell: string) => boolean): CellFigures {
  const total = emptyCell();
  for (const [cell, figures] of cells) {
    if (!matches(cell)) continue;
    for (const figure of CELL_FIGURES) total[figure] += figures[figure];
  }
  return total;
}

/** `1,234,567.89 GBP`. */
function money(minorUnits: number, currency: Currency): string {
  return `${(minorUnits / 100).toLocaleString('en', { minimumFractionDigits: 2 })} ${currency}`;
}
