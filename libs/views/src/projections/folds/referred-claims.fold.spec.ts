import { describe, expect, it } from '@jest/globals';
import {
  ClaimApproved,
  ClaimDenied,
  ClaimInformationProvided,
  ClaimInformationRequested,
  ClaimReferralEscalated,
  ClaimReferred,
  ClaimReopened,
  ClaimWithdrawn,
} from '@aika/contracts';
import { FACTS } from '../facts.js';
import type { ViewEvent } from '../view-event.js';
import { event } from '../view-events.fixtures.js';
import { referredClaimsFold } from './referred-claims.fold.js';

const rowOf = (...events: readonly ViewEvent[]) => referredClaimsFold.fold(undefined, events).row;
const { findings, amounts, dueAt } = ClaimReferred.example;
const referred = event(ClaimReferred, 1);
const escalated = event(ClaimReferralEscalated, 2);
const asked = event(ClaimInformationRequested, 2);
const provided = event(ClaimInformationProvided, 3);
const unanswered = event(ClaimReferralEscalated, 3, {
  escalationLevel: 0,
  requiredAuthority: 'ADJUSTER',
  reason: { code: 'answer_overdue', detail: 'Nothing came.' },
});

describe('the desk of who decides', () => {
  it('has what every rule found, the figures, and by when to decide', () => {
    expect(rowOf(referred)).toMatchObject({
      findings,
      amounts,
      due_at: dueAt,
      escalation_level: 0,
      questions: [],
    });
  });

  it('has nothing of it from a referral of an earlier version', () => {
    const earlier = event(ClaimReferred, 1, { findings: undefined, amounts: undefined, dueAt: undefined });
    expect(rowOf(earlier)).toMatchObject({ findings: [], amounts: null, due_at: null });
  });

  it('has what was escalated, with the next deadline or the last one', () => {
    const { dueAt: next } = ClaimReferralEscalated.example;
    const expected = { status: 'open', escalation_level: 1, required_authority: 'MANAGER' };
    expect(rowOf(referred, escalated)).toMatchObject({ ...expected, due_at: next });
    const last = event(ClaimReferralEscalated, 2, { dueAt: undefined });
    expect(rowOf(referred, last)).toMatchObject({ ...expected, due_at: dueAt });
  });

  it('keeps how often nobody decided when the referral is corrected', () => {
    expect(rowOf(referred, escalated, event(ClaimReferred, 3, { fraudPoints: 20 }))).toMatchObject({
      fraud_points: 20,
      escalation_level: 1,
    });
  });

  it('begins anew with a claim that is reopened, with what may be paid and who decides', () => {
    const again = event(ClaimReopened, 4, {
      payable: { amount: 75, currency: 'GBP' },
      requiredAuthority: 'ADJUSTER',
      dueAt: '2026-03-03T00:00:00Z',
    });
    expect(rowOf(referred, escalated, event(ClaimApproved, 3), again)).toMatchObject({
      status: 'open',
      kind: 'reopened',
      payable_amount: 75,
      required_authority: 'ADJUSTER',
      due_at: '2026-03-03T00:00:00Z',
      escalation_level: 0,
      referred_at: '2026-03-01T00:00:04.000Z',
    });
  });

  it.each([ClaimApproved, ClaimDenied, ClaimWithdrawn])('has no deadline after $type', (definition) => {
    expect(rowOf(referred, event(definition as typeof ClaimWithdrawn, 3))).toMatchObject({ due_at: null });
  });

  it('has a proposal until the amounts change', () => {
    const proposal = { proposedBy: 'anna', amount: { amount: 5, currency: 'GBP' } } as const;
    expect(rowOf(event(ClaimReferred, 1, { proposal }))).toMatchObject({ proposal });
    expect(rowOf(event(ClaimReferred, 1, { proposal }), event(ClaimReferred, 2))).toMatchObject({
      proposal: null,
    });
  });
});

describe('a question on the desk', () => {
  it('waits for its answer, and then for a person', () => {
    const question = { ...ClaimInformationRequested.example };
    expect(rowOf(referred, asked)).toMatchObject({
      due_at: question.dueAt,
      questions: [{ questionId: question.questionId, status: 'open', askedAt: asked.occurredAt }],
    });
    expect(rowOf(referred, asked, provided)).toMatchObject({
      due_at: ClaimInformationProvided.example.dueAt,
      questions: [{ status: 'answered' }],
    });
  });

  it('is overdue when nobody answers in time, and may be answered still', () => {
    expect(rowOf(referred, asked, unanswered)).toMatchObject({
      escalation_level: 0,
      questions: [{ status: 'overdue' }],
    });
    const late = event(ClaimInformationProvided, 4, { dueAt: undefined });
    expect(rowOf(referred, asked, unanswered, late)).toMatchObject({
      due_at: ClaimReferralEscalated.example.dueAt,
      questions: [{ status: 'answered' }],
    });
  });
});

describe('the answers', () => {
  const answers = FACTS.find(({ table }) => table === 'claim_answers');

  it('stand beside the claim, with their text', () => {
    const { questionId, text, documents } = ClaimInformationProvided.example;
    expect(answers?.rowOf(provided)).toMatchObject({ question_id: questionId, text, documents });
  });

  it('are left as they are where the text is gone', () => {
    const { text: _text, ...payload } = provided.payload as { text: string };
    expect(answers?.rowOf({ ...provided, payload })).toBeUndefined();
  });
});
