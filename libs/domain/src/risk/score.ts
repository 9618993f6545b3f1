import type { HomeFacts, MotorFacts } from '@aika/contracts';
import { compare, divide } from '../money.js';
import { BONUS_MALUS } from './bonus-malus.js';
import { ageClassOf, FREQUENCY_UNITS, motorFrequencyUnits, type RatedFacts } from './rating-plan.js';

/** Everything that can be said to have raised a score. */
export const RISK_FACTORS = [
  'occupation_high_risk',
  'previous_claims',
  'young_driver',
  'high_powered_engine',
  'urban_district',
  'malus',
  'underinsured',
  'timber_construction',
] as const;
export type RiskFactor = (typeof RISK_FACTORS)[number];

/** Occupations that expose a car or a home more than most do, in normal form (`normalOccupation`). */
export const HIGH_RISK_OCCUPATIONS = [
  'bartender',
  'courier',
  'delivery_driver',
  'demolition_worker',
  'driving_instructor',
  'fireworks_maker',
  'professional_athlete',
  'racing_driver',
  'stunt_performer',
  'taxi_driver',
  'truck_driver',
] as const;

/** Points of the score; see `scoreCustomer` for how they add up. */
export const SCORE_PLAN = {
  /** Motor: points per expected claim and quarter, at most `frequencyMost`. */
  perExpectedClaim: 150,
  frequencyMost: 70,
  home: { BRICK: 15, STONE: 12, TIMBER: 35 },
  occupationHighRisk: 10,
  perPreviousClaim: 8,
  previousClaimsMost: 32,
  youngDriver: 5,
  /** Per 0.01 of bonus-malus above 1.00, in hundredths of a point. */
  perMalusHundredth: 20,
  underinsured: 10,
} as const;

export interface ScoringFacts {
  readonly rated: RatedFacts;
  readonly occupation?: string;
  readonly previousClaims: number;
  /** In hundredths: 100 is 1.00. */
  readonly bonusMalus: number;
}

export interface Score {
  /** Whole points, 0 (best) to 100 (worst). */
  readonly riskScore: number;
  readonly riskFactors: readonly RiskFactor[];
}

/**
 * The risk score, a whole number from 0 to 100, is the sum of
 * - motor: 150 points per expected claim and quarter, rounded half-up, at most 70; home: 15 brick, 12 stone,
 *   35 timber;
 * - 10 for a high-risk occupation; 8 per previous claim, at most 32; 5 for a driver under 25 (whose cells of
 *   the table are small, so that the estimate needs a margin); 0.2 per hundredth of bonus-malus above 1.00,
 *   cut to whole points; 10 for a home insured below its rebuilding cost.
 * It never falls when the expected frequency rises.
 */
export function scoreCustomer(facts: ScoringFacts): Score {
  const { rated } = facts;
  const own = 'motor' in rated ? motorPart(rated.motor) : homePart(rated.home);
  const shared = sharedPart(facts);
  const riskScore = Math.min(100, own.points + shared.points);
  const found = new Set([...own.factors, ...shared.factors]);
  return { riskScore, riskFactors: RISK_FACTORS.filter((factor) => found.has(factor)) };
}

/** Lower case with underscores, as `HIGH_RISK_OCCUPATIONS` are written: "Taxi driver" is `taxi_driver`. */
export function normalOccupation(occupation: string): string {
  return occupation
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}

interface Part {
  readonly points: number;
  readonly factors: readonly RiskFactor[];
}

function motorPart(motor: MotorFacts): Part {
  const exact = divide(
    motorFrequencyUnits(motor) * BigInt(SCORE_PLAN.perExpectedClaim),
    FREQUENCY_UNITS,
    'half-up',
  );
  const young = ageClassOf(motor.driverAge) === '<25';
  const factors: RiskFactor[] = [];
  if (young) factors.push('young_driver');
  if (motor.engine === '>2l') factors.push('high_powered_engine');
  if (motor.district === 4) factors.push('urban_district');
  const frequency = Math.min(SCORE_PLAN.frequencyMost, Number(exact));
  return { points: frequency + (young ? SCORE_PLAN.youngDriver : 0), factors };
}

function homePart(home: HomeFacts): Part {
  const factors: RiskFactor[] = [];
  const underinsured = home.rebuildingCost !== undefined && compare(home.sumInsured, home.rebuildingCost) < 0;
  if (home.construction === 'TIMBER') factors.push('timber_construction');
  if (underinsured) factors.push('underinsured');
  const points = SCORE_PLAN.home[home.construction] + (underinsured ? SCORE_PLAN.underinsured : 0);
  return { points, factors };
}

function sharedPart({ occupation, previousClaims, bonusMalus }: ScoringFacts): Part {
  const factors: RiskFactor[] = [];
  let points = Math.min(SCORE_PLAN.previousClaimsMost, previousClaims * SCORE_PLAN.perPreviousClaim);
  if (previousClaims > 0) factors.push('previous_claims');
  if (occupation !== undefined && isHighRisk(occupation)) {
    points += SCORE_PLAN.occupationHighRisk;
    factors.push('occupation_high_risk');
  }
  if (bonusMalus > BONUS_MALUS.start) {
    points += Math.floor(((bonusMalus - BONUS_MALUS.start) * SCORE_PLAN.perMalusHundredth) / 100);
    factors.push('malus');
  }
  return { points, factors };
}

function isHighRisk(occupation: string): boolean {
  return HIGH_RISK_OCCUPATIONS.some((known) => known === normalOccupation(occupation));
}
