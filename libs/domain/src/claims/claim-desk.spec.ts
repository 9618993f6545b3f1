import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { specify } from '../testing.js';
import { claimDeciderFor, DEFAULT_DESK_TERMS } from './claim-desk.js';
import { claimDecider } from './claim.decider.js';
import {
  assessed,
  command,
  coverageVerified,
  covered,
  filed,
  fraud,
  gbp,
  ids,
  now,
  referredLarge,
  refusal,
} from './claim.fixtures.js';
import type { ClaimCommand, ClaimEvent } from './claim.messages.js';

const HOUR = 3_600_000;
const terms = { adjusterMs: 2 * HOUR, managerMs: HOUR, answerMs: 24 * HOUR };
const decider = claimDeciderFor(terms);
const claim = specify(decider);

const at = (hour: string) => ({ at: `2026-03-02T${hour}:00Z` });
const ask = (time = now) =>
  command(
    'DECIDE_REFERRED_CLAIM',
    { decision: 'ASK', decidedBy: 'anna', reason: 'High.', question: 'Why?' },
    { at: time },
  );
const approve = command('DECIDE_REFERRED_CLAIM', { decision: 'APPROVE', decidedBy: 'anna', reason: 'Seen.' });
const answer = (hour: string) =>
  command('PROVIDE_CLAIM_INFORMATION', { providedBy: 'maria', text: 'So.' }, at(hour));
const passed = (dueAt: string) => command('ESCALATE_REFERRAL', { dueAt }, { at: dueAt });

/** What follows from the commands, one after the other. */
function after(history: readonly ClaimEvent[], ...commands: readonly ClaimCommand[]) {
  return commands.reduce<{ all: readonly ClaimEvent[]; last: readonly ClaimEvent[] }>(
    ({ all }, next) => {
      const last = decider.decide(fold(decider, all), next);
      return { all: [...all, ...last], last };
    },
    { all: history, last: [] },
  );
}

/** A claim of this loss, referred at noon. */
const referred = (pounds: number) =>
  after(
    [filed({ estimatedLoss: gbp(pounds) }), coverageVerified(covered())],
    command('RECORD_FRAUD_ASSESSMENT', fraud()),
  ).all;
const adjusters = referred(10_250);
const managers = referred(40_250);

describe('a referral to a person', () => {
  it('is due after the time of who has to decide', () => {
    expect(adjusters.at(-1)).toMatchObject({
      data: { requiredAuthority: 'ADJUSTER', dueAt: '2026-03-02T14:00:00Z' },
    });
    expect(managers.at(-1)).toMatchObject({
      data: { requiredAuthority: 'MANAGER', dueAt: '2026-03-02T13:00:00Z' },
    });
  });

  it('says what every rule found, and the figures', () => {
    expect(adjusters.at(-1)).toMatchObject({
      type: 'CLAIM_REFERRED',
      data: {
        findings: expect.arrayContaining([
          {
            rule: 'automatic_limit',
            outcome: 'NOT_MET',
            detail: '10,000.00 GBP is above the automatic limit of 2,500.00 GBP.',
          },
        ]),
        amounts: { estimatedLoss: gbp(10_250), deductible: gbp(250), limit: gbp(50_000) },
      },
    });
  });

  it('that only corrects another gives no more time', () => {
    const overdue = after([filed({ estimatedLoss: gbp(10_250) })], command('ESCALATE_CLAIM', {})).all;
    const { last } = after(overdue, command('RECORD_COVERAGE', covered(), at('13:00')));
    expect(last.at(-1)).toMatchObject({ type: 'CLAIM_REFERRED', data: { dueAt: '2026-03-02T14:00:00Z' } });
  });

  it('gives a manager time of their own when it becomes theirs', () => {
    const overdue = after([filed({ estimatedLoss: gbp(20_000) })], command('ESCALATE_CLAIM', {})).all;
    const proposal = command(
      'DECIDE_REFERRED_CLAIM',
      {
        decision: 'APPROVE',
        decidedBy: 'anna',
        reason: 'Seen.',
        authority: { role: 'ADJUSTER', limits: [gbp(1)] },
      },
      at('13:30'),
    );
    expect(after(overdue, proposal).last).toMatchObject([
      { data: { requiredAuthority: 'MANAGER', dueAt: '2026-03-02T14:30:00Z' } },
    ]);
  });

  it('has two days for an adjuster, one for a manager and fourteen for an answer unless it is said', () => {
    expect(DEFAULT_DESK_TERMS).toEqual({ adjusterMs: 48 * HOUR, managerMs: 24 * HOUR, answerMs: 336 * HOUR });
  });
});

