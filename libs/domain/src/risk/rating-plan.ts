import type { Construction, District, Engine, HomeFacts, MotorFacts } from '@aika/contracts';

/** Age classes of the motor table. */
export const AGE_CLASSES = ['<25', '25-29', '30-35', '>35'] as const;
export type AgeClass = (typeof AGE_CLASSES)[number];

/**
 * The published frequency plan. Motor: the Poisson fit of `data/motor_portfolio_1973.csv` (see
 * `tools/rating/fit-motor-glm.mjs`), rounded to integers so that any program computes the same to the last
 * digit. Home: an assumption of this product, there being no exposure data for it.
 */
export const FREQUENCY_PLAN = {
  motor: {
    /** Expected claims per policyholder and quarter at the base levels, in 1/10,000. */
    basePerTenThousand: 1617,
    /** Relativities in per mille. */
    engine: { '<1l': 1000, '1-1.5l': 1175, '1.5-2l': 1481, '>2l': 1757 } satisfies Record<Engine, number>,
    age: { '<25': 1000, '25-29': 826, '30-35': 708, '>35': 585 } satisfies Record<AgeClass, number>,
    district: { '1': 1000, '2': 1026, '3': 1039, '4': 1264 } satisfies Record<`${District}`, number>,
  },
  home: {
    /** Expected claims per policy and quarter, in 1/10,000. */
    perTenThousand: { BRICK: 100, STONE: 90, TIMBER: 180 } satisfies Record<Construction, number>,
  },
} as const;

/** The denominator of `motorFrequencyUnits`. */
export const FREQUENCY_UNITS = 10_000n * 1000n ** 3n;

/** The class of the motor table that a driver's age in years falls in. */
export function ageClassOf(driverAge: number): AgeClass {
  if (driverAge < 25) return '<25';
  if (driverAge < 30) return '25-29';
  return driverAge <= 35 ? '30-35' : '>35';
}

/** The three motor relativities in per mille. */
export function motorRelativities(facts: MotorFacts): { engine: number; age: number; district: number } {
  const plan = FREQUENCY_PLAN.motor;
  return {
    engine: plan.engine[facts.engine],
    age: plan.age[ageClassOf(facts.driverAge)],
    district: plan.district[`${facts.district}`],
  };
}

/** Expected claims per policyholder and quarter, exact, as a multiple of 1 / `FREQUENCY_UNITS`. */
export function motorFrequencyUnits(facts: MotorFacts): bigint {
  const { engine, age, district } = motorRelativities(facts);
  return BigInt(FREQUENCY_PLAN.motor.basePerTenThousand) * BigInt(engine) * BigInt(age) * BigInt(district);
}

/** What frequency is rated by: exactly one product's facts. */
export type RatedFacts = { readonly motor: MotorFacts } | { readonly home: HomeFacts };

/** Expected claims of one policy in one quarter, rounded to six decimals. */
export function expectedClaimsPerQuarter(facts: RatedFacts): number {
  const exact =
    'motor' in facts
      ? Number(motorFrequencyUnits(facts.motor)) / Number(FREQUENCY_UNITS)
      : FREQUENCY_PLAN.home.perTenThousand[facts.home.construction] / 10_000;
  return Math.round(exact * 1e6) / 1e6;
}
