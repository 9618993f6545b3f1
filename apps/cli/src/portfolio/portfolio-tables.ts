import type { Construction, Currency, District, Engine, Peril } from '@aika/contracts';
import { DISTRICTS, ENGINES } from '@aika/contracts';
import { PlatformError } from '@aika/testing';
import type { PortfolioFiles } from './portfolio-files.js';

export type AgeClass = '<25' | '25-29' | '30-35' | '>35';

/** One row of the motor table: policyholders exposed and claims made in a quarter. */
export interface MotorRow {
  readonly district: District;
  readonly engine: Engine;
  readonly age: AgeClass;
  readonly holders: number;
  readonly claims: number;
}

/** `data/portfolio-assumptions.json`; money in minor units. */
export interface Assumptions {
  readonly dates: {
    readonly inceptionDaysAgo: number;
    readonly firstLossDay: number;
    readonly lossDays: number;
    readonly lossDayStep: number;
    readonly reportedAfterDays: number;
  };
  readonly motor: AssumedCover & { readonly driverAge: Readonly<Record<AgeClass, number>> };
  readonly home: AssumedCover & {
    readonly construction: Construction;
    readonly sumInsured: number;
    /** Ascending; a loss belongs to the last band that begins at or below it. */
    readonly lossBands: readonly { readonly name: string; readonly from: number }[];
  };
}

interface AssumedCover {
  readonly currency: Currency;
  readonly perils: readonly Peril[];
  readonly limit: number;
  readonly deductible: number;
  readonly cause: Peril;
}

/** The portfolio as the replay reads it. */
export interface PortfolioTables {
  readonly motor: readonly MotorRow[];
  /** Øre, in order of occurrence. */
  readonly fires: readonly number[];
  /** Pence. */
  readonly severities: readonly number[];
  readonly assumptions: Assumptions;
}

/** @throws PlatformError `SETTING_INVALID` that names the file and line that is not as expected */
export function parsePortfolio(files: PortfolioFiles): PortfolioTables {
  const severities = JSON.parse(files.severities) as { readonly minorUnits: readonly number[] };
  return {
    motor: dataLines(files.motorTable).map(motorRow),
    fires: dataLines(files.fireTable).map(fireLoss),
    severities: severities.minorUnits,
    assumptions: JSON.parse(files.assumptions) as Assumptions,
  };
}

/** The lines below the heading. */
export function dataLines(csv: string): string[] {
  return csv.trim().split(/\r?\n/).slice(1);
}

const AGE_CLASSES: readonly AgeClass[] = ['<25', '25-29', '30-35', '>35'];

function motorRow(line: string, index: number): MotorRow {
  const [districtText, engineText, ageText, holdersText, claimsText] = line.split(',');
  const district = DISTRICTS.find((known) => String(known) === districtText);
  const engine = ENGINES.find((known) => known === engineText);
  const age = AGE_CLASSES.find((known) => known === ageText);
  const [holders, claims] = [Number(holdersText), Number(claimsText)];
  if (!district || !engine || !age || !Number.isInteger(holders) || !Number.isInteger(claims)) {
    throw unreadable('motor_portfolio_1973.csv', index, line);
  }
  // One claim per policyholder: a cell with more claims than people could not be replayed.
  if (claims > holders) throw unreadable('motor_portfolio_1973.csv', index, line);
  return { district, engine, age, holders, claims };
}

/** `1.683748` million kroner are 168,374,800 øre; read by digits, because a float could be an øre off. */
function fireLoss(line: string, index: number): number {
  const digits = /^(\d+)(?:\.(\d{1,8}))?$/.exec(line.trim());
  if (!digits) throw unreadable('danish_fire_losses_1980_1990.csv', index, line);
  const [, whole = '', decimals = ''] = digits;
  return Number(whole + decimals.padEnd(8, '0'));
}

function unreadable(file: string, index: number, line: string): PlatformError {
  return new PlatformError('SETTING_INVALID', `data/${file}, line ${index + 2} cannot be replayed: ${line}`);
}
