import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approved,
  closed,
  command,
  coverageVerified,
  covered,
  denied,
  dkk,
  filed,
  fraud,
  gbp,
  ids,
  notCovered,
  paidAndClosed,
  referredLarge,
  reserved,
  riskAssessed,
} from './claim.fixtures.js';
import { publishedClaimEvents, type ClaimEvent } from './claim.messages.js';

const claim = specify(claimDecider);
const recordCoverage = (data = covered()) => command('RECORD_COVERAGE', data);
const recordFraud = (data = fraud()) => command('RECORD_FRAUD_ASSESSMENT', data);

const automatic = {
  code: 'within_automatic_limit',
  detail: '750.00 GBP is within the automatic limit of 2,500.00 GBP, without fraud points.',
};

function codesOf(events: readonly ClaimEvent[]): readonly string[] {
  return events.flatMap(({ data }) => ('reasons' in data ? data.reasons.map(({ code }) => code) : []));
}

describe('the two assessments', () => {
  it('reserves and approves a small claim without fraud points, whichever answer comes last', () => {
    const decided = [reserved(gbp(750)), approved(gbp(750), 'AUTOMATIC', automatic)];
    claim
      .given(filed(), riskAssessed())
      .when(recordCoverage())
      .then(coverageVerified(), ...decided);
    claim
      .given(filed(), coverageVerified())
      .when(recordFraud())
      .then(riskAssessed(), ...decided);
  });

  it('wait for each other', () => {
    claim.given(filed()).when(recordCoverage()).then(coverageVerified());
    claim.given(filed()).when(recordFraud()).then(riskAssessed());
  });

  it('are kept but not published again', () => {
    const { events } = claim.given(filed()).when(recordCoverage()).outcome();
    expect(publishedClaimEvents(events)).toEqual([]);
  });

  it('stay quiet when answered twice', () => {
    claim.given(filed(), coverageVerified()).when(recordCoverage(notCovered())).thenNothing();
    claim
      .given(filed(), riskAssessed())
      .when(recordFraud(fraud(40)))
      .thenNothing();
    claim
      .given(...paidAndClosed)
      .when(recordCoverage())
      .thenNothing();
    claim
      .given(...referredLarge)
      .when(recordFraud())
      .thenNothing();
  });

  it('are refused for a claim that was never filed, or is of another customer', () => {
    claim.when(recordCoverage()).thenRejected('claim_not_found');
    claim.when(recordFraud()).thenRejected('claim_not_found');
    claim
      .given(filed())
      .when(recordFraud({ ...fraud(), customerId: 'cus-2' }))
      .thenRejected('claim_not_found');
  });

  it('that come after a denial are kept and change nothing', () => {
    const reason = { code: 'peril_not_covered', detail: 'Flood is excluded.' };
    const history = [
      filed(),
      coverageVerified(notCovered(reason)),
      denied('AUTOMATIC', reason),
      closed('DENIED'),
    ];
    claim
      .given(...history)
      .when(recordFraud())
      .then(riskAssessed());
  });
});

