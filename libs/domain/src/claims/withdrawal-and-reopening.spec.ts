import { describe, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approvedAutomatically,
  closed,
  command,
  denied,
  filed,
  gbp,
  paidAndClosed,
  paymentRefused,
  referredLarge,
  refusal,
  released,
  reopened,
  reopenedAfterRefusal,
  withdrawn,
} from './claim.fixtures.js';

const claim = specify(claimDecider);
const withdrawnAndClosed = [filed(), withdrawn('Found it.'), closed('WITHDRAWN')] as const;
const deniedAndClosed = [filed(), denied('AUTOMATIC'), closed('DENIED')] as const;

describe('WITHDRAW_CLAIM', () => {
  const withdraw = command('WITHDRAW_CLAIM', { reason: 'Found it.' });

  it('withdraws and closes a claim in assessment', () => {
    claim.given(filed()).when(withdraw).then(withdrawn('Found it.'), closed('WITHDRAWN'));
  });

  it('releases the reserve of a referred claim', () => {
    const reason = { code: 'claim_withdrawn', detail: 'The claim was withdrawn.' };
    claim
      .given(...referredLarge)
      .when(withdraw)
      .then(withdrawn('Found it.'), released(gbp(10_000), reason), closed('WITHDRAWN'));
  });

  it('withdraws a reopened claim', () => {
    claim
      .given(...reopenedAfterRefusal)
      .when(withdraw)
      .then(withdrawn('Found it.'), closed('WITHDRAWN'));
  });

  it('stays quiet on a withdrawn claim', () => {
    claim
      .given(...withdrawnAndClosed)
      .when(withdraw)
      .thenNothing();
  });

  it('is refused once a payment was approved, or the claim is closed or unknown', () => {
    claim
      .given(...approvedAutomatically)
      .when(withdraw)
      .thenRejected('payment_approved');
    claim
      .given(...paymentRefused)
      .when(withdraw)
      .thenRejected('payment_approved');
    claim
      .given(...paidAndClosed)
      .when(withdraw)
      .thenRejected('claim_closed');
    claim
      .given(...deniedAndClosed)
      .when(withdraw)
      .thenRejected('claim_closed');
    claim.when(withdraw).thenRejected('claim_not_found');
  });
});

describe('REOPEN_CLAIM', () => {
  const reopen = command('REOPEN_CLAIM', { reason: 'New papers.' });
  const byPerson = { code: 'reopened_by_person', detail: 'New papers.' };

  it('reopens a paid, denied or withdrawn claim by the order of a person', () => {
    for (const history of [paidAndClosed, deniedAndClosed, withdrawnAndClosed]) {
      claim
        .given(...history)
        .when(reopen)
        .then(reopened(byPerson));
    }
  });

  it('reopens a claim whose payment was refused, with the reason of the provider', () => {
    const compensate = command('REOPEN_CLAIM', { reason: 'Payment refused.' }, { cause: refusal });
    claim
      .given(...paymentRefused)
      .when(compensate)
      .then(reopened(refusal));
  });

  it('stays quiet on a reopened claim', () => {
    claim
      .given(...reopenedAfterRefusal)
      .when(reopen)
      .thenNothing();
  });

  it('is refused for a claim that is open, being paid or unknown', () => {
    claim.given(filed()).when(reopen).thenRejected('claim_still_open');
    claim
      .given(...referredLarge)
      .when(reopen)
      .thenRejected('claim_still_open');
    claim
      .given(...approvedAutomatically)
      .when(reopen)
      .thenRejected('claim_still_open');
    claim.when(reopen).thenRejected('claim_not_found');
  });
});
