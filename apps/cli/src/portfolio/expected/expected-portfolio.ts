import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CELL_FIGURES, type CellFigures, type ClaimFigures, type PortfolioFigures } from '../figures.js';
import type { PortfolioFiles } from '../portfolio-files.js';
import { dataLines } from '../portfolio-tables.js';

const PROGRAM = ['1-tables.sql', '2-premiums.sql', '3-claims.sql', '4-results.sql'] as const;

/**
 * What the agents must have made of the portfolio, computed by SQL in a database of its own. It shares no rule
 * with the agents: it knows the rating plan, the severities and the assumptions as data and the tables as rows.
 * @param share part of the tables, above 0 to 1
 */
export function expectedPortfolio(files: PortfolioFiles, share: number): PortfolioFigures {
  const database = new DatabaseSync(':memory:');
  try {
    const [tables, premiums, claims, results] = PROGRAM.map(sourceOf);
    database.exec(`${tables}${premiums}${claims}`);
    fill(database, files, share);
    database.exec(results ?? '');
    return { cells: cellsOf(database), claims: claimsOf(database) };
  } finally {
    database.close();
  }
}

function sourceOf(name: string): string {
  return readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
}

function fill(database: DatabaseSync, files: PortfolioFiles, share: number): void {
  database.prepare('INSERT INTO setting VALUES (?)').run(share);
  const motor = database.prepare('INSERT INTO motor_table VALUES (?, ?, ?, ?, ?, ?)');
  dataLines(files.motorTable).forEach((line, row) => motor.run(row, ...line.split(',')));
  const fire = database.prepare('INSERT INTO fire_table VALUES (?, ?)');
  dataLines(files.fireTable).forEach((line, row) => fire.run(row, line.trim()));
  const document = database.prepare('INSERT INTO document VALUES (?, ?)');
  document.run('rating-plan', files.ratingPlan);
  document.run('assumptions', files.assumptions);
  document.run('severities', files.severities);
}

function cellsOf(database: DatabaseSync): Map<string, CellFigures> {
  const rows = database.prepare('SELECT * FROM expected_cell').all();
  return new Map(
    rows.map((row) => [
      String(row['cell']),
      Object.fromEntries(CELL_FIGURES.map((figure) => [figure, Number(row[figure])])) as CellFigures,
    ]),
  );
}

function claimsOf(database: DatabaseSync): Map<string, ClaimFigures> {
  const rows = database.prepare('SELECT claim, loss, decision, reserved, paid FROM expected_claim').all();
  return new Map(
    rows.map(({ claim, loss, decision, reserved, paid }) => [
      String(claim),
      { loss: Number(loss), decision: String(decision), reserved: Number(reserved), paid: Number(paid) },
    ]),
  );
}
