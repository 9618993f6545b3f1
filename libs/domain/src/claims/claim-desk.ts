import type { Authority } from '@aika/contracts';
import type { Decider } from '../decider.js';
import { epochMillis, isoFromMillis } from '../time.js';
import { claimDecider } from './claim.decider.js';
import { evolveClaim } from './claim.evolve.js';
import type { ClaimCommand, ClaimEvent } from './claim.messages.js';
import type { ClaimState, WaitingClaim } from './claim.state.js';
import { isWaiting } from './claim.state.js';
import { payableAfterReopening } from './known-payable.js';
import { DECISION_OVERDUE } from './reason-codes.js';
import { personFor, requiredOf } from './referral.js';
import { amountsOf, findingsOf } from './referral-findings.js';

/** How long a referred claim waits for somebody, in milliseconds. */
export interface DeskTerms {
  /** For an adjuster; then it is a manager's. */
  readonly adjusterMs: number;
  /** For a manager; then it is said once more. */
  readonly managerMs: number;
  /** For the answer of who was asked; then it is decided without. */
  readonly answerMs: number;
}

const DAY_MS = 86_400_000;
export const DEFAULT_DESK_TERMS: DeskTerms = {
  adjusterMs: 2 * DAY_MS,
  managerMs: DAY_MS,
  answerMs: 14 * DAY_MS,
};

/**
 * The rules of `claimDecider`, whose events say beside them what the person who decides has to know: what each rule
 * found, the figures, by when to decide; and when it was decided. All of it is in the events, so the log alone, folded
 * by whatever terms, gives the state.
 */
export function claimDeciderFor(
  terms: DeskTerms = DEFAULT_DESK_TERMS,
): Decider<ClaimState, ClaimCommand, ClaimEvent> {
  return {
    ...claimDecider,
    decide(state, command) {
      let known = state;
      return claimDecider.decide(state, command).map((event) => {
        const told = withDetails(event, { terms, before: state, known, at: command.at });
        known = evolveClaim(known, told);
        return told;
      });
    },
  };
}

interface Occasion {
  readonly terms: DeskTerms;
  /** Before the command. */
  readonly before: ClaimState;
  /** Just before the event. */
  readonly known: ClaimState;
  readonly at: string;
}

function withDetails(event: ClaimEvent, occasion: Occasion): ClaimEvent {
  const { terms, known, at } = occasion;
  switch (event.type) {
    case 'CLAIM_APPROVED':
      return { ...event, data: { ...event.data, decidedAt: at } };
    case 'CLAIM_DENIED':
      return { ...event, data: { ...event.data, decidedAt: at } };
    case 'CLAIM_REFERRED':
      return referred(event, occasion);
    case 'CLAIM_REOPENED':
      return reopened(event, occasion);
    case 'CLAIM_INFORMATION_REQUESTED':
      return { ...event, data: { ...event.data, dueAt: later(at, terms.answerMs) } };
    case 'CLAIM_INFORMATION_PROVIDED': {
      // Who waits for an overdue answer no longer has a deadline already.
      if (!isWaiting(known) || known.question?.isOverdue) return event;
      return { ...event, data: { ...event.data, dueAt: decidedBy(requiredOf(known), occasion) } };
    }
    case 'CLAIM_REFERRAL_ESCALATED': {
      const { requiredAuthority, reason } = event.data;
      const isTop = reason.code === DECISION_OVERDUE && isWaiting(known) && requiredOf(known) === 'MANAGER';
      return isTop
        ? event
        : { ...event, data: { ...event.data, dueAt: decidedBy(requiredAuthority, occasion) } };
    }
    default:
      return event;
  }
}

/** What was escalated stays a manager's, and a referral that only corrects another gives no more time. */
function referred(event: Extract<ClaimEvent, { type: 'CLAIM_REFERRED' }>, occasion: Occasion): ClaimEvent {
  const { before, known } = occasion;
  if (known.status === 'none') return event;
  const waiting = isWaiting(before) ? before : undefined;
  const isEscalated = (waiting?.escalationLevel ?? 0) > 0;
  const requiredAuthority = isEscalated ? 'MANAGER' : event.data.requiredAuthority;
  const dueAt = (waiting && standing(waiting, requiredAuthority)) ?? decidedBy(requiredAuthority, occasion);
  const { file } = known;
  const shown = { findings: findingsOf(file), amounts: amountsOf(file) };
  return { ...event, data: { ...event.data, requiredAuthority, ...shown, dueAt } };
}

function reopened(event: Extract<ClaimEvent, { type: 'CLAIM_REOPENED' }>, occasion: Occasion): ClaimEvent {
  const { known } = occasion;
  if (known.status === 'none') return event;
  const requiredAuthority = personFor(known.file);
  const payable = payableAfterReopening(known.file);
  const dueAt = decidedBy(requiredAuthority, occasion);
  return { ...event, data: { ...event.data, payable, requiredAuthority, dueAt } };
}

/** The deadline that goes on: that of a question, or of the same person. */
function standing(before: WaitingClaim, authority: Authority): string | undefined {
  const isAsking = before.question !== undefined && !before.question.isOverdue;
  return isAsking || requiredOf(before) === authority ? before.dueAt : undefined;
}

function decidedBy(authority: Authority, { terms, at }: Occasion): string {
  return later(at, authority === 'MANAGER' ? terms.managerMs : terms.adjusterMs);
}

function later(at: string, ms: number): string {
  return isoFromMillis(epochMillis(at) + ms);
}
