import { describe, expect, it } from '@jest/globals';
import { gbp } from './claim.fixtures.js';
import { recommendationFor } from './referral-recommendation.js';

const aboveLimit = { code: 'above_automatic_limit', detail: 'Too much for the agent.' };
const referral = { payable: gbp(12_000), fraudPoints: 0, reasons: [aboveLimit] };

describe('what a referral suggests', () => {
  it('is to approve what is payable when only the amount is too high', () => {
    expect(recommendationFor(referral)).toEqual({ decision: 'APPROVE', amount: gbp(12_000) });
  });

  it('is to deny when nothing is payable', () => {
    expect(recommendationFor({ ...referral, payable: gbp(0) })).toEqual({ decision: 'DENY' });
  });

  it.each([
    ['there are signs of fraud', { fraudPoints: 2 }],
    ['an answer is missing', { reasons: [aboveLimit, { code: 'assessment_overdue', detail: 'No answer.' }] }],
    ['the amount has to be converted', { reasons: [{ code: 'currency_mismatch', detail: 'DKK, GBP.' }] }],
  ])('is to find out more when %s, and names no amount', (_why, change) => {
    expect(recommendationFor({ ...referral, ...change })).toEqual({ decision: 'INVESTIGATE' });
  });
});