describe('referral', () => {
  it('reserves and refers a claim above the automatic limit to an adjuster, with the numbers', () => {
    const history = [filed({ estimatedLoss: gbp(2750.01) }), coverageVerified()];
    const detail = '2,500.01 GBP is above the automatic limit of 2,500.00 GBP.';
    const data = {
      ...ids,
      payable: gbp(2500.01),
      fraudPoints: 0,
      requiredAuthority: 'ADJUSTER',
      reasons: [{ code: 'above_automatic_limit', detail }],
    } as const;
    claim
      .given(...history)
      .when(recordFraud())
      .then(riskAssessed(), reserved(gbp(2500.01)), { type: 'CLAIM_REFERRED', data });
  });

  it("refers a claim above the adjuster's limit to a manager", () => {
    const history = [filed({ estimatedLoss: gbp(30_250) }), coverageVerified()];
    const { state } = claim
      .given(...history)
      .when(recordFraud())
      .outcome();
    expect(state).toMatchObject({ status: 'referred', requiredAuthority: 'MANAGER', payable: gbp(30_000) });
  });

  it('refers a small claim with any fraud points, and names each indicator', () => {
    const assessment = {
      ...ids,
      fraudPoints: 35,
      indicators: [
        { code: 'loss_soon_after_inception', points: 20, detail: 'Early.' },
        { code: 'late_report', points: 15, detail: 'Late.' },
      ],
    };
    const { events, state } = claim
      .given(filed(), coverageVerified())
      .when(recordFraud(assessment))
      .outcome();
    expect(events.map(({ type }) => type)).toEqual([
      'CLAIM_RISK_ASSESSED',
      'CLAIM_RESERVED',
      'CLAIM_REFERRED',
    ]);
    expect(state).toMatchObject({
      status: 'referred',
      fraudPoints: 35,
      reasons: [
        {
          code: 'fraud_points',
          detail: '35 fraud points: loss_soon_after_inception 20, late_report 15.',
        },
      ],
    });
  });

  it('refers a loss in another currency than the policy to a manager, bounded by the limit', () => {
    const foreign = coverageVerified(covered({ limit: dkk(900_000), deductible: dkk(5000) }));
    const { events, state } = claim.given(filed(), foreign).when(recordFraud()).outcome();
    expect(codesOf(events)).toEqual(['currency_mismatch']);
    expect(state).toMatchObject({ requiredAuthority: 'MANAGER', payable: dkk(900_000) });
  });
});

describe('denial', () => {
  const outside = { code: 'outside_policy_period', detail: 'The loss was before inception.' };
  const excluded = { code: 'peril_not_covered', detail: 'Flood is excluded.' };

  it('denies a claim outside the policy with every reason and closes it, without waiting for the fraud score', () => {
    const answer = notCovered(outside, excluded);
    claim
      .given(filed())
      .when(recordCoverage(answer))
      .then(coverageVerified(answer), denied('AUTOMATIC', outside, excluded), closed('DENIED'));
  });

  it('adds late notice to the reasons of a claim that is not covered', () => {
    const late = filed({ lossAt: '2025-02-20T00:00:00Z' });
    const { events } = claim
      .given(late)
      .when(recordCoverage(notCovered(excluded)))
      .outcome();
    expect(codesOf(events.slice(1))).toEqual(['peril_not_covered', 'outside_notice_period']);
  });

  it('denies a covered claim that is reported more than 365 days after the loss', () => {
    const lossAt = '2025-03-01T23:00:00Z';
    const { events } = claim.given(filed({ lossAt }), riskAssessed()).when(recordCoverage()).outcome();
    expect(events.map(({ type }) => type)).toEqual(['COVERAGE_VERIFIED', 'CLAIM_DENIED', 'CLAIM_CLOSED']);
    expect(codesOf(events)).toEqual(['outside_notice_period']);
  });

  it('takes a claim that is reported 365 days after the loss', () => {
    const lossAt = '2025-03-02T00:00:00Z';
    const { state } = claim.given(filed({ lossAt }), riskAssessed()).when(recordCoverage()).outcome();
    expect(state.status).toBe('approved');
  });

  it('denies a claim below the deductible without a reserve, for late notice too', () => {
    const small = { estimatedLoss: gbp(250) };
    const { events } = claim.given(filed(small), riskAssessed()).when(recordCoverage()).outcome();
    expect(events.map(({ type }) => type)).toEqual(['COVERAGE_VERIFIED', 'CLAIM_DENIED', 'CLAIM_CLOSED']);
    expect(codesOf(events)).toEqual(['below_deductible']);
    const late = claim
      .given(filed({ ...small, lossAt: '2024-01-01T00:00:00Z' }))
      .when(recordCoverage())
      .outcome();
    expect(codesOf(late.events)).toEqual(['below_deductible', 'outside_notice_period']);
  });

  it('never follows from fraud points', () => {
    const { state } = claim
      .given(filed(), coverageVerified())
      .when(recordFraud(fraud(1000)))
      .outcome();
    expect(state.status).toBe('referred');
  });

  it('states a reason even where the policy agent gave none', () => {
    const { events } = claim.given(filed()).when(recordCoverage(notCovered())).outcome();
    expect(codesOf(events)).toEqual(['not_covered']);
  });
});
