import type { Informant } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approved,
  approvedByAnna,
  command,
  filed,
  gbp,
  ids,
  now,
  referredLarge,
  reopenedAfterRefusal,
  riskAssessed,
  fraud,
} from './claim.fixtures.js';
import type { ClaimEvent } from './claim.messages.js';

const claim = specify(claimDecider);
const question = 'Please send the invoice.';

interface Asking {
  readonly askedOf?: Informant;
  readonly decidedBy?: string;
  readonly question?: string;
}
const ask = (asking: Asking = { question }) =>
  command('DECIDE_REFERRED_CLAIM', {
    decision: 'ASK',
    decidedBy: 'anna',
    reason: 'The estimate is high.',
    question,
    ...asking,
  });
const approve = (decidedBy = 'anna') =>
  command('DECIDE_REFERRED_CLAIM', { decision: 'APPROVE', decidedBy, reason: 'Seen.' });
const answer = (from?: Informant) =>
  command('PROVIDE_CLAIM_INFORMATION', {
    providedBy: 'maria',
    text: 'Here it is.',
    documents: ['invoice.pdf'],
    ...(from === undefined ? {} : { from }),
  });
const escalate = (dueAt: string) => command('ESCALATE_REFERRAL', { dueAt });

const asked = (askedOf: Informant = 'CUSTOMER', nth = 1, dueAt?: string): ClaimEvent => ({
  type: 'CLAIM_INFORMATION_REQUESTED',
  data: {
    ...ids,
    questionId: `qst-1-${nth}`,
    askedOf,
    askedBy: 'anna',
    question,
    reason: { code: 'asked_by_person', detail: 'The estimate is high.' },
    ...(dueAt === undefined ? {} : { dueAt }),
  },
});
const answered = (from: Informant = 'CUSTOMER', nth = 1): ClaimEvent => ({
  type: 'CLAIM_INFORMATION_PROVIDED',
  data: {
    ...ids,
    questionId: `qst-1-${nth}`,
    from,
    providedBy: 'maria',
    text: 'Here it is.',
    documents: ['invoice.pdf'],
  },
});
const unanswered: ClaimEvent = {
  type: 'CLAIM_REFERRAL_ESCALATED',
  data: {
    ...ids,
    escalationLevel: 0,
    requiredAuthority: 'ADJUSTER',
    reason: { code: 'answer_overdue', detail: `The customer has not answered by ${now}.` },
  },
};

describe('DECIDE_REFERRED_CLAIM, a question', () => {
  it('decides nothing, and asks the customer unless somebody else is named', () => {
    claim
      .given(...referredLarge)
      .when(ask())
      .then(asked());
    claim
      .given(...referredLarge)
      .when(ask({ askedOf: 'ASSESSOR' }))
      .then(asked('ASSESSOR'));
    claim
      .given(...reopenedAfterRefusal)
      .when(ask())
      .then(asked());
  });

  it('says what is asked', () => {
    claim
      .given(...referredLarge)
      .when(ask({ question: undefined }))
      .thenRejected('question_missing');
  });

  it('is the only one that is open: the same says nothing, another is refused with who asked', () => {
    claim
      .given(...referredLarge, asked())
      .when(ask())
      .thenNothing();
    const { events } = claim
      .given(...referredLarge, asked())
      .when(ask({ decidedBy: 'bo' }))
      .outcome();
    const detail = 'anna has asked the customer, and the answer has not come.';
    expect(events).toMatchObject([{ data: { code: 'question_open', detail } }]);
    claim
      .given(...referredLarge, asked())
      .when(ask({ question: 'And the photos?' }))
      .thenRejected('question_open');
  });

  it('is asked of nobody once the claim is decided, or before it is referred', () => {
    claim
      .given(...approvedByAnna)
      .when(ask())
      .thenRejected('already_decided');
    claim.given(filed()).when(ask()).thenRejected('not_referred');
  });

  it('keeps nobody from deciding', () => {
    claim
      .given(...referredLarge, asked())
      .when(approve('bo'))
      .then(approved(gbp(10_000), 'bo', { code: 'approved_by_person', detail: 'Seen.' }));
  });

  it('stays open when a late assessment corrects the referral', () => {
    const data = { ...ids, payable: gbp(1000), fraudPoints: 0, requiredAuthority: 'ADJUSTER' } as const;
    const reasons = [{ code: 'assessment_overdue', detail: 'No answer.' }];
    const overdue: ClaimEvent = { type: 'CLAIM_REFERRED', data: { ...data, reasons } };
    const { state } = claim
      .given(filed(), overdue, asked())
      .when(command('RECORD_FRAUD_ASSESSMENT', fraud(20)))
      .outcome();
    expect(state).toMatchObject({ status: 'referred', fraudPoints: 20, question: { questionId: 'qst-1-1' } });
  });
});

describe('PROVIDE_CLAIM_INFORMATION', () => {
  it('brings the answer of the customer to the desk', () => {
    claim
      .given(...referredLarge, asked())
      .when(answer())
      .then(answered());
  });

  it('brings that of the assessor, and only that, where the assessor was asked', () => {
    claim
      .given(...referredLarge, asked('ASSESSOR'))
      .when(answer('ASSESSOR'))
      .then(answered('ASSESSOR'));
    const { events } = claim
      .given(...referredLarge, asked('ASSESSOR'))
      .when(answer())
      .outcome();
    const detail = 'Nothing is asked of the customer about this claim.';
    expect(events).toMatchObject([{ data: { code: 'no_open_question', detail } }]);
  });

  it('is refused where nothing is asked: before, a second time, and after the decision', () => {
    claim
      .given(...referredLarge)
      .when(answer())
      .thenRejected('no_open_question');
    claim
      .given(...referredLarge, asked(), answered())
      .when(answer())
      .thenRejected('no_open_question');
    claim
      .given(...approvedByAnna)
      .when(answer())
      .thenRejected('no_open_question');
    claim.given(filed(), riskAssessed()).when(answer()).thenRejected('no_open_question');
    claim.when(answer()).thenRejected('claim_not_found');
  });

  it('lets the next question have an id of its own', () => {
    claim
      .given(...referredLarge, asked(), answered())
      .when(ask())
      .then(asked('CUSTOMER', 2));
  });
});

describe('ESCALATE_REFERRAL, of a question', () => {
  const waiting = [...referredLarge, asked('CUSTOMER', 1, now)];

  it('says that the answer has not come, and leaves the claim to the same person', () => {
    claim
      .given(...waiting)
      .when(escalate(now))
      .then(unanswered);
  });

  it('still takes the answer, and lets another be asked', () => {
    claim
      .given(...waiting, unanswered)
      .when(answer())
      .then(answered());
    claim
      .given(...waiting, unanswered)
      .when(ask())
      .then(asked('CUSTOMER', 2));
  });

  it('says nothing of a deadline that was moved', () => {
    claim
      .given(...waiting)
      .when(escalate('2026-03-01T00:00:00Z'))
      .thenNothing();
    claim
      .given(...waiting, unanswered)
      .when(escalate(now))
      .thenNothing();
    claim
      .given(...waiting, approved(gbp(10_000), 'bo'))
      .when(escalate(now))
      .thenNothing();
  });
});
