import type { ExposureCell, Factor } from './poisson-glm.js';

/** The columns of `data/motor_portfolio_1973.csv` that rate, with their levels; the first of each is the base. */
export const MOTOR_FACTORS: readonly Factor[] = [
  { name: 'engine', levels: ['<1l', '1-1.5l', '1.5-2l', '>2l'] },
  { name: 'age', levels: ['<25', '25-29', '30-35', '>35'] },
  { name: 'district', levels: ['1', '2', '3', '4'] },
];

const HEADER = 'district,engine,age,holders,claims';

/** The text is not the motor table. */
export class MotorTableError extends Error {
  override readonly name = 'MotorTableError';
  readonly code = 'MOTOR_TABLE';
  readonly retriable = false;
}

/**
 * Reads the motor table: policyholders exposed and claims made in one quarter, a row per cell.
 * @throws MotorTableError naming the line that is not as expected
 */
export function parseMotorTable(csv: string): ExposureCell[] {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  if (header !== HEADER) throw new MotorTableError(`expected the header ${HEADER}`);
  return lines.map((line, index) => {
    const [district, engine, age, holders, claims, ...rest] = line.split(',');
    const cell = { exposure: Number(holders), count: Number(claims) };
    const complete = district && engine && age && rest.length === 0;
    if (!complete || !Number.isInteger(cell.exposure) || !Number.isInteger(cell.count)) {
      throw new MotorTableError(`line ${index + 2} is not ${HEADER}: ${line}`);
    }
    return { ...cell, levels: { district, engine, age } };
  });
}
