import { describe, expect, it } from '@jest/globals';
import type { ClaimFile } from './claim.state.js';
import { covered, dkk, filed, fraud, gbp, notCovered } from './claim.fixtures.js';
import { amountsOf, findingsOf } from './referral-findings.js';

const file = (parts: Partial<ClaimFile> = {}): ClaimFile => ({
  facts: filed({ estimatedLoss: gbp(40_250) }).data,
  coverage: covered(),
  fraud: fraud(),
  paymentAttempts: 0,
  payments: [],
  ...parts,
});
const found = (parts: Partial<ClaimFile> = {}) =>
  Object.fromEntries(
    findingsOf(file(parts)).map(({ rule, outcome, detail }) => [rule, `${outcome} ${detail}`]),
  );

describe('what the rules found', () => {
  it('is said of every rule, in their order, met or not', () => {
    expect(findingsOf(file())).toEqual([
      { rule: 'cover', outcome: 'MET', detail: 'The policy covers the loss.' },
      {
        rule: 'notice_period',
        outcome: 'MET',
        detail: 'Reported 1 day after the loss; the notice period is 365 days.',
      },
      { rule: 'currency', outcome: 'MET', detail: 'Loss and policy are in GBP.' },
      {
        rule: 'payable',
        outcome: 'MET',
        detail:
          '40,000.00 GBP of 40,250.00 GBP is payable, by a deductible of 250.00 GBP, a limit of 50,000.00 GBP.',
      },
      { rule: 'fraud_points', outcome: 'MET', detail: 'There is no sign of fraud.' },
      {
        rule: 'automatic_limit',
        outcome: 'NOT_MET',
        detail: '40,000.00 GBP is above the automatic limit of 2,500.00 GBP.',
      },
      {
        rule: 'adjuster_limit',
        outcome: 'NOT_MET',
        detail: "40,000.00 GBP is above the adjuster's limit of 25,000.00 GBP.",
      },
    ]);
  });

  it('is open where an answer is missing', () => {
    expect(found({ coverage: undefined, fraud: undefined })).toMatchObject({
      cover: 'OPEN The coverage check has not answered.',
      currency: "OPEN The policy's currency is not known.",
      payable: 'OPEN It cannot be computed; at most 40,250.00 GBP.',
      fraud_points: 'OPEN The risk assessment has not answered.',
    });
  });

  it('names signs of fraud, another currency, a loss without cover, a late notice, average', () => {
    expect(found({ fraud: fraud(20) })['fraud_points']).toBe('NOT_MET 20 points: late_report 20.');
    expect(found({ coverage: covered({ limit: dkk(9), deductible: dkk(1) }) })['currency']).toBe(
      'NOT_MET The loss is in GBP, and the policy in another currency.',
    );
    const reasons = [{ code: 'flood', detail: 'Flood is excluded.' }];
    expect(found({ coverage: notCovered(...reasons) })['cover']).toBe('NOT_MET Flood is excluded.');
    const facts = { ...file().facts, lossAt: '2024-03-01T08:00:00Z' };
    expect(found({ facts })['notice_period']).toMatch(/^NOT_MET Reported 731 days/);
    const half = covered({ carried: gbp(1), required: gbp(2) });
    expect(found({ coverage: half })['payable']).toContain('1.00 GBP insured of 2.00 GBP.');
  });
});

describe('the figures', () => {
  it('have what was paid before', () => {
    expect(amountsOf(file())).toEqual({
      estimatedLoss: gbp(40_250),
      deductible: gbp(250),
      limit: gbp(50_000),
      automaticLimit: gbp(2_500),
      adjusterLimit: gbp(25_000),
    });
    const payments = [
      { paymentId: 'p1', amount: gbp(5) },
      { paymentId: 'p2', amount: gbp(7) },
    ];
    expect(amountsOf(file({ payments }))).toMatchObject({ paid: gbp(12) });
  });
});
