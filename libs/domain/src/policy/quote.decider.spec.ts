import { describe, expect, it } from '@jest/globals';
import type { MotorFacts, QuoteIssuedPayload, RiskAssessmentCompletedPayload } from '@aika/contracts';
import { specify } from '../testing.js';
import { addDays } from '../time.js';
import { assessCustomer } from '../risk/assessment.js';
import { bindingOf, quoteDecider } from './quote.decider.js';
import type { IssueQuote, QuoteEvent } from './quote.messages.js';

const at = '2026-11-22T10:00:00Z';
const context = { id: 'msg-7', at, actor: 'test' };
const motor: MotorFacts = { district: 1, engine: '1-1.5l', driverAge: 40 };
const home = { construction: 'BRICK', sumInsured: { amount: 50_000_000, currency: 'DKK' } } as const;

const assessment: RiskAssessmentCompletedPayload = {
  customerId: 'c1',
  assessmentId: 'asm-1',
  product: 'MOTOR',
  motor,
  riskScore: 17,
  riskFactors: [],
  recommendations: ['standard_terms'],
};
const issue = (changes: Partial<RiskAssessmentCompletedPayload> = {}): IssueQuote => ({
  type: 'ISSUE_QUOTE',
  ...context,
  data: { ...assessment, ...changes },
});
const accept = (when = at, customerId = 'c1') =>
  ({ type: 'ACCEPT_QUOTE', ...context, at: when, data: { customerId, quoteId: 'quo-1' } }) as const;
const expire = (when: string) =>
  ({ type: 'EXPIRE_QUOTE', ...context, at: when, data: { customerId: 'c1', quoteId: 'quo-1' } }) as const;

function issued(changes: Partial<RiskAssessmentCompletedPayload> = {}): [QuoteEvent, QuoteEvent] {
  const { events } = specify(quoteDecider).when(issue(changes)).outcome();
  expect(events.map(({ type }) => type)).toEqual(['POLICY_RECOMMENDED', 'QUOTE_ISSUED']);
  return events as [QuoteEvent, QuoteEvent];
}
function quoteOf(changes: Partial<RiskAssessmentCompletedPayload> = {}): QuoteIssuedPayload {
  const [, quote] = issued(changes);
  if (quote.type !== 'QUOTE_ISSUED') throw new Error(quote.type);
  return quote.data;
}
function reasonsOf(changes: Partial<RiskAssessmentCompletedPayload>): string[] {
  const [event] = specify(quoteDecider).when(issue(changes)).outcome().events;
  if (event?.type !== 'QUOTE_DECLINED') throw new Error(`not declined but ${event?.type}`);
  return event.data.reasons.map(({ code }) => code);
}

