import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approved,
  approvedAutomatically,
  approvedByAnna,
  closed,
  command,
  coverageVerified,
  denied,
  dkk,
  filed,
  gbp,
  ids,
  notCovered,
  paid,
  paidAndClosed,
  referredLarge,
  released,
  reopened,
  reopenedAfterRefusal,
  reserved,
  withdrawn,
} from './claim.fixtures.js';
import type { ClaimEvent } from './claim.messages.js';

const claim = specify(claimDecider);
type Verdict = 'APPROVE' | 'DENY';
const decide = (decision: Verdict, more: { decidedBy?: string; amount?: ReturnType<typeof gbp> } = {}) =>
  command('DECIDE_REFERRED_CLAIM', { decision, decidedBy: 'anna', reason: 'Seen.', ...more });

const approvedReason = { code: 'approved_by_person', detail: 'Seen.' };
const deniedReason = { code: 'denied_by_person', detail: 'Seen.' };
const releasedByDenial = { code: 'claim_denied', detail: 'The claim was denied.' };
const byPerson = { code: 'reopened_by_person', detail: 'New papers.' };

describe('DECIDE_REFERRED_CLAIM, approval', () => {
  it('approves the whole payable unless an amount is named', () => {
    claim
      .given(...referredLarge)
      .when(decide('APPROVE'))
      .then(approved(gbp(10_000), 'anna', approvedReason));
  });

  it('approves less, and refuses more, than the payable', () => {
    const less = gbp(9999.99);
    claim
      .given(...referredLarge)
      .when(decide('APPROVE', { amount: less }))
      .then(approved(less, 'anna', approvedReason));
    claim
      .given(...referredLarge)
      .when(decide('APPROVE', { amount: gbp(10_000.01) }))
      .thenRejected('above_payable');
  });

  it('refuses an amount of nothing or in another currency', () => {
    claim
      .given(...referredLarge)
      .when(decide('APPROVE', { amount: gbp(0) }))
      .thenRejected('amount_not_positive');
    claim
      .given(...referredLarge)
      .when(decide('APPROVE', { amount: dkk(1) }))
      .thenRejected('currency_mismatch');
  });

  it('reserves first where the escalation made no reserve', () => {
    const data = {
      ...ids,
      payable: gbp(1000),
      fraudPoints: 0,
      requiredAuthority: 'ADJUSTER',
      reasons: [],
    } as const;
    claim
      .given(filed(), { type: 'CLAIM_REFERRED', data })
      .when(decide('APPROVE', { amount: gbp(400) }))
      .then(reserved(gbp(400)), approved(gbp(400), 'anna', approvedReason));
  });
});

describe('DECIDE_REFERRED_CLAIM, denial', () => {
  it('releases the reserve, denies with the reason of the person and closes', () => {
    claim
      .given(...referredLarge)
      .when(decide('DENY'))
      .then(released(gbp(10_000), releasedByDenial), denied('anna', deniedReason), closed('DENIED'));
  });
});

describe('DECIDE_REFERRED_CLAIM, a second decision', () => {
  const deniedByAnna = [
    ...referredLarge,
    released(gbp(10_000), releasedByDenial),
    denied('anna', deniedReason),
    closed('DENIED'),
  ] as const;

  it('stays quiet on the same decision of the same person, until and after the claim is closed', () => {
    claim
      .given(...approvedByAnna)
      .when(decide('APPROVE'))
      .thenNothing();
    claim
      .given(...approvedByAnna)
      .when(decide('APPROVE', { amount: gbp(10_000) }))
      .thenNothing();
    claim
      .given(...approvedByAnna, paid(gbp(10_000)), closed('PAID'))
      .when(decide('APPROVE'))
      .thenNothing();
    claim
      .given(...deniedByAnna)
      .when(decide('DENY'))
      .thenNothing();
  });

  it('refuses another verdict, person or amount', () => {
    claim
      .given(...approvedByAnna)
      .when(decide('DENY'))
      .thenRejected('already_decided');
    claim
      .given(...approvedByAnna)
      .when(decide('APPROVE', { decidedBy: 'bo' }))
      .thenRejected('already_decided');
    claim
      .given(...approvedByAnna)
      .when(decide('APPROVE', { amount: gbp(1) }))
      .thenRejected('already_decided');
    claim
      .given(...deniedByAnna)
      .when(decide('APPROVE'))
      .thenRejected('already_decided');
    claim
      .given(...paidAndClosed)
      .when(decide('DENY'))
      .thenRejected('already_decided');
  });

  it('says who decided what', () => {
    const detailOf = (...history: readonly ClaimEvent[]) => {
      const { events } = claim
        .given(...history)
        .when(decide('DENY', { decidedBy: 'bo' }))
        .outcome();
      return events[0]?.data;
    };
    expect(detailOf(...approvedByAnna)).toMatchObject({
      detail: 'anna already approved the claim with 10,000.00 GBP.',
      entityId: 'clm-1',
    });
    expect(detailOf(...approvedAutomatically)).toMatchObject({
      detail: 'AUTOMATIC already approved the claim with 750.00 GBP.',
    });
    expect(detailOf(...deniedByAnna)).toMatchObject({ detail: 'anna already denied the claim.' });
  });
});

describe('DECIDE_REFERRED_CLAIM, in other statuses', () => {
  it('refuses a claim that is unknown, in assessment or withdrawn', () => {
    claim.when(decide('APPROVE')).thenRejected('claim_not_found');
    claim.given(filed()).when(decide('APPROVE')).thenRejected('not_referred');
    claim
      .given(filed(), withdrawn('Mine.'), closed('WITHDRAWN'))
      .when(decide('APPROVE'))
      .thenRejected('claim_closed');
  });
});

describe('DECIDE_REFERRED_CLAIM, after reopening', () => {
  it('approves again with a new reserve and a payment of its own', () => {
    const { events, state } = claim
      .given(...reopenedAfterRefusal)
      .when(decide('APPROVE'))
      .outcome();
    expect(events).toEqual([reserved(gbp(750)), approved(gbp(750), 'anna', approvedReason)]);
    expect(state).toMatchObject({ status: 'approved', paymentId: 'clm-1-pay-2' });
  });

  it('denies without a reserve to release', () => {
    claim
      .given(...reopenedAfterRefusal)
      .when(decide('DENY'))
      .then(denied('anna', deniedReason), closed('DENIED'));
  });

  it('pays no more than what earlier payments left', () => {
    claim
      .given(...paidAndClosed, reopened(byPerson))
      .when(decide('APPROVE'))
      .thenRejected('nothing_payable');
    const half = [
      ...referredLarge,
      approved(gbp(4000), 'anna'),
      paid(gbp(4000)),
      closed('PAID'),
      reopened(byPerson),
    ];
    claim
      .given(...half)
      .when(decide('APPROVE'))
      .then(reserved(gbp(6000)), approved(gbp(6000), 'anna', approvedReason));
  });

  it('lets a person overrule a denial up to the loss within the limit', () => {
    const reason = { code: 'policy_lapsed', detail: 'Lapsed.' };
    const history = [
      filed(),
      coverageVerified(notCovered(reason)),
      denied('AUTOMATIC', reason),
      closed('DENIED'),
    ];
    claim
      .given(...history, reopened(byPerson))
      .when(decide('APPROVE', { amount: gbp(1000.01) }))
      .thenRejected('above_payable');
    claim
      .given(...history, reopened(byPerson))
      .when(decide('APPROVE', { amount: gbp(1000) }))
      .then(reserved(gbp(1000)), approved(gbp(1000), 'anna', approvedReason));
  });
});
