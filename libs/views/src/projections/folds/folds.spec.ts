import { describe, expect, it } from '@jest/globals';
import {
  ClaimApproved,
  ClaimClosed,
  ClaimDenied,
  ClaimFiled,
  ClaimPaid,
  ClaimReferred,
  ClaimReopened,
  ClaimReserved,
  ClaimRiskAssessed,
  ConversationMessageRecorded,
  ConversationOpened,
  CoverageVerified,
  CustomerConsentChanged,
  CustomerRegistered,
  NotificationClosed,
  NotificationRequested,
  PolicyBound,
  PolicyCancelled,
  PolicyEndorsed,
  PolicyReinstated,
  PolicyRenewed,
  PolicyTookEffect,
  QuoteAccepted,
  QuoteExpired,
  QuoteIssued,
  ReserveReleased,
  RiskAssessmentCompleted,
} from '@aika/contracts';
import type { EntityFold } from '../entity-fold.js';
import type { ViewEvent } from '../view-event.js';
import { event } from '../view-events.fixtures.js';
import { claimsFold } from './claims.fold.js';
import { conversationsFold } from './conversations.fold.js';
import { customersFold } from './customers.fold.js';
import { notificationsFold } from './notifications.fold.js';
import { policiesFold } from './policies.fold.js';
import { quotesFold } from './quotes.fold.js';
import { referredClaimsFold } from './referred-claims.fold.js';

const rowOf = (fold: EntityFold, events: readonly ViewEvent[]) => fold.fold(undefined, events).row;

describe('the view of claims', () => {
  const paid = [
    event(ClaimFiled, 1),
    event(CoverageVerified, 2),
    event(ClaimRiskAssessed, 3),
    event(ClaimReserved, 4),
    event(ClaimApproved, 5),
    event(ClaimPaid, 6),
    event(ClaimClosed, 7),
  ];

  it('adds up a claim from its notice to its payment', () => {
    expect(rowOf(claimsFold, paid)).toMatchObject({
      claim_id: 'clm-5001',
      status: 'closed',
      outcome: 'PAID',
      currency: 'GBP',
      estimated_amount: 50_000,
      reserve_amount: null,
      payable_amount: 35_000,
      paid_amount: 35_000,
      covered: true,
      fraud_points: 20,
      decided_by: 'AUTOMATIC',
      filed_at: '2026-03-01T00:00:01.000Z',
      closed_at: '2026-03-01T00:00:07.000Z',
      revision: 7,
    });
  });

  it('is the same however the events were cut into batches', () => {
    let row = rowOf(claimsFold, paid.slice(0, 3));
    for (const next of paid.slice(3)) row = claimsFold.fold(row, [next]).row;
    expect(row).toEqual(rowOf(claimsFold, paid));
  });

  it('asks for the whole history when an event of the other lane belongs before what is folded', () => {
    const late = event(ClaimReserved, 2, {}, 'aika.events.high');
    const row = rowOf(claimsFold, [paid[0]!, event(ClaimApproved, 5)]);
    expect(claimsFold.needsHistory(row as never, [late])).toBe(true);
    expect(claimsFold.needsHistory(row as never, [event(ClaimPaid, 6)])).toBe(false);
    const whole = rowOf(claimsFold, [event(ClaimApproved, 5), late, paid[0]!]);
    expect(whole).toMatchObject({ status: 'approved', reserve_amount: 35_000 });
  });

  it('asks for the history of a claim that is filed now: earlier events found no row', () => {
    expect(claimsFold.needsHistory(undefined, [event(ClaimFiled, 9)])).toBe(true);
    expect(claimsFold.needsHistory(undefined, [event(ClaimReserved, 9)])).toBe(false);
  });

  it('begins with the filing, also where the log dates another event before it', () => {
    const events = [event(ClaimReserved, 1, {}, 'aika.events.high'), event(ClaimFiled, 2)];
    expect(rowOf(claimsFold, events)).toMatchObject({ status: 'reserved', reserve_amount: 35_000 });
  });

  it('shows a refused payment as such, and the claim again when it is reopened', () => {
    const refused = [...paid.slice(0, 5), event(ReserveReleased, 6)];
    expect(rowOf(claimsFold, refused)).toMatchObject({ status: 'payment_refused', reserve_amount: null });
    expect(rowOf(claimsFold, [...refused, event(ClaimReopened, 7)])).toMatchObject({
      status: 'reopened',
      decided_by: null,
    });
  });
});

describe('the view of referred claims', () => {
  const referred = event(ClaimReferred, 1);

  it('has what waits for a person, and who decided it', () => {
    expect(rowOf(referredClaimsFold, [referred])).toMatchObject({
      status: 'open',
      payable_amount: 1_250_000,
      required_authority: 'MANAGER',
    });
    const decided = [referred, event(ClaimApproved, 2, { approvedBy: 'manager-7' })];
    expect(rowOf(referredClaimsFold, decided)).toMatchObject({
      status: 'approved',
      decided_by: 'manager-7',
      decided_amount: 35_000,
    });
  });

  it('opens again with the claim, and is decided anew', () => {
    const events = [referred, event(ClaimApproved, 2), event(ClaimReopened, 3)];
    expect(rowOf(referredClaimsFold, events)).toMatchObject({ status: 'open', kind: 'reopened' });
    expect(rowOf(referredClaimsFold, [...events, event(ClaimDenied, 4)])).toMatchObject({ status: 'denied' });
  });

  it('has no claim that was decided without a person', () => {
    expect(rowOf(referredClaimsFold, [event(ClaimApproved, 1)])).toBeUndefined();
  });
});

