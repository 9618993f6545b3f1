import type { Cover, HomeFacts, Money, MotorFacts, RatingStep } from '@aika/contracts';
import { divide, MoneyRangeError } from '../money.js';
import { motorRelativities, type RatedFacts } from '../risk/rating-plan.js';
import { MOTOR_LIMIT, standardDeductible } from './products.js';
import { bandFactor, coverFactor, TARIFF } from './tariff.js';

/** Everything that a premium hangs on. */
export interface PremiumFacts {
  readonly rated: RatedFacts;
  readonly cover: Cover;
  /** In hundredths: 100 is 1.00. Rates motor only. */
  readonly bonusMalus: number;
  /** 0 to 100. */
  readonly riskScore: number;
}

export interface RatedPremium {
  /** A year. */
  readonly premium: Money;
  /** Each factor with the premium after it, rounded for the reader; the product itself is rounded once. */
  readonly rating: readonly RatingStep[];
}

/** `value / scale`, both integers. */
interface Factor {
  readonly step: string;
  readonly value: number;
  readonly scale: number;
}

/**
 * The annual premium: base × factors, computed exactly and rounded half-up once.
 * Motor: base × engine × age × district × perils × limit × deductible × score loading × bonus-malus.
 * Home: sum insured × rate of the construction × perils × deductible × score loading.
 */
export function ratePremium(facts: PremiumFacts): RatedPremium {
  return 'motor' in facts.rated ? rateMotor(facts.rated.motor, facts) : rateHome(facts.rated.home, facts);
}

function rateMotor(motor: MotorFacts, facts: PremiumFacts): RatedPremium {
  const { engine, age, district } = motorRelativities(motor);
  const limitPercent = Math.floor((facts.cover.limit.amount * 100) / MOTOR_LIMIT.standard);
  const base: Money = { amount: TARIFF.motor.basePremium, currency: TARIFF.motor.currency };
  return multiplyOut(base, [
    { step: 'base', value: 1, scale: 1 },
    perMille('engine', engine),
    perMille('age', age),
    perMille('district', district),
    perMille('perils', coverFactor(TARIFF.motor.perils, facts.cover.perils)),
    perMille('limit', bandFactor(TARIFF.motor.limits, limitPercent)),
    deductibleFactor('MOTOR', facts.cover),
    scoreLoading(facts.riskScore),
    { step: 'bonus_malus', value: facts.bonusMalus, scale: 100 },
  ]);
}

function rateHome(home: HomeFacts, facts: PremiumFacts): RatedPremium {
  const rate = TARIFF.home.ratePerHundredThousand[home.construction];
  return multiplyOut(home.sumInsured, [
    { step: 'base', value: rate, scale: 100_000 },
    perMille('perils', coverFactor(TARIFF.home.perils, facts.cover.perils)),
    deductibleFactor('HOME', facts.cover),
    scoreLoading(facts.riskScore),
  ]);
}

function deductibleFactor(product: 'MOTOR' | 'HOME', { deductible }: Cover): Factor {
  const standard = standardDeductible(product, deductible.currency);
  const percent = Math.floor((deductible.amount * 100) / standard.amount);
  return perMille('deductible', bandFactor(TARIFF.deductibles, percent));
}

function scoreLoading(riskScore: number): Factor {
  return perMille('risk_score', bandFactor(TARIFF.scoreLoadings, riskScore));
}

function perMille(step: string, value: number): Factor {
  return { step, value, scale: 1000 };
}

function multiplyOut(base: Money, factors: readonly Factor[]): RatedPremium {
  let [numerator, denominator] = [BigInt(base.amount), 1n];
  let premium = base;
  const rating = factors.map(({ step, value, scale }) => {
    numerator *= BigInt(value);
    denominator *= BigInt(scale);
    premium = { amount: minorUnits(divide(numerator, denominator, 'half-up')), currency: base.currency };
    return { step, factor: decimalText(value, scale), premium };
  });
  return { premium, rating };
}

/** Such as 1.175 for 1175 of 1000; integers only, so no binary fraction shows. */
function decimalText(value: number, scale: number): string {
  const places = String(scale).length - 1;
  if (places === 0) return String(value);
  const digits = String(value).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function minorUnits(amount: bigint): number {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER))
    throw new MoneyRangeError(`${amount} does not fit minor units`);
  return Number(amount);
}