describe('a deadline that passes', () => {
  const first = passed('2026-03-02T14:00:00Z');
  const second = passed('2026-03-02T15:00:00Z');

  it("makes an adjuster's claim a manager's, with time of their own", () => {
    const detail = 'No adjuster has decided by 2026-03-02T14:00:00Z.';
    claim
      .given(...adjusters)
      .when(first)
      .then({
        type: 'CLAIM_REFERRAL_ESCALATED',
        data: {
          ...ids,
          escalationLevel: 1,
          requiredAuthority: 'MANAGER',
          reason: { code: 'decision_overdue', detail },
          dueAt: '2026-03-02T15:00:00Z',
        },
      });
  });

  it('is said once more of what a manager has left, and then no more: nobody is above', () => {
    const { all, last } = after(adjusters, first, second);
    expect(last).toMatchObject([
      { data: { escalationLevel: 2, reason: { detail: 'No manager has decided by 2026-03-02T15:00:00Z.' } } },
    ]);
    expect(last[0]?.data).not.toHaveProperty('dueAt');
    expect(fold(decider, all)).not.toHaveProperty('dueAt');
    expect(after(all, second).last).toEqual([]);
    expect(after(managers, passed('2026-03-02T13:00:00Z')).last[0]?.data).not.toHaveProperty('dueAt');
  });

  it('says nothing once somebody has decided, and nothing twice', () => {
    expect(after(adjusters, approve, first).last).toEqual([]);
    expect(after(adjusters, first, first).last).toEqual([]);
  });

  it("keeps the claim a manager's, whatever a late assessment says", () => {
    const overdue = after([filed({ estimatedLoss: gbp(10_250) })], command('ESCALATE_CLAIM', {}), first).all;
    const { last } = after(overdue, command('RECORD_COVERAGE', covered(), at('14:30')));
    expect(last.at(-1)).toMatchObject({
      data: { requiredAuthority: 'MANAGER', dueAt: '2026-03-02T15:00:00Z' },
    });
  });

  it('holds a later approval to the higher authority', () => {
    const late = {
      ...approve,
      data: { ...approve.data, authority: { role: 'ADJUSTER', limits: [] } as const },
    };
    expect(after(adjusters, first, late).last).toMatchObject([
      { data: { proposal: { proposedBy: 'anna' } } },
    ]);
  });
});

describe('a question', () => {
  it('moves the deadline to that of the answer, and the answer moves it back', () => {
    const asked = after(adjusters, ask());
    expect(asked.last).toMatchObject([{ data: { dueAt: '2026-03-03T12:00:00Z' } }]);
    expect(after(asked.all, passed('2026-03-02T14:00:00Z')).last).toEqual([]);
    expect(after(asked.all, answer('20:00')).last).toMatchObject([
      { data: { dueAt: '2026-03-02T22:00:00Z' } },
    ]);
  });

  it('that nobody answers gives the same person their time again, which an answer then does not', () => {
    const unanswered = after(adjusters, ask(), passed('2026-03-03T12:00:00Z'));
    expect(unanswered.last).toMatchObject([
      { data: { escalationLevel: 0, requiredAuthority: 'ADJUSTER', dueAt: '2026-03-03T14:00:00Z' } },
    ]);
    const late = after(unanswered.all, answer('23:00'));
    expect(late.last[0]?.data).not.toHaveProperty('dueAt');
    expect(fold(decider, late.all)).toMatchObject({ dueAt: '2026-03-03T14:00:00Z' });
    expect(after(late.all, passed('2026-03-03T14:00:00Z')).last).toMatchObject([
      { data: { escalationLevel: 1 } },
    ]);
  });
});

describe('a decision', () => {
  it('says when it was made, and who comes second is told', () => {
    const { all, last } = after(adjusters, approve);
    expect(last).toMatchObject([{ type: 'CLAIM_APPROVED', data: { decidedAt: now } }]);
    const second = command('DECIDE_REFERRED_CLAIM', { decision: 'DENY', decidedBy: 'bo', reason: 'No.' });
    expect(after(all, second).last).toMatchObject([
      {
        data: {
          code: 'already_decided',
          detail: `anna already approved the claim with 10,000.00 GBP at ${now}.`,
        },
      },
    ]);
    const denial = after(adjusters, second).all;
    expect(after(denial, approve).last).toMatchObject([
      { data: { detail: `bo already denied the claim at ${now}.` } },
    ]);
  });
});

describe('a reopened claim', () => {
  it('says what may be paid, who decides and by when', () => {
    const history = [...referredLarge, ...after(referredLarge, approve).last];
    const paymentId = 'clm-1-pay-1';
    const { last } = after(
      history,
      command('RELEASE_RESERVE', { paymentId, reason: refusal }),
      command('REOPEN_CLAIM', { reason: 'Refused.' }),
    );
    expect(last).toMatchObject([
      { data: { payable: gbp(10_000), requiredAuthority: 'ADJUSTER', dueAt: '2026-03-02T14:00:00Z' } },
    ]);
  });
});

describe('the rules alone', () => {
  it('come to the same events but for what is told beside them', () => {
    const plain = claimDecider.decide(
      fold(claimDecider, assessed.slice(0, 2)),
      command('RECORD_FRAUD_ASSESSMENT', fraud(20)),
    );
    const told = decider.decide(
      fold(decider, assessed.slice(0, 2)),
      command('RECORD_FRAUD_ASSESSMENT', fraud(20)),
    );
    expect(told.map(({ type }) => type)).toEqual(plain.map(({ type }) => type));
    expect(told).toMatchObject(plain);
  });
});
