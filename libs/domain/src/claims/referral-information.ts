import type { Authority, Informant } from '@aika/contracts';
import { deriveId } from '@aika/contracts';
import { idsOf } from './claim.events.js';
import type {
  ClaimEvent,
  DecideReferredClaimCommand,
  EscalateReferralCommand,
  ProvideClaimInformationCommand,
} from './claim.messages.js';
import { refuse } from './claim.refusals.js';
import type { KnownClaim, OpenQuestion, WaitingClaim } from './claim.state.js';
import { isWaiting } from './claim.state.js';
import { ANSWER_OVERDUE, DECISION_OVERDUE } from './reason-codes.js';
import { requiredOf } from './referral.js';

const NAMES = { CUSTOMER: 'customer', ASSESSOR: 'assessor' } as const satisfies Record<Informant, string>;
const DECIDERS = { ADJUSTER: 'adjuster', MANAGER: 'manager' } as const satisfies Record<Authority, string>;

/** A person wants to know more. One question is open at a time, so that everybody knows what the claim waits for. */
export function ask(state: WaitingClaim, command: DecideReferredClaimCommand): readonly ClaimEvent[] {
  const { decidedBy: askedBy, question, reason, askedOf = 'CUSTOMER' } = command.data;
  if (question === undefined) return refuse(command, 'question_missing', 'Who asks says what.');
  const open = state.question;
  if (open && !open.isOverdue) {
    const isRepeat = open.askedBy === askedBy && open.askedOf === askedOf && open.question === question;
    const detail = `${open.askedBy} has asked the ${NAMES[open.askedOf]}, and the answer has not come.`;
    return isRepeat ? [] : refuse(command, 'question_open', detail);
  }
  const { claimId } = state.file.facts;
  const questionId = deriveId('qst', `${claimId}-${(state.file.questionsAsked ?? 0) + 1}`);
  const why = { code: 'asked_by_person', detail: reason };
  const data = { ...idsOf(state.file), questionId, askedOf, askedBy, question, reason: why };
  return [{ type: 'CLAIM_INFORMATION_REQUESTED', data }];
}

/** Takes an answer, also one that comes after its time, as long as nobody has decided. */
export function provideInformation(
  state: KnownClaim,
  command: ProvideClaimInformationCommand,
): readonly ClaimEvent[] {
  const { from = 'CUSTOMER', providedBy, text, documents = [] } = command.data;
  const question = isWaiting(state) ? state.question : undefined;
  // That somebody else is asked is not told: it may be about the customer.
  if (question?.askedOf !== from) {
    return refuse(command, 'no_open_question', `Nothing is asked of the ${NAMES[from]} about this claim.`);
  }
  const { questionId } = question;
  const data = { ...idsOf(state.file), questionId, from, providedBy, text, documents };
  return [{ type: 'CLAIM_INFORMATION_PROVIDED', data }];
}

/**
 * A deadline of the desk has passed. Who should have decided is relieved: what an adjuster has left is a manager's, and
 * of what a manager has left it is said once more. An answer that has not come is waited for no longer.
 */
export function escalateReferral(state: KnownClaim, command: EscalateReferralCommand): readonly ClaimEvent[] {
  const { dueAt } = command.data;
  // Another deadline holds by now, or none: this one was on its way when it was moved.
  if (!isWaiting(state) || state.dueAt !== dueAt) return [];
  const { question, escalationLevel = 0 } = state;
  const ids = idsOf(state.file);
  if (question && !question.isOverdue) {
    const requiredAuthority = requiredOf(state);
    const reason = unanswered(question, dueAt);
    return [
      { type: 'CLAIM_REFERRAL_ESCALATED', data: { ...ids, escalationLevel, requiredAuthority, reason } },
    ];
  }
  const detail = `No ${DECIDERS[requiredOf(state)]} has decided by ${dueAt}.`;
  const reason = { code: DECISION_OVERDUE, detail };
  const raised = { escalationLevel: escalationLevel + 1, requiredAuthority: 'MANAGER', reason } as const;
  return [{ type: 'CLAIM_REFERRAL_ESCALATED', data: { ...ids, ...raised } }];
}

function unanswered({ askedOf }: OpenQuestion, dueAt: string) {
  return { code: ANSWER_OVERDUE, detail: `The ${NAMES[askedOf]} has not answered by ${dueAt}.` };
}
