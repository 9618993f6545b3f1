import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { District, Engine } from '@aika/contracts';
import { MOTOR_FACTORS, MotorTableError, parseMotorTable } from './motor-table.js';
import { fitPoisson, PoissonFitError } from './poisson-glm.js';
import { AGE_CLASSES, expectedClaimsPerQuarter, FREQUENCY_PLAN } from './rating-plan.js';

const table = readFileSync(new URL('../../../../data/motor_portfolio_1973.csv', import.meta.url), 'utf8');
const cells = parseMotorTable(table);

describe('the Poisson fit of the motor table', () => {
  const fit = fitPoisson(cells, MOTOR_FACTORS);
  const relativity = (factor: string, level: string) => fit.relativities[factor]?.[level];

  it('reads 64 cells with 23,359 policyholders and 3,151 claims', () => {
    expect(cells).toHaveLength(64);
    expect(cells.reduce((sum, { exposure }) => sum + exposure, 0)).toBe(23_359);
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(3151);
  });

  it('leaves a residual deviance of 51.4 on 54 degrees of freedom', () => {
    expect(Math.abs(fit.residualDeviance - 51.4)).toBeLessThan(0.05);
    expect(fit.degreesOfFreedom).toBe(54);
  });

  it('finds 0.162 claims per policyholder and quarter at the base levels', () => {
    expect(fit.base).toBeCloseTo(0.162, 3);
  });

  it.each([
    ['engine', '<1l', 1],
    ['engine', '1-1.5l', 1.18],
    ['engine', '1.5-2l', 1.48],
    ['engine', '>2l', 1.76],
    ['age', '<25', 1],
    ['age', '25-29', 0.83],
    ['age', '30-35', 0.71],
    ['age', '>35', 0.58],
    ['district', '1', 1],
    ['district', '2', 1.03],
    ['district', '3', 1.04],
    ['district', '4', 1.26],
  ])('gives %s %s the relativity %d', (factor, level, expected) => {
    expect(Math.abs((relativity(factor, level) ?? 0) - expected)).toBeLessThan(0.006);
  });

  it('is what the published plan says, in per mille', () => {
    const { basePerTenThousand, ...published } = FREQUENCY_PLAN.motor;
    expect(Math.round(fit.base * 10_000)).toBe(basePerTenThousand);
    for (const [factor, levels] of Object.entries(published)) {
      for (const [level, perMille] of Object.entries(levels)) {
        expect([factor, level, Math.round((relativity(factor, level) ?? 0) * 1000)]).toEqual([
          factor,
          level,
          perMille,
        ]);
      }
    }
  });

  it('reproduces the claims of each level of each factor, as maximum likelihood must', () => {
    for (const { name, levels } of MOTOR_FACTORS) {
      for (const level of levels) {
        const own = cells.filter((cell) => cell.levels[name] === level);
        const expected = own.reduce((sum, cell) => sum + cell.exposure * frequencyOf(cell.levels), 0);
        const claims = own.reduce((sum, { count }) => sum + count, 0);
        expect(Math.abs(expected / claims - 1)).toBeLessThan(0.001);
      }
    }
  });

  it('refuses an unknown level and factors that say the same', () => {
    expect(() => fitPoisson([{ exposure: 1, count: 1, levels: { engine: '9l' } }], MOTOR_FACTORS)).toThrow(
      PoissonFitError,
    );
    const [engine] = MOTOR_FACTORS;
    if (!engine) throw new Error('no factor');
    expect(() => fitPoisson(cells, [engine, engine])).toThrow(PoissonFitError);
  });
});

describe('the motor table', () => {
  it('is refused with the line that is wrong', () => {
    expect(() => parseMotorTable('a,b\n1,2')).toThrow(MotorTableError);
    expect(() => parseMotorTable('district,engine,age,holders,claims\n1,<1l,<25,many,2')).toThrow(/line 2/);
  });
});

/** By the published plan, with an age in the middle of the class. */
function frequencyOf(levels: Readonly<Record<string, string>>): number {
  const driverAge = { '<25': 20, '25-29': 27, '30-35': 33, '>35': 50 }[
    levels['age'] as (typeof AGE_CLASSES)[number]
  ];
  return expectedClaimsPerQuarter({
    motor: {
      district: Number(levels['district']) as District,
      engine: levels['engine'] as Engine,
      driverAge,
    },
  });
}
