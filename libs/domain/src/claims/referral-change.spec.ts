import type { Authority } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approved,
  closed,
  command,
  coverageVerified,
  denied,
  dkk,
  filed,
  gbp,
  notCovered,
  paid,
  referredLarge,
  reopened,
  reserved,
} from './claim.fixtures.js';
import type { ClaimEvent } from './claim.messages.js';

const claim = specify(claimDecider);

interface More {
  readonly decidedBy?: string;
  readonly role?: Authority;
  readonly decision?: 'APPROVE' | 'CHANGE';
}
const change = (
  amount: ReturnType<typeof gbp> | undefined,
  { decidedBy = 'anna', role, decision }: More = {},
) =>
  command('DECIDE_REFERRED_CLAIM', {
    decision: decision ?? 'CHANGE',
    decidedBy,
    reason: 'The roof was old.',
    ...(amount === undefined ? {} : { amount }),
    ...(role === undefined ? {} : { authority: { role, limits: [] } }),
  });
const changed = (detail: string) => ({ code: 'changed_by_person', detail: `${detail}: The roof was old.` });

describe('DECIDE_REFERRED_CLAIM, another amount', () => {
  it('pays less than the rules came to, and says both', () => {
    claim
      .given(...referredLarge)
      .when(change(gbp(8000)))
      .then(approved(gbp(8000), 'anna', changed('8,000.00 GBP instead of 10,000.00 GBP')));
  });

  it('pays more, up to the loss, and sets the rest aside first', () => {
    const whole = gbp(10_250);
    claim
      .given(...referredLarge)
      .when(change(whole))
      .then(reserved(whole), approved(whole, 'anna', changed('10,250.00 GBP instead of 10,000.00 GBP')));
    claim
      .given(...referredLarge)
      .when(change(gbp(10_250.01)))
      .thenRejected('above_loss');
  });

  it('pays no more than the limit of the policy', () => {
    const capped = [filed({ estimatedLoss: gbp(60_000) }), ...referredLarge.slice(1)] as ClaimEvent[];
    claim
      .given(...capped)
      .when(change(gbp(50_000.01)))
      .thenRejected('above_loss');
    claim
      .given(...capped)
      .when(change(gbp(50_000)))
      .then(
        reserved(gbp(50_000)),
        approved(gbp(50_000), 'anna', changed('50,000.00 GBP instead of 10,000.00 GBP')),
      );
  });

  it('leaves of the loss what earlier payments have left', () => {
    const byPerson = { code: 'reopened_by_person', detail: 'New papers.' };
    const history = [
      ...referredLarge,
      approved(gbp(10_000), 'anna'),
      paid(gbp(10_000)),
      closed('PAID'),
      reopened(byPerson),
    ];
    claim
      .given(...history)
      .when(change(gbp(250.01)))
      .thenRejected('above_loss');
    claim
      .given(...history)
      .when(change(gbp(250)))
      .then(reserved(gbp(250)), approved(gbp(250), 'anna', changed('250.00 GBP instead of 0.00 GBP')));
  });

  it('names an amount, which is one, and in the currency of the claim', () => {
    claim
      .given(...referredLarge)
      .when(change(undefined))
      .thenRejected('amount_missing');
    claim
      .given(...referredLarge)
      .when(change(gbp(0)))
      .thenRejected('amount_not_positive');
    claim
      .given(...referredLarge)
      .when(change(dkk(10)))
      .thenRejected('currency_mismatch');
  });

  it('is one decision as any other: the same says nothing, another is refused', () => {
    const history = [...referredLarge, approved(gbp(8000), 'anna', changed('8,000.00 GBP'))];
    claim
      .given(...history)
      .when(change(gbp(8000)))
      .thenNothing();
    claim
      .given(...history)
      .when(change(gbp(8000), { decision: 'APPROVE' }))
      .thenRejected('already_decided');
    claim
      .given(...history)
      .when(change(gbp(8000), { decidedBy: 'bo' }))
      .thenRejected('already_decided');
  });

  it('overrules no denial without reopening', () => {
    const reason = { code: 'policy_lapsed', detail: 'Lapsed.' };
    const history = [
      filed(),
      coverageVerified(notCovered(reason)),
      denied('AUTOMATIC', reason),
      closed('DENIED'),
    ];
    claim
      .given(...history)
      .when(change(gbp(1)))
      .thenRejected('already_decided');
  });
});

describe('another amount above the own authority', () => {
  const proposed = (amount: ReturnType<typeof gbp>) =>
    claim
      .given(...([filed({ estimatedLoss: gbp(40_000) }), ...referredLarge.slice(1)] as ClaimEvent[]))
      .when(change(amount, { role: 'ADJUSTER' }))
      .outcome();

  it('is proposed, and what the rules came to stays the payable', () => {
    const { events } = proposed(gbp(30_000));
    expect(events).toMatchObject([
      {
        type: 'CLAIM_REFERRED',
        data: { payable: gbp(10_000), proposal: { proposedBy: 'anna', amount: gbp(30_000) } },
      },
    ]);
  });

  it('is approved by a manager who names no amount', () => {
    const { state } = proposed(gbp(30_000));
    const approval = change(undefined, { decidedBy: 'mia', role: 'MANAGER', decision: 'APPROVE' });
    expect(claimDecider.decide(state, approval)).toMatchObject([
      { type: 'CLAIM_RESERVED', data: { reserve: gbp(30_000) } },
      {
        type: 'CLAIM_APPROVED',
        data: { payable: gbp(30_000), approvedBy: 'mia', reasons: [{}, { code: 'proposed_by_person' }] },
      },
    ]);
  });

  it('is no way for who proposed it to approve it', () => {
    const { state } = proposed(gbp(30_000));
    const again = change(gbp(30_000), { role: 'ADJUSTER', decision: 'APPROVE' });
    expect(claimDecider.decide(state, again)).toMatchObject([{ data: { code: 'above_payable' } }]);
  });
});
