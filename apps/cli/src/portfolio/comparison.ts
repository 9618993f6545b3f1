import {
  CELL_FIGURES,
  type CellFigure,
  CLAIM_FIGURES,
  currencyOf,
  type PortfolioFigures,
} from './figures.js';
import type { LedgerEntry } from './payments-ledger.js';
import type { TableCell } from './portfolio-plan.js';

type Value = number | string | undefined;

const NOTHING = 'nothing';

/** One figure on which the sides do not agree. */
export interface Mismatch {
  /** `motor/1/<1l/<25 quotedPremium`, `fire/17 paid`, … */
  readonly where: string;
  /** Who says what: table (only where the tables themselves say it), agents, SQL, ledger. */
  readonly says: Readonly<Record<string, number | string>>;
}

export interface Sides {
  readonly table: readonly TableCell[];
  readonly agents: PortfolioFigures;
  readonly sql: PortfolioFigures;
  /** What the payment provider says it paid, by claim. */
  readonly ledger: ReadonlyMap<string, LedgerEntry>;
}

/** Every figure of every cell and claim that is not the same on all sides. */
export function compare(sides: Sides): Mismatch[] {
  return [...compareCells(sides), ...compareClaims(sides), ...compareLedger(sides)];
}

function compareCells({ table, agents, sql }: Sides): Mismatch[] {
  const byTable = new Map(table.map((cell) => [cell.cell, cell]));
  const cells = new Set([...byTable.keys(), ...agents.cells.keys(), ...sql.cells.keys()]);
  return [...cells].flatMap((cell) =>
    CELL_FIGURES.flatMap((figure) => {
      const said = tableFigure(byTable.get(cell), figure);
      const sides = [agents.cells.get(cell)?.[figure], sql.cells.get(cell)?.[figure]] as const;
      return mismatch(`${cell} ${figure}`, said, ...sides);
    }),
  );
}

/** What the table itself says of a figure: sizes, and the losses of the fires. */
function tableFigure(cell: TableCell | undefined, figure: CellFigure): number | undefined {
  switch (figure) {
    case 'customers':
    case 'quotes':
    case 'policies':
      return cell?.holders ?? 0;
    case 'claims':
      return cell?.claims ?? 0;
    case 'losses':
      return cell?.losses;
    default:
      return undefined;
  }
}

function mismatch(where: string, table: Value, agents: Value, sql: Value): Mismatch[] {
  const agree = agents === sql && (table === undefined || table === agents);
  if (agree) return [];
  const said = { agents: agents ?? NOTHING, SQL: sql ?? NOTHING };
  return [{ where, says: table === undefined ? said : { table, ...said } }];
}

function compareClaims({ agents, sql }: Sides): Mismatch[] {
  const names = new Set([...agents.claims.keys(), ...sql.claims.keys()]);
  return [...names].flatMap((name) =>
    CLAIM_FIGURES.flatMap((figure) =>
      mismatch(
        `${name} ${figure}`,
        undefined,
        agents.claims.get(name)?.[figure],
        sql.claims.get(name)?.[figure],
      ),
    ),
  );
}

/** Claim by claim, what left the bank: once and in full, or not at all. */
function compareLedger({ agents, sql, ledger }: Sides): Mismatch[] {
  const names = new Set([...ledger.keys(), ...sql.claims.keys()]);
  return [...names].flatMap((name) => {
    const paid = sql.claims.get(name)?.paid ?? 0;
    const expected = entryText(paid > 0 ? 1 : 0, paid, currencyOf(name));
    const found = ledger.get(name);
    const inLedger = found
      ? entryText(found.count, found.amount, found.currency ?? currencyOf(name))
      : 'unknown';
    if (inLedger === expected) return [];
    const byAgents = agents.claims.get(name)?.paid ?? NOTHING;
    return [{ where: `${name} payment`, says: { ledger: inLedger, agents: byAgents, SQL: expected } }];
  });
}

function entryText(count: number, amount: number, currency: string): string {
  return count === 0 ? 'no payment' : `${count} x ${amount} ${currency}`;
}
