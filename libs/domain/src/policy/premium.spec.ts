import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Cover, District, MotorFacts } from '@aika/contracts';
import { ENGINES, MOTOR_PERILS } from '@aika/contracts';
import fc from 'fast-check';
import { AGE_CLASSES, type RatedFacts } from '../risk/rating-plan.js';
import { coverWith, standardCover } from './cover-rules.js';
import { ratePremium, type PremiumFacts } from './premium.js';
import { PUBLISHED_RATING_PLAN } from './published-plan.js';
import { bandFactor, TARIFF } from './tariff.js';

const motor: MotorFacts = { district: 1, engine: '1-1.5l', driverAge: 40 };
const home = { construction: 'BRICK', sumInsured: { amount: 50_000_000, currency: 'DKK' } } as const;

function premiumOf(rated: RatedFacts, changes: Partial<Omit<PremiumFacts, 'rated'>> = {}): number {
  return ratePremium({ rated, cover: standardCover(rated), bonusMalus: 100, riskScore: 0, ...changes })
    .premium.amount;
}

const gbp = (amount: number) => ({ amount, currency: 'GBP' }) as const;

describe('the annual premium', () => {
  it('of a motor policy is the base times the relativities, rounded once', () => {
    // 64680 × 1.175 × 0.585 × 1 = 44459.415
    expect(premiumOf({ motor })).toBe(44_459);
    expect(premiumOf({ motor: { district: 1, engine: '<1l', driverAge: 20 } })).toBe(64_680);
  });

  it('tells each step with the premium after it', () => {
    const { premium, rating } = ratePremium({
      rated: { motor },
      cover: standardCover({ motor }),
      bonusMalus: 95,
      riskScore: 26,
    });
    expect(rating.map(({ step, factor }) => `${step} ${factor}`)).toEqual([
      'base 1',
      'engine 1.175',
      'age 0.585',
      'district 1.000',
      'perils 1.000',
      'limit 1.000',
      'deductible 1.000',
      'risk_score 1.030',
      'bonus_malus 0.95',
    ]);
    expect(rating.at(-1)?.premium).toEqual(premium);
    expect(premium).toEqual(gbp(43_504)); // 44459.415 × 1.03 × 0.95 = 43503.54
  });

  it('of a home policy is the sum insured times the rate of the construction', () => {
    expect(premiumOf({ home })).toBe(60_000);
    expect(premiumOf({ home: { ...home, construction: 'TIMBER' } }, { riskScore: 45 })).toBe(127_200);
    expect(
      ratePremium({ rated: { home }, cover: standardCover({ home }), bonusMalus: 100, riskScore: 0 }).premium
        .currency,
    ).toBe('DKK');
  });

  it('costs less with fewer perils, a lower limit or a higher deductible, and more the other way', () => {
    const cover = (wish: Partial<Cover>) => coverWith(standardCover({ motor }), wish);
    const standard = premiumOf({ motor });
    expect(premiumOf({ motor }, { cover: cover({ perils: ['LIABILITY', 'FIRE'] }) })).toBe(15_561);
    expect(premiumOf({ motor }, { cover: cover({ limit: gbp(2_500_000) }) })).toBeLessThan(standard);
    expect(premiumOf({ motor }, { cover: cover({ limit: gbp(10_000_000) }) })).toBeGreaterThan(standard);
    expect(premiumOf({ motor }, { cover: cover({ deductible: gbp(50_000) }) })).toBeLessThan(standard);
    expect(premiumOf({ motor }, { cover: cover({ deductible: gbp(0) }) })).toBeGreaterThan(standard);
  });

  it('never falls when bonus-malus or score rise', () => {
    const anyMotor = fc.record({
      district: fc.constantFrom<District>(1, 2, 3, 4),
      engine: fc.constantFrom(...ENGINES),
      driverAge: fc.integer({ min: 17, max: 110 }),
    });
    const two = (most: number, least = 0) =>
      fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));
    fc.assert(
      fc.property(anyMotor, two(350, 50), two(94), (facts, malus, scores) => {
        const low = premiumOf(
          { motor: facts },
          { bonusMalus: Math.min(...malus), riskScore: Math.min(...scores) },
        );
        const high = premiumOf(
          { motor: facts },
          { bonusMalus: Math.max(...malus), riskScore: Math.max(...scores) },
        );
        expect(high).toBeGreaterThanOrEqual(low);
      }),
    );
  });
});

describe('the published rating plan', () => {
  const file = readFileSync(new URL('../../../../data/rating-plan.json', import.meta.url), 'utf8');

  it('in data/rating-plan.json is the one that the agents use', () => {
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(PUBLISHED_RATING_PLAN)));
  });

  it('is enough for a program with 64-bit integers to reproduce every cell of the motor table', () => {
    const { frequency, tariff, score } = JSON.parse(file) as typeof PUBLISHED_RATING_PLAN;
    const relativities = frequency.motor;
    const ages = { '<25': 20, '25-29': 27, '30-35': 33, '>35': 50 };
    for (const district of [1, 2, 3, 4] as const) {
      for (const engine of ENGINES) {
        for (const age of AGE_CLASSES) {
          const product =
            BigInt(relativities.engine[engine]) *
            BigInt(relativities.age[age]) *
            BigInt(relativities.district[`${district}`]);
          const exact = BigInt(relativities.basePerTenThousand) * product * BigInt(score.perExpectedClaim);
          const points =
            Number((exact + 5n * 10n ** 12n) / 10n ** 13n) + (age === '<25' ? score.youngDriver : 0);
          const loaded =
            BigInt(tariff.motor.basePremium) * product * BigInt(bandFactor(tariff.scoreLoadings, points));
          expect(loaded < 2n ** 63n).toBe(true);
          const premium = Number((loaded + 5n * 10n ** 11n) / 10n ** 12n);
          expect(
            premiumOf({ motor: { district, engine, driverAge: ages[age] } }, { riskScore: points }),
          ).toBe(premium);
        }
      }
    }
  });

  it('shares the standard premium out completely among the standard perils', () => {
    const sum = (shares: Record<string, number>, perils: readonly string[]) =>
      perils.reduce((total, peril) => total + (shares[peril] ?? 0), 0);
    expect(sum(TARIFF.motor.perils, MOTOR_PERILS)).toBe(1000);
    expect(sum(TARIFF.home.perils, standardCover({ home }).perils)).toBe(1000);
  });
});
