import { describe, expect, it } from '@jest/globals';
import type { CustomerAssessmentRequestPayload, District, MotorFacts } from '@aika/contracts';
import { ENGINES } from '@aika/contracts';
import fc from 'fast-check';
import { specify } from '../testing.js';
import { assessCustomer, riskAssessmentDecider, type AssessCustomer } from './assessment.js';
import { expectedClaimsPerQuarter } from './rating-plan.js';
import { RISK_FACTORS, scoreCustomer } from './score.js';

const motor: MotorFacts = { district: 1, engine: '1-1.5l', driverAge: 40 };
const home = { construction: 'BRICK', sumInsured: { amount: 50_000_000, currency: 'DKK' } } as const;

function request(data: Partial<CustomerAssessmentRequestPayload> = {}, id = 'msg-1'): AssessCustomer {
  return {
    type: 'CUSTOMER_ASSESSMENT_REQUEST',
    id,
    at: '2026-11-22T10:00:00Z',
    actor: 'test',
    data: { customerId: 'c1', motor, ...data },
  };
}

function completed(data: Partial<CustomerAssessmentRequestPayload> = {}) {
  const event = assessCustomer(request(data));
  if (event.type !== 'RISK_ASSESSMENT_COMPLETED') throw new Error(event.data.detail);
  return event;
}

describe('a customer assessment', () => {
  it('answers with score, factors, recommendations and the facts that the quote needs', () => {
    expect(completed({ effectiveFrom: '2026-12-01T00:00:00Z' })).toEqual({
      type: 'RISK_ASSESSMENT_COMPLETED',
      data: {
        customerId: 'c1',
        assessmentId: 'asm-1',
        purpose: 'QUOTE',
        product: 'MOTOR',
        motor,
        riskScore: 17,
        riskFactors: [],
        recommendations: ['standard_terms'],
        previousClaims: 0,
        bonusMalus: 1,
        expectedClaimsPerQuarter: 0.111149,
        effectiveFrom: '2026-12-01T00:00:00Z',
        bookTransfer: false,
      },
    });
  });

  it('adds occupation and previous claims and recommends more cover for more premium', () => {
    const { data } = completed({ occupation: 'Taxi driver', previousClaims: 1 });
    expect(data.riskScore).toBe(17 + 10 + 8);
    expect(data.riskFactors).toEqual(['occupation_high_risk', 'previous_claims']);
    expect(data.recommendations).toEqual(['additional_coverage', 'higher_premium']);
  });

  it('counts at most four previous claims and recommends a higher deductible from two', () => {
    expect(completed({ previousClaims: 2 }).data.recommendations).toContain('higher_deductible');
    expect(completed({ previousClaims: 4 }).data.riskScore).toBe(17 + 32);
    expect(completed({ previousClaims: 400 }).data.riskScore).toBe(17 + 32);
  });

  it('names young driver, strong engine, large city and malus', () => {
    const young: MotorFacts = { district: 4, engine: '>2l', driverAge: 19 };
    const { data } = completed({ motor: young, bonusMalus: 1.25 });
    expect(data.riskFactors).toEqual(['young_driver', 'high_powered_engine', 'urban_district', 'malus']);
    expect(data.riskScore).toBe(54 + 5 + 5);
  });

  it('names timber and underinsurance of a home and recommends a higher sum insured', () => {
    const facts = {
      ...home,
      construction: 'TIMBER',
      rebuildingCost: { amount: 60_000_000, currency: 'DKK' },
    } as const;
    const { data } = completed({ product: 'HOME', home: facts });
    expect(data.riskFactors).toEqual(['underinsured', 'timber_construction']);
    expect(data.riskScore).toBe(35 + 10);
    expect(data.recommendations).toEqual(['higher_premium', 'increase_sum_insured']);
    expect(data.motor).toBeUndefined();
  });

  it.each([
    ['motor_facts_missing', { motor: undefined }],
    ['home_facts_missing', { product: 'HOME' }],
    [
      'sum_insured_missing',
      { product: 'HOME', home: { ...home, sumInsured: { amount: 0, currency: 'DKK' } } },
    ],
    [
      'currency_mismatch',
      { product: 'HOME', home: { ...home, rebuildingCost: { amount: 1, currency: 'GBP' } } },
    ],
  ] as const)('refuses with %s', (code, data) => {
    specify(riskAssessmentDecider).when(request(data)).thenRejected(code);
  });

  it('stays quiet when asked again, and refuses other facts under the same id', () => {
    const given = specify(riskAssessmentDecider).given(completed({ assessmentId: 'asm-9' }));
    given.when(request({ assessmentId: 'asm-9' }, 'msg-2')).thenNothing();
    given
      .when(request({ assessmentId: 'asm-9', previousClaims: 1 }, 'msg-2'))
      .thenRejected('assessment_exists');
  });

  it('is made when it was refused before', () => {
    const [refusal] = specify(riskAssessmentDecider)
      .when(request({ motor: undefined }))
      .outcome().events;
    if (!refusal) throw new Error('no refusal');
    specify(riskAssessmentDecider).given(refusal).when(request()).then(completed());
  });
});

describe('the risk score', () => {
  const anyMotor = fc.record({
    district: fc.constantFrom<District>(1, 2, 3, 4),
    engine: fc.constantFrom(...ENGINES),
    driverAge: fc.integer({ min: 17, max: 110 }),
  });
  const anyFacts = fc.record({
    occupation: fc.option(fc.constantFrom('clerk', 'courier'), { nil: undefined }),
    previousClaims: fc.nat(20),
    bonusMalus: fc.integer({ min: 50, max: 350 }),
  });

  it('is a whole number from 0 to 100 with factors of the vocabulary', () => {
    fc.assert(
      fc.property(anyMotor, anyFacts, (facts, others) => {
        const { riskScore, riskFactors } = scoreCustomer({ rated: { motor: facts }, ...others });
        expect(Number.isInteger(riskScore)).toBe(true);
        expect(riskScore).toBeGreaterThanOrEqual(0);
        expect(riskScore).toBeLessThanOrEqual(100);
        expect(riskFactors.every((factor) => RISK_FACTORS.includes(factor))).toBe(true);
      }),
    );
  });

  it('never falls when the expected frequency rises', () => {
    fc.assert(
      fc.property(anyMotor, anyMotor, anyFacts, (one, other, others) => {
        const [low, high] = [one, other].sort(
          (a, b) => expectedClaimsPerQuarter({ motor: a }) - expectedClaimsPerQuarter({ motor: b }),
        ) as [MotorFacts, MotorFacts];
        const score = (facts: MotorFacts) => {
          const young = facts.driverAge < 25 ? 5 : 0;
          const { riskScore } = scoreCustomer({ rated: { motor: facts }, ...others, bonusMalus: 100 });
          return riskScore - young;
        };
        expect(score(high)).toBeGreaterThanOrEqual(score(low));
      }),
    );
  });

  it('stays far from a refusal in every cell of the motor table', () => {
    for (const district of [1, 2, 3, 4] as const) {
      for (const engine of ENGINES) {
        for (const driverAge of [17, 24, 25, 29, 30, 35, 36, 110]) {
          const rated = { motor: { district, engine, driverAge } };
          expect(scoreCustomer({ rated, previousClaims: 0, bonusMalus: 100 }).riskScore).toBeLessThan(60);
        }
      }
    }
  });
});
