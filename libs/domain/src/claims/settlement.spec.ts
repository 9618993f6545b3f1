import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approved,
  approvedAutomatically,
  closed,
  command,
  denied,
  filed,
  gbp,
  paid,
  paidAndClosed,
  paymentRefused,
  referredLarge,
  refusal,
  released,
  reopenedAfterRefusal,
  reserved,
  withdrawn,
} from './claim.fixtures.js';

const claim = specify(claimDecider);
const approvedAgain = [...reopenedAfterRefusal, reserved(gbp(750)), approved(gbp(750), 'anna')] as const;

describe('CONFIRM_PAYMENT', () => {
  const confirm = (paymentId = 'clm-1-pay-1', amount = gbp(750)) =>
    command('CONFIRM_PAYMENT', { paymentId, amount, providerReference: 'ref-1' });

  it('records the payment', () => {
    claim
      .given(...approvedAutomatically)
      .when(confirm())
      .then(paid(gbp(750)));
  });

  it('stays quiet on the same confirmation, also after a reopening', () => {
    claim
      .given(...approvedAutomatically, paid(gbp(750)))
      .when(confirm())
      .thenNothing();
    claim
      .given(...paidAndClosed)
      .when(confirm())
      .thenNothing();
  });

  it('refuses a payment of another amount', () => {
    claim
      .given(...approvedAutomatically)
      .when(confirm('clm-1-pay-1', gbp(751)))
      .thenRejected('payment_differs');
  });

  it('refuses a payment that was not asked for, or was refused before', () => {
    claim
      .given(...approvedAutomatically)
      .when(confirm('clm-1-pay-2'))
      .thenRejected('unexpected_payment');
    claim
      .given(...referredLarge)
      .when(confirm())
      .thenRejected('unexpected_payment');
    claim
      .given(...reopenedAfterRefusal)
      .when(confirm())
      .thenRejected('unexpected_payment');
    claim
      .given(...approvedAgain)
      .when(confirm('clm-1-pay-1'))
      .thenRejected('unexpected_payment');
    claim.when(confirm()).thenRejected('claim_not_found');
  });

  it('records the second payment of a reopened claim', () => {
    claim
      .given(...approvedAgain)
      .when(confirm('clm-1-pay-2'))
      .then(paid(gbp(750), 2));
  });
});

describe('CLOSE_CLAIM', () => {
  const close = command('CLOSE_CLAIM', {});

  it('closes a paid claim and ends its reserve', () => {
    const expectation = claim.given(...approvedAutomatically, paid(gbp(750))).when(close);
    expectation.then(closed('PAID'));
    const { state } = expectation.outcome();
    expect(state).toMatchObject({ status: 'closed', outcome: 'PAID', decision: { by: 'AUTOMATIC' } });
    expect(state).not.toHaveProperty('file.reserve');
  });

  it('closes a history that ended at a denial or a withdrawal', () => {
    claim.given(filed(), denied('anna')).when(close).then(closed('DENIED'));
    claim.given(filed(), withdrawn('Mine.')).when(close).then(closed('WITHDRAWN'));
  });

  it('stays quiet on a closed claim', () => {
    claim
      .given(...paidAndClosed)
      .when(close)
      .thenNothing();
  });

  it('refuses a claim that is not settled', () => {
    claim.when(close).thenRejected('claim_not_found');
    for (const history of [
      [filed()],
      referredLarge,
      approvedAutomatically,
      paymentRefused,
      reopenedAfterRefusal,
    ]) {
      claim
        .given(...history)
        .when(close)
        .thenRejected('claim_not_settled');
    }
  });
});

describe('RELEASE_RESERVE', () => {
  const release = (paymentId = 'clm-1-pay-1') => command('RELEASE_RESERVE', { paymentId, reason: refusal });

  it('frees the reserve of a refused payment with the reason of the provider', () => {
    const expectation = claim.given(...approvedAutomatically).when(release());
    expectation.then(released(gbp(750), refusal));
    expect(expectation.outcome().state).toMatchObject({ status: 'payment_refused', refusal });
  });

  it('stays quiet on a refusal that was handled, and does not touch a later reserve', () => {
    claim
      .given(...paymentRefused)
      .when(release())
      .thenNothing();
    claim
      .given(...reopenedAfterRefusal)
      .when(release())
      .thenNothing();
    claim
      .given(...approvedAgain)
      .when(release())
      .thenNothing();
  });

  it('refuses to free what was paid, or what was never to be paid', () => {
    claim
      .given(...approvedAutomatically, paid(gbp(750)))
      .when(release())
      .thenRejected('already_paid');
    claim
      .given(...paidAndClosed)
      .when(release())
      .thenRejected('already_paid');
    claim
      .given(...referredLarge)
      .when(release())
      .thenRejected('unexpected_payment');
    claim
      .given(...approvedAutomatically)
      .when(release('clm-1-pay-2'))
      .thenRejected('unexpected_payment');
    claim.when(release()).thenRejected('claim_not_found');
  });
});
