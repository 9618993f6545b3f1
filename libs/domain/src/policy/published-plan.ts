import { FREQUENCY_PLAN } from '../risk/rating-plan.js';
import { SCORE_PLAN } from '../risk/score.js';
import { MOTOR_LIMIT, STANDARD_DEDUCTIBLE } from './products.js';
import { TARIFF } from './tariff.js';

/**
 * Everything that another program needs to compute the same scores and premiums, as data: what
 * `data/rating-plan.json` holds.
 */
export const PUBLISHED_RATING_PLAN = {
  about:
    'Premiums are products of these integers, computed exactly and rounded half-up once. ' +
    'Motor: tariff.motor.basePremium x engine x age x district x perils x limit x deductible x score loading ' +
    '(each / 1000) x bonus-malus (hundredths / 100). Home: sumInsured x ratePerHundredThousand / 100000 x ' +
    'perils x deductible x score loading (each / 1000). A band holds from its value up to the next one; ' +
    'limits and deductibles are looked up in whole per cent (cut) of the standard ones. The motor frequency ' +
    'is basePerTenThousand / 10000 x engine x age x district / 1000^3 claims a quarter; its score points are ' +
    'that x perExpectedClaim, rounded half-up, at most frequencyMost, plus youngDriver under 25.',
  frequency: FREQUENCY_PLAN,
  score: SCORE_PLAN,
  tariff: TARIFF,
  standardMotorLimit: MOTOR_LIMIT.standard,
  standardDeductible: STANDARD_DEDUCTIBLE,
} as const;
