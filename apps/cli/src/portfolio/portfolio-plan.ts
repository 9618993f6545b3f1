import type { Currency, HomeFacts, Money, MotorFacts, Peril, RequestedCover } from '@aika/contracts';
import type { MotorRow, PortfolioTables } from './portfolio-tables.js';

export interface PlannedClaim {
  /** How both sides of the comparison name it: `motor/17`, `fire/3`. */
  readonly name: string;
  readonly claimId: string;
  readonly cause: Peril;
  readonly loss: Money;
  readonly lossAt: string;
  readonly reportedAt: string;
}

export interface Policyholder {
  readonly customerId: string;
  readonly cell: string;
  readonly facts: { readonly motor: MotorFacts } | { readonly home: HomeFacts };
  readonly requestedCover?: RequestedCover;
  readonly claim?: PlannedClaim;
}

/** What one cell must contain by the tables alone; `losses` where the table values them (minor units). */
export interface TableCell {
  readonly cell: string;
  readonly holders: number;
  readonly claims: number;
  readonly losses?: number;
}

export interface PortfolioPlan {
  /** Every customer of the replay has this prefix, and nobody else. */
  readonly prefix: string;
  readonly effectiveFrom: string;
  readonly policyholders: readonly Policyholder[];
  readonly cells: readonly TableCell[];
}

export interface PlanOptions {
  /** Part of the tables that is replayed, above 0 to 1. */
  readonly share: number;
  /** Tells this replay from others on the same cluster; lower-case letters and digits. */
  readonly runId: string;
  /** The present, milliseconds since 1970 UTC. */
  readonly now: number;
}

const DAY_MS = 86_400_000;

/** Who is replayed, with which claim and when, from the tables and a share. The same input, the same plan. */
export function planPortfolio(tables: PortfolioTables, options: PlanOptions): PortfolioPlan {
  const prefix = `pf-${options.runId}-`;
  const { inceptionDaysAgo } = tables.assumptions.dates;
  const inception = Math.floor(options.now / DAY_MS) * DAY_MS - inceptionDaysAgo * DAY_MS;
  const planning = { tables, share: options.share, prefix, inception };
  const [motor, fires] = [planMotor(planning), planFires(planning)];
  return {
    prefix,
    effectiveFrom: utc(inception),
    policyholders: [...motor.policyholders, ...fires.policyholders],
    cells: [...motor.cells, ...fires.cells],
  };
}

interface Planning {
  readonly tables: PortfolioTables;
  readonly share: number;
  readonly prefix: string;
  /** Milliseconds since 1970 UTC. */
  readonly inception: number;
}

type PartialPlan = Pick<PortfolioPlan, 'policyholders' | 'cells'>;

function planMotor(planning: Planning): PartialPlan {
  const policyholders: Policyholder[] = [];
  const cells: TableCell[] = [];
  let claimsBefore = 0;
  planning.tables.motor.forEach((row, index) => {
    const cell = `motor/${row.district}/${row.engine}/${row.age}`;
    const holders = Math.max(1, Math.round(row.holders * planning.share));
    const claims = Math.min(holders, Math.round(row.claims * planning.share));
    for (let n = 1; n <= holders; n++) {
      const customerId = `${planning.prefix}m${index + 1}-${n}`;
      const claim = n <= claims ? motorClaim(planning, customerId, claimsBefore + n) : undefined;
      policyholders.push({ customerId, cell, facts: { motor: motorFacts(planning.tables, row) }, claim });
    }
    cells.push({ cell, holders, claims });
    claimsBefore += claims;
  });
  return { policyholders, cells };
}

function motorFacts({ assumptions }: PortfolioTables, row: MotorRow): MotorFacts {
  return { district: row.district, engine: row.engine, driverAge: assumptions.motor.driverAge[row.age] };
}

function motorClaim(planning: Planning, customerId: string, number: number): PlannedClaim {
  const { severities, assumptions } = planning.tables;
  const amount = severities[(number - 1) % severities.length] ?? 0;
  const { cause, currency } = assumptions.motor;
  return claimOf(planning, { name: `motor/${number}`, number, customerId, cause, amount, currency });
}

function planFires(planning: Planning): PartialPlan {
  const { fires, assumptions } = planning.tables;
  const kept = Math.max(1, Math.round(fires.length * planning.share));
  const { cause, currency } = assumptions.home;
  const policyholders = fires.flatMap((amount, row) => {
    if (!isKept(row, fires.length, kept)) return [];
    const number = row + 1;
    const customerId = `${planning.prefix}f${number}`;
    return {
      customerId,
      cell: `fire/${bandOf(amount, assumptions.home.lossBands)}`,
      ...homeWish(planning.tables),
      claim: claimOf(planning, { name: `fire/${number}`, number, customerId, cause, amount, currency }),
    };
  });
  return { policyholders, cells: fireCells(policyholders) };
}

/** Every n-th row, as evenly as whole rows allow. */
function isKept(row: number, rows: number, kept: number): boolean {
  return Math.floor(((row + 1) * kept) / rows) > Math.floor((row * kept) / rows);
}

function bandOf(amount: number, bands: readonly { readonly name: string; readonly from: number }[]): string {
  return bands.findLast(({ from }) => from <= amount)?.name ?? 'outside every band';
}

function homeWish({ assumptions }: PortfolioTables): Pick<Policyholder, 'facts' | 'requestedCover'> {
  const { construction, currency, sumInsured, perils, limit, deductible } = assumptions.home;
  const money = (amount: number): Money => ({ amount, currency });
  const home = { construction, sumInsured: money(sumInsured), rebuildingCost: money(sumInsured) };
  return {
    facts: { home },
    requestedCover: { perils, limit: money(limit), deductible: money(deductible) },
  };
}

function fireCells(policyholders: readonly Policyholder[]): TableCell[] {
  const cells = new Map<string, TableCell & { losses: number }>();
  for (const { cell, claim } of policyholders) {
    const { holders = 0, losses = 0 } = cells.get(cell) ?? {};
    const count = holders + 1;
    cells.set(cell, { cell, holders: count, claims: count, losses: losses + (claim?.loss.amount ?? 0) });
  }
  return [...cells.values()].sort((a, b) => a.cell.localeCompare(b.cell, 'en', { numeric: true }));
}

interface ClaimFacts {
  readonly name: string;
  readonly number: number;
  readonly customerId: string;
  readonly cause: Peril;
  readonly amount: number;
  readonly currency: Currency;
}

/** Losses are spread over the quarter, long enough after inception to be no sign of fraud. */
function claimOf({ tables, inception }: Planning, facts: ClaimFacts): PlannedClaim {
  const { firstLossDay, lossDays, lossDayStep, reportedAfterDays } = tables.assumptions.dates;
  const day = firstLossDay + ((facts.number * lossDayStep) % lossDays);
  const noon = inception + (day + 0.5) * DAY_MS;
  return {
    name: facts.name,
    claimId: `clm-${facts.customerId}`,
    cause: facts.cause,
    loss: { amount: facts.amount, currency: facts.currency },
    lossAt: utc(noon),
    reportedAt: utc(noon + reportedAfterDays * DAY_MS),
  };
}

function utc(millis: number): string {
  return new Date(millis).toISOString().replace('.000Z', 'Z');
}