describe('a quote', () => {
  it('recommends the standard cover and offers it for 30 days', () => {
    expect(quoteOf()).toMatchObject({
      customerId: 'c1',
      quoteId: 'quo-1',
      assessmentId: 'asm-1',
      product: 'MOTOR',
      cover: {
        perils: ['COLLISION', 'THEFT', 'FIRE', 'HAIL', 'WINDSCREEN', 'LIABILITY'],
        limit: { amount: 5_000_000, currency: 'GBP' },
        deductible: { amount: 25_000, currency: 'GBP' },
      },
      premium: { amount: 44_459, currency: 'GBP' },
      riskScore: 17,
      effectiveFrom: at,
      validUntil: addDays(at, 30),
      motor,
      bonusMalus: 1,
    });
  });

  it('of a home covers the sum insured, without flood unless it is asked for', () => {
    const standard = quoteOf({ product: 'HOME', motor: undefined, home });
    expect(standard.cover.limit).toEqual(home.sumInsured);
    expect(standard.cover.deductible).toEqual({ amount: 200_000, currency: 'DKK' });
    expect(standard.cover.perils).not.toContain('FLOOD');
    const wet = quoteOf({ product: 'HOME', home, requestedCover: { perils: ['FIRE', 'FLOOD'] } });
    expect(wet.cover.perils).toEqual(['FIRE', 'FLOOD']);
  });

  it('follows the assessment’s recommendations unless the customer asks otherwise', () => {
    const recommendations = ['additional_coverage', 'higher_deductible'];
    expect(quoteOf({ recommendations }).cover).toMatchObject({
      limit: { amount: 10_000_000 },
      deductible: { amount: 50_000 },
    });
    const requestedCover = { deductible: { amount: 10_000, currency: 'GBP' } } as const;
    expect(quoteOf({ recommendations, requestedCover }).cover.deductible.amount).toBe(10_000);
  });

  it('adapts a wish that the product does not sell, and says so', () => {
    const requestedCover = {
      perils: ['FLOOD', 'THEFT'],
      limit: { amount: 999_999_999_999, currency: 'GBP' },
      deductible: { amount: 900_000, currency: 'GBP' },
    } as const;
    const [recommended] = issued({ requestedCover });
    if (recommended.type !== 'POLICY_RECOMMENDED') throw new Error(recommended.type);
    expect(recommended.data.cover).toEqual({
      perils: ['THEFT', 'LIABILITY'],
      limit: { amount: 100_000_000, currency: 'GBP' },
      deductible: { amount: 500_000, currency: 'GBP' },
    });
    expect(recommended.data.reasons.map(({ code }) => code)).toEqual([
      'standard_cover',
      'peril_not_offered',
      'peril_compulsory',
      'limit_too_high',
      'deductible_too_high',
    ]);
  });

  it('is declined at a score of 95, with the factors that made it', () => {
    expect(reasonsOf({ riskScore: 95, riskFactors: ['previous_claims'] })).toEqual(['risk_score_too_high']);
    expect(quoteOf({ riskScore: 94 }).premium.amount).toBe(62_243);
  });

  it.each([
    ['currency_mismatch', { requestedCover: { limit: { amount: 1_000_000, currency: 'DKK' } } }],
    ['effective_in_past', { effectiveFrom: addDays(at, -2) }],
    ['effective_in_past', { effectiveFrom: addDays(at, -366), bookTransfer: true }],
    ['rating_facts_missing', { product: 'HOME', motor: undefined }],
    [
      'sum_insured_missing',
      { product: 'HOME', home: { ...home, sumInsured: { amount: 0, currency: 'DKK' } } },
    ],
  ] as const)('is declined with %s', (code, changes) => {
    expect(reasonsOf(changes)).toEqual([code]);
  });

  it('begins at the earliest when it is made, except for a portfolio taken over', () => {
    expect(quoteOf({ effectiveFrom: addDays(at, 9) }).effectiveFrom).toBe(addDays(at, 9));
    expect(quoteOf({ effectiveFrom: '2026-11-22T09:59:58Z' }).effectiveFrom).toBe(at);
    const taken = { effectiveFrom: addDays(at, -100), bookTransfer: true };
    expect(quoteOf(taken).effectiveFrom).toBe(addDays(at, -100));
  });

  it('gives advice without a price on an assessment of another program that has no rating facts', () => {
    const { customerId, riskScore, riskFactors, recommendations } = assessment;
    const bare: IssueQuote = {
      type: 'ISSUE_QUOTE',
      ...context,
      data: { customerId, riskScore, riskFactors, recommendations },
    };
    const { events } = specify(quoteDecider).when(bare).outcome();
    expect(events.map(({ type }) => type)).toEqual(['POLICY_RECOMMENDED', 'QUOTE_DECLINED']);
    expect(events[1]?.data).toMatchObject({ quoteId: 'quo-7', reasons: [{ code: 'rating_facts_missing' }] });
  });

  it('is neither made nor declined for a review of a risk that would be declined', () => {
    specify(quoteDecider)
      .when(issue({ purpose: 'REVIEW', riskScore: 97 }))
      .thenNothing();
  });

  it('of a portfolio that is taken over cannot be accepted once its year has ended', () => {
    const { events } = specify(quoteDecider)
      .when(issue({ assessmentId: '1', bookTransfer: true, effectiveFrom: addDays(at, -360) }))
      .outcome();
    specify(quoteDecider)
      .given(...events)
      .when(accept(addDays(at, 10)))
      .thenRejected('term_over');
  });

  it('is not made for a review, which only recommends', () => {
    const { events } = specify(quoteDecider)
      .when(issue({ purpose: 'REVIEW' }))
      .outcome();
    expect(events.map(({ type }) => type)).toEqual(['POLICY_RECOMMENDED']);
    specify(quoteDecider)
      .given(...events)
      .when(issue({ purpose: 'REVIEW' }))
      .thenNothing();
    specify(quoteDecider)
      .given(...events)
      .when(accept())
      .thenRejected('quote_not_found');
  });

  it('stays quiet on a repeated assessment', () => {
    specify(quoteDecider)
      .given(...issued())
      .when(issue())
      .thenNothing();
    const { events } = specify(quoteDecider)
      .when(issue({ riskScore: 100 }))
      .outcome();
    specify(quoteDecider)
      .given(...events)
      .when(issue({ riskScore: 100 }))
      .thenNothing();
  });

  it('prices an assessment of the risk agent as it stands', () => {
    const answer = assessCustomer({
      type: 'CUSTOMER_ASSESSMENT_REQUEST',
      ...context,
      data: { customerId: 'c1', motor, previousClaims: 1, bonusMalus: 0.5 },
    });
    if (answer.type !== 'RISK_ASSESSMENT_COMPLETED') throw new Error(answer.type);
    expect(quoteOf(answer.data)).toMatchObject({
      bonusMalus: 0.5,
      riskScore: 25,
      premium: { amount: 22_897 },
    });
  });
});