describe('the view of policies', () => {
  const events = [
    event(PolicyBound, 1),
    event(PolicyTookEffect, 2),
    event(PolicyEndorsed, 3),
    event(PolicyRenewed, 4),
  ];

  it('has the latest terms', () => {
    expect(rowOf(policiesFold, events)).toMatchObject({
      status: 'in_force',
      version: 3,
      premium_amount: 44_950,
      effective_from: '2026-03-05T00:00:00Z',
      effective_to: '2028-03-05T00:00:00Z',
    });
  });

  it('has each version with all its terms', () => {
    const { details } = policiesFold.fold(undefined, events);
    expect(details).toMatchObject([
      { version: 1, change: 'bound', premium_amount: 41_230, effective_from: '2026-03-05T00:00:00Z' },
      {
        version: 2,
        change: 'endorsed',
        premium_difference_amount: 948,
        cover: { perils: expect.anything() },
      },
      { version: 3, change: 'renewed', premium_amount: 44_950, cover: { deductible: { amount: 10_000 } } },
    ]);
  });

  it('forgets how a policy ended when it is reinstated', () => {
    const ended = [...events, event(PolicyCancelled, 5)];
    expect(rowOf(policiesFold, ended)).toMatchObject({ status: 'cancelled', refund_amount: 18_808 });
    expect(rowOf(policiesFold, [...ended, event(PolicyReinstated, 6, { version: 4 })])).toMatchObject({
      status: 'in_force',
      version: 4,
      refund_amount: null,
      ended_at: null,
    });
  });
});

describe('the view of quotes', () => {
  it('keeps an acceptance although the end of the offer comes after it', () => {
    const events = [event(QuoteIssued, 1), event(QuoteAccepted, 2), event(QuoteExpired, 3)];
    expect(rowOf(quotesFold, events)).toMatchObject({ status: 'accepted', policy_id: 'pol-4001' });
  });

  it('has an offer whose time has passed as expired', () => {
    expect(rowOf(quotesFold, [event(QuoteIssued, 1), event(QuoteExpired, 2)])).toMatchObject({
      status: 'expired',
    });
  });
});

describe('the view of customers', () => {
  it('knows who was assessed and has not registered', () => {
    expect(rowOf(customersFold, [event(RiskAssessmentCompleted, 1)])).toMatchObject({
      registered_at: null,
      risk_score: 37.5,
    });
  });

  it('adds a registration and consents to what is known', () => {
    const events = [
      event(RiskAssessmentCompleted, 1),
      event(CustomerRegistered, 2),
      event(CustomerConsentChanged, 3, { purpose: 'SERVICE', granted: true }),
      event(CustomerConsentChanged, 4),
    ];
    expect(rowOf(customersFold, events)).toMatchObject({
      registered_at: '2026-03-02T09:00:00Z',
      risk_score: 37.5,
      consents: { SERVICE: true, MARKETING: false },
    });
  });
});

describe('the view of conversations', () => {
  it('counts what was said', () => {
    const events = [
      event(ConversationOpened, 1),
      event(ConversationMessageRecorded, 2),
      event(ConversationMessageRecorded, 3, { sequence: 2 }),
    ];
    expect(rowOf(conversationsFold, events)).toMatchObject({
      status: 'open',
      message_count: 2,
      last_message_at: '2026-03-01T00:00:03.000Z',
    });
  });
});

describe('the view of notifications', () => {
  const requested = event(NotificationRequested, 1);

  it('is open until the outcome is known', () => {
    expect(rowOf(notificationsFold, [requested])).toMatchObject({ status: 'requested', closed_at: null });
  });

  it('has the outcome with its reason, and when it was known', () => {
    expect(rowOf(notificationsFold, [requested, event(NotificationClosed, 4)])).toMatchObject({
      status: 'skipped',
      reason: { code: 'no_address' },
      closed_at: '2026-03-01T00:00:04.000Z',
      message_id: 'msg-aika.events-1',
    });
  });

  it('has the last outcome of a notification that was requested twice', () => {
    const events = [
      requested,
      event(NotificationClosed, 2, { outcome: 'FAILED' }),
      event(NotificationRequested, 3),
      event(NotificationClosed, 4, { outcome: 'DELIVERED', reason: undefined }),
    ];
    expect(rowOf(notificationsFold, events)).toMatchObject({
      status: 'delivered',
      reason: null,
      revision: 3,
    });
  });

  it('has nothing of an outcome without a request', () => {
    expect(rowOf(notificationsFold, [event(NotificationClosed, 2)])).toBeUndefined();
  });
});
