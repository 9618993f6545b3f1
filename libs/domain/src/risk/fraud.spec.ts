import { describe, expect, it } from '@jest/globals';
import type { AssessClaimRiskPayload } from '@aika/contracts';
import { fold } from '../decider.js';
import { specify } from '../testing.js';
import { addDays } from '../time.js';
import { CLAIM_RISK_RECHECKS, claimRiskDecider, claimRiskRecheckDelay } from './claim-risk.decider.js';
import type { AssessClaimRisk, ClaimRiskEvent } from './claim-risk.decider.js';
import { fraudIndicators, fraudPoints } from './fraud.js';
import { evolvePolicyFacts, type PolicyFacts, type PolicyFactsEvent } from './policy-facts.js';

const inception = '2026-01-01T00:00:00Z';
const policy: PolicyFacts = {
  policyId: 'pol-1',
  customerId: 'c1',
  effectiveFrom: inception,
  coverIncreases: [],
};
const honest = {
  lossAt: addDays(inception, 100),
  reportedAt: addDays(inception, 101),
  priorClaims: 0,
  sameLossClaims: 0,
};

function codes(...given: Parameters<typeof fraudIndicators>): string[] {
  return fraudIndicators(...given).map(({ code, points }) => `${code} ${points}`);
}

describe('signs of fraud', () => {
  it('finds none in an ordinary claim', () => {
    expect(codes(honest, policy)).toEqual([]);
    expect(codes(honest)).toEqual([]);
  });

  it.each([
    [0, ['loss_soon_after_inception 20']],
    [14, ['loss_soon_after_inception 20']],
    [15, []],
    [-1, []],
  ])('weighs a loss %i days after inception', (days, expected) => {
    const lossAt = addDays(inception, days);
    expect(codes({ ...honest, lossAt, reportedAt: lossAt }, policy)).toEqual(expected);
  });

  it('weighs a loss within 14 days of a cover increase, also when another increase followed the loss', () => {
    const sign = ['loss_soon_after_cover_increase 20'];
    const increased = (...days: number[]) => ({
      ...policy,
      coverIncreases: days.map((day) => addDays(inception, day)),
    });
    expect(codes(honest, increased(86))).toEqual(sign);
    expect(codes(honest, increased(86, 120))).toEqual(sign);
    expect(codes(honest, increased(85))).toEqual([]);
    expect(codes(honest, increased(101))).toEqual([]);
  });

  it.each([
    [30, []],
    [31, ['reported_late 15']],
  ])('weighs a report after %i days', (days, expected) => {
    expect(codes({ ...honest, reportedAt: addDays(honest.lossAt, days) }, policy)).toEqual(expected);
  });

  it.each([
    [1, []],
    [2, ['prior_claims 20']],
    [3, ['prior_claims 30']],
    [9, ['prior_claims 30']],
  ])('weighs %i prior claims', (priorClaims, expected) => {
    expect(codes({ ...honest, priorClaims }, policy)).toEqual(expected);
  });

  it('weighs a loss that was already claimed, and sums every sign', () => {
    const lossAt = addDays(inception, 2);
    const claim = { lossAt, reportedAt: addDays(lossAt, 40), priorClaims: 5, sameLossClaims: 1 };
    const signs = fraudIndicators(claim, { ...policy, coverIncreases: [addDays(inception, 1)] });
    expect(signs).toHaveLength(5);
    expect(fraudPoints(signs)).toBe(20 + 20 + 15 + 30 + 40);
  });
});

describe('the risk agent’s record of a policy', () => {
  const names = { policyId: 'pol-1', customerId: 'c1' };
  const bound = { type: 'POLICY_BOUND', data: { ...names, effectiveFrom: inception } } as PolicyFactsEvent;
  const endorsed = (day: number, coverIncreased: boolean) =>
    ({
      type: 'POLICY_ENDORSED',
      data: { ...names, effectiveAt: addDays(inception, day), coverIncreased },
    }) as PolicyFactsEvent;
  const record = (...events: PolicyFactsEvent[]) =>
    events.reduce<PolicyFacts | undefined>(evolvePolicyFacts, undefined);

  it('begins with the binding and keeps each increase once, in order', () => {
    expect(record(endorsed(1, true))).toBeUndefined();
    expect(
      record(bound, endorsed(9, true), endorsed(5, true), endorsed(7, false), endorsed(9, true)),
    ).toEqual({
      ...policy,
      coverIncreases: [addDays(inception, 5), addDays(inception, 9)],
    });
  });

  it('begins anew after a gap in cover', () => {
    const reinstated = (gap: boolean) =>
      ({
        type: 'POLICY_REINSTATED',
        data: { ...names, effectiveAt: addDays(inception, 60), gap },
      }) as PolicyFactsEvent;
    expect(record(bound, reinstated(false))?.effectiveFrom).toBe(inception);
    expect(record(bound, reinstated(true))?.effectiveFrom).toBe(addDays(inception, 60));
  });
});

describe('the fraud assessment of a claim', () => {
  const data: AssessClaimRiskPayload = {
    customerId: 'c1',
    claimId: 'clm-1',
    policyId: 'pol-1',
    cause: 'HAIL',
    estimatedLoss: { amount: 80_000, currency: 'GBP' },
    ...honest,
    lossAt: addDays(inception, 3),
  };
  const ask = (extra: Partial<AssessClaimRisk>): AssessClaimRisk => ({
    type: 'ASSESS_CLAIM_RISK',
    id: 'msg-1',
    at: honest.reportedAt,
    actor: 'claims-processing-agent',
    data,
    mayWait: true,
    ...extra,
  });
  const { events } = specify(claimRiskDecider).when(ask({ policy })).outcome();
  const [assessed] = events as [ClaimRiskEvent];

  it('answers with the points of each sign', () => {
    expect(assessed).toMatchObject({
      type: 'CLAIM_RISK_ASSESSED',
      data: { customerId: 'c1', claimId: 'clm-1', fraudPoints: 35 },
    });
    expect(fold(claimRiskDecider, events)).toEqual({ status: 'assessed', fraudPoints: 35 });
  });

  it('waits for the policy as long as it may, then answers without it', () => {
    specify(claimRiskDecider).when(ask({})).thenNothing();
    const late = specify(claimRiskDecider)
      .when(ask({ mayWait: false }))
      .outcome();
    expect(late.state).toEqual({ status: 'assessed', fraudPoints: 15 });
    expect(claimRiskRecheckDelay(1)).toBe(1000);
    expect(claimRiskRecheckDelay(CLAIM_RISK_RECHECKS + 1)).toBeUndefined();
  });

  it('sees nothing in another customer’s policy', () => {
    const other = specify(claimRiskDecider).when(ask({ policy: { ...policy, customerId: 'c2' } }));
    expect(other.outcome().state).toEqual({ status: 'assessed', fraudPoints: 15 });
  });

  it('stays quiet on a duplicate', () => {
    specify(claimRiskDecider).given(assessed).when(ask({ policy })).thenNothing();
  });
});