describe('accepting a quote', () => {
  const accepted = {
    type: 'QUOTE_ACCEPTED',
    data: { customerId: 'c1', quoteId: 'quo-1', policyId: 'pol-1' },
  } as const;
  const expired = { type: 'QUOTE_EXPIRED', data: { customerId: 'c1', quoteId: 'quo-1' } } as const;

  it('leads to a policy and to the order that binds it', () => {
    const { events, state } = specify(quoteDecider)
      .given(...issued())
      .when(accept())
      .outcome();
    expect(events).toEqual([accepted]);
    expect(bindingOf(state, context)).toEqual({
      type: 'BIND',
      ...context,
      data: { customerId: 'c1', policyId: 'pol-1', quote: quoteOf() },
    });
    expect(bindingOf({ status: 'none' }, context)).toBeUndefined();
  });

  it('is possible until the last moment of its validity, and no longer, though no timer ran', () => {
    specify(quoteDecider)
      .given(...issued())
      .when(accept(addDays(at, 30)))
      .then(accepted);
    specify(quoteDecider)
      .given(...issued())
      .when(accept('2026-12-22T10:00:00.001Z'))
      .thenRejected('quote_expired');
  });

  it('is refused for a quote that is unknown, of somebody else, declined or expired', () => {
    const { events } = specify(quoteDecider)
      .when(issue({ riskScore: 100 }))
      .outcome();
    specify(quoteDecider).when(accept()).thenRejected('quote_not_found');
    specify(quoteDecider)
      .given(...issued())
      .when(accept(at, 'c2'))
      .thenRejected('quote_not_found');
    specify(quoteDecider)
      .given(...events)
      .when(accept())
      .thenRejected('quote_declined');
    specify(quoteDecider)
      .given(...issued(), expired)
      .when(accept())
      .thenRejected('quote_expired');
  });

  it('stays quiet when it was accepted before, even after its validity', () => {
    specify(quoteDecider)
      .given(...issued(), accepted)
      .when(accept(addDays(at, 99)))
      .thenNothing();
  });

  describe('expires', () => {
    it('at the end of its validity and not before', () => {
      specify(quoteDecider)
        .given(...issued())
        .when(expire(addDays(at, 30)))
        .then(expired);
      specify(quoteDecider)
        .given(...issued())
        .when(expire(addDays(at, 29)))
        .thenRejected('quote_still_valid');
      specify(quoteDecider)
        .when(expire(addDays(at, 30)))
        .thenRejected('quote_not_found');
    });

    it('quietly when it was accepted or has expired', () => {
      specify(quoteDecider)
        .given(...issued(), accepted)
        .when(expire(addDays(at, 30)))
        .thenNothing();
      specify(quoteDecider)
        .given(...issued(), expired)
        .when(expire(addDays(at, 30)))
        .thenNothing();
    });
  });
});
