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
import type { Selectable } from 'kysely';
import type { AskedQuestion, ReferredClaimsTable } from '../../tables/claim.tables.js';
import { defineFold } from '../entity-fold.js';
import { on, type ViewEvent } from '../view-event.js';

type Row = Selectable<ReferredClaimsTable>;

/** The reason of an escalation that says so; in the domain it is a rule's. */
const ANSWER_OVERDUE = 'answer_overdue';

/** A referral that only corrects another is the same wait: how often overdue, what was asked. */
function undecided({ occurredAt }: ViewEvent, before: Row | undefined) {
  const open = before?.status === 'open' ? before : undefined;
  return {
    status: 'open',
    referred_at: occurredAt,
    escalation_level: open?.escalation_level ?? 0,
    questions: before?.questions ?? [],
    decided_by: null,
    decided_amount: null,
    decided_at: null,
  } as const;
}

const decided = ({ occurredAt }: ViewEvent) => ({ decided_at: occurredAt, due_at: null });

/** Every question with this status in place of one that it had. */
function marked(
  questions: readonly AskedQuestion[],
  status: AskedQuestion['status'],
  isMeant: (question: AskedQuestion) => boolean,
): readonly AskedQuestion[] {
  return questions.map((question) => (isMeant(question) ? { ...question, status } : question));
}

/** What waits for a person, and what a person decided. */
export const referredClaimsFold = defineFold<'referred_claims'>({
  table: 'referred_claims',
  key: 'claim_id',
  either: [
    on(ClaimReferred, (referral, event, before) => ({
      ...undecided(event, before),
      claim_id: referral.claimId,
      customer_id: referral.customerId,
      kind: 'referred',
      payable_amount: referral.payable.amount,
      currency: referral.payable.currency,
      fraud_points: referral.fraudPoints,
      required_authority: referral.requiredAuthority,
      reasons: referral.reasons,
      findings: referral.findings ?? [],
      amounts: referral.amounts ?? null,
      proposal: referral.proposal ?? null,
      due_at: referral.dueAt ?? null,
    })),
    on(
      ClaimReopened,
      ({ claimId, customerId, reason, payable, requiredAuthority, dueAt }, event, before) => ({
        ...undecided(event, before),
        claim_id: claimId,
        customer_id: customerId,
        kind: 'reopened',
        payable_amount: payable?.amount ?? null,
        currency: payable?.currency ?? before?.currency ?? null,
        fraud_points: before?.fraud_points ?? null,
        required_authority: requiredAuthority ?? null,
        reasons: [reason],
        findings: [],
        amounts: null,
        proposal: null,
        due_at: dueAt ?? null,
      }),
    ),
  ],
  changes: [
    on(
      ClaimReferralEscalated,
      ({ escalationLevel, requiredAuthority, reason, dueAt }, _event, { status, due_at, questions }) =>
        status === 'open'
          ? {
              escalation_level: escalationLevel,
              required_authority: requiredAuthority,
              due_at: dueAt ?? due_at,
              questions:
                reason.code === ANSWER_OVERDUE
                  ? marked(questions, 'overdue', (question) => question.status === 'open')
                  : questions,
            }
          : {},
    ),
    on(ClaimInformationRequested, (asked, { occurredAt }, { questions }) => {
      const { questionId, askedOf, askedBy, question, reason, dueAt } = asked;
      const entry = { questionId, askedOf, askedBy, question, reason, askedAt: occurredAt };
      const due = dueAt === undefined ? {} : { dueAt };
      return {
        due_at: dueAt ?? null,
        questions: [...questions, { ...entry, ...due, status: 'open' }],
      };
    }),
    on(ClaimInformationProvided, ({ questionId, dueAt }, _event, { due_at, questions }) => ({
      due_at: dueAt ?? due_at,
      questions: marked(questions, 'answered', (question) => question.questionId === questionId),
    })),
    on(ClaimApproved, ({ approvedBy, payable }, event, { status }) =>
      status === 'open'
        ? {
            ...decided(event),
            status: 'approved',
            decided_by: approvedBy,
            decided_amount: payable.amount,
            currency: payable.currency,
          }
        : {},
    ),
    on(ClaimDenied, ({ deniedBy }, event, { status }) =>
      status === 'open' ? { ...decided(event), status: 'denied', decided_by: deniedBy } : {},
    ),
    on(ClaimWithdrawn, (_claim, event, { status }) =>
      status === 'open' ? { ...decided(event), status: 'withdrawn' } : {},
    ),
  ],
});
