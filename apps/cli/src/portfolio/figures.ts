import type { Currency } from '@aika/contracts';

/** What is compared of every cell, in the order of the report. Money in minor units of the cell's currency. */
export const CELL_FIGURES = [
  'customers',
  'quotes',
  'quotedPremium',
  'lowestPremium',
  'highestPremium',
  'policies',
  'boundPremium',
  'claims',
  'losses',
  'approved',
  'referred',
  'denied',
  'reserved',
  'payments',
  'paid',
] as const;
export type CellFigure = (typeof CELL_FIGURES)[number];

/** The figures of one cell: `motor/1/<1l/<25` or `fire/1-2 million`. */
export type CellFigures = Readonly<Record<CellFigure, number>>;

/** What is compared of every single claim. Money in minor units. */
export const CLAIM_FIGURES = ['loss', 'decision', 'reserved', 'paid'] as const;
export type ClaimFigure = (typeof CLAIM_FIGURES)[number];

/** One claim: `decision` is the first one, with its reasons, such as `denied: below_deductible`. */
export interface ClaimFigures {
  readonly loss: number;
  readonly decision: string;
  readonly reserved: number;
  readonly paid: number;
}

/** A whole portfolio as one side sees it, by cell and by claim (`motor/17`, `fire/3`). */
export interface PortfolioFigures {
  readonly cells: ReadonlyMap<string, CellFigures>;
  readonly claims: ReadonlyMap<string, ClaimFigures>;
}

/** A cell before anything happened. */
export function emptyCell(): Record<CellFigure, number> {
  return Object.fromEntries(CELL_FIGURES.map((figure) => [figure, 0])) as Record<CellFigure, number>;
}

/** Motor cells are in pounds, fires in kroner. */
export function currencyOf(cellOrClaim: string): Currency {
  return cellOrClaim.startsWith('motor/') ? 'GBP' : 'DKK';
}
