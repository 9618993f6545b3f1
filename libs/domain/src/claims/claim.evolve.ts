import type { ClaimEvent } from './claim.messages.js';
import type { ClaimFile, ClaimState, KnownClaim, RecordedDecision } from './claim.state.js';
import { isWaiting, paymentIdOf } from './claim.state.js';
import { ANSWER_OVERDUE, CHANGED_BY_PERSON } from './reason-codes.js';

type EventOf<T extends ClaimEvent['type']> = Extract<ClaimEvent, { type: T }>;

/** The claim after one event of its history. An event that means nothing in this status changes nothing. */
export function evolveClaim(state: ClaimState, event: ClaimEvent): ClaimState {
  if (event.type === 'CLAIM_FILED') return state.status === 'none' ? opened(event) : state;
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'COVERAGE_VERIFIED':
      return state.file.coverage ? state : withAnswer(state, { coverage: event.data });
    case 'CLAIM_RISK_ASSESSED':
      return state.file.fraud ? state : withAnswer(state, { fraud: event.data });
    case 'CLAIM_RESERVED':
      return { status: 'reserved', file: { ...state.file, reserve: event.data.reserve } };
    case 'CLAIM_REFERRED':
      return referred(state, event);
    case 'CLAIM_REFERRAL_ESCALATED':
      return escalated(state, event);
    case 'CLAIM_INFORMATION_REQUESTED':
      return asked(state, event);
    case 'CLAIM_INFORMATION_PROVIDED':
      return answered(state, event);
    case 'CLAIM_APPROVED':
      return approved(state, event);
    case 'CLAIM_DENIED':
      return denied(state, event);
    case 'RESERVE_RELEASED':
      return released(state, event);
    case 'CLAIM_PAID':
      return paid(state, event);
    case 'CLAIM_WITHDRAWN':
      return { status: 'withdrawn', file: state.file };
    case 'CLAIM_CLOSED':
      return closed(state, event);
    case 'CLAIM_REOPENED':
      return reopened(state, event);
    case 'COMMAND_REJECTED':
      return state;
    default:
      event satisfies never;
      return state;
  }
}

function opened(event: EventOf<'CLAIM_FILED'>): ClaimState {
  return { status: 'filed', file: { facts: event.data, paymentAttempts: 0, payments: [] } };
}

function withAnswer(state: KnownClaim, answer: Pick<ClaimFile, 'coverage' | 'fraud'>): ClaimState {
  if (state.status === 'reserved' || state.status === 'approved') {
    return { ...state, file: { ...state.file, ...answer } };
  }
  return { ...state, file: { ...state.file, ...answer } };
}

/** What was asked, and how long the claim waits already, stays when it is referred again. */
function referred(state: KnownClaim, { data }: EventOf<'CLAIM_REFERRED'>): ClaimState {
  const { payable, fraudPoints, requiredAuthority, reasons, proposal } = data;
  const referral = { payable, fraudPoints, requiredAuthority, reasons, ...(proposal ? { proposal } : {}) };
  const { question, escalationLevel } = isWaiting(state) ? state : {};
  const kept = { ...(question ? { question } : {}), ...(escalationLevel ? { escalationLevel } : {}) };
  return { status: 'referred', file: state.file, ...referral, ...kept, ...due(data.dueAt) };
}

function reopened({ file }: KnownClaim, { data }: EventOf<'CLAIM_REOPENED'>): ClaimState {
  const { reason, requiredAuthority, dueAt } = data;
  const authority = requiredAuthority ? { requiredAuthority } : {};
  return { status: 'reopened', file, reason, ...authority, ...due(dueAt) };
}

function due(dueAt: string | undefined): { readonly dueAt?: string } {
  return dueAt === undefined ? {} : { dueAt };
}

function escalated(state: KnownClaim, { data }: EventOf<'CLAIM_REFERRAL_ESCALATED'>): ClaimState {
  if (!isWaiting(state)) return state;
  const { dueAt: _passed, question, ...rest } = state;
  const { escalationLevel, requiredAuthority, reason } = data;
  const isOverdue = reason.code === ANSWER_OVERDUE;
  const asked = question && { question: isOverdue ? { ...question, isOverdue: true as const } : question };
  return { ...rest, escalationLevel, requiredAuthority, ...asked, ...due(data.dueAt) };
}

function asked(state: KnownClaim, { data }: EventOf<'CLAIM_INFORMATION_REQUESTED'>): ClaimState {
  if (!isWaiting(state)) return state;
  const { dueAt: _before, ...rest } = state;
  const { questionId, askedOf, askedBy, question, dueAt } = data;
  const file = { ...state.file, questionsAsked: (state.file.questionsAsked ?? 0) + 1 };
  return { ...rest, file, question: { questionId, askedOf, askedBy, question }, ...due(dueAt) };
}

/** The answer to an overdue question gives no more time to decide. */
function answered(state: KnownClaim, { data }: EventOf<'CLAIM_INFORMATION_PROVIDED'>): ClaimState {
  if (!isWaiting(state)) return state;
  const { question: _answered, ...rest } = state;
  return { ...rest, ...due(data.dueAt) };
}

/** No payment may start from an approval without a reserve, so such a history leaves the claim as it was. */
function approved(state: KnownClaim, { data }: EventOf<'CLAIM_APPROVED'>): ClaimState {
  const { reserve, ...file } = state.file;
  if (!reserve) return state;
  const paymentAttempts = file.paymentAttempts + 1;
  return {
    status: 'approved',
    file: { ...file, reserve, paymentAttempts },
    payable: data.payable,
    decision: { verdict: verdictOf(data), by: data.approvedBy, amount: data.payable, ...at(data) },
    paymentId: paymentIdOf(file.facts.claimId, paymentAttempts),
  };
}

function denied({ file }: KnownClaim, { data }: EventOf<'CLAIM_DENIED'>): ClaimState {
  return { status: 'denied', file, decision: { verdict: 'DENY', by: data.deniedBy, ...at(data) } };
}

function verdictOf({ reasons }: EventOf<'CLAIM_APPROVED'>['data']): 'APPROVE' | 'CHANGE' {
  return reasons.some(({ code }) => code === CHANGED_BY_PERSON) ? 'CHANGE' : 'APPROVE';
}

function at({ decidedAt }: { readonly decidedAt?: string }): { readonly at?: string } {
  return decidedAt === undefined ? {} : { at: decidedAt };
}

/** Releasing the reserve of an approved claim is what a refused payment does to it. */
function released(state: KnownClaim, { data }: EventOf<'RESERVE_RELEASED'>): ClaimState {
  const file = withoutReserve(state.file);
  if (state.status === 'approved') {
    return { status: 'payment_refused', file, refusal: data.reason, decision: state.decision };
  }
  if (state.status === 'reserved') return { status: 'filed', file };
  return { ...state, file };
}

function paid(state: KnownClaim, { data }: EventOf<'CLAIM_PAID'>): ClaimState {
  if (state.status !== 'approved') return state;
  const payment = { paymentId: data.paymentId, amount: data.amount };
  const file = { ...state.file, payments: [...state.file.payments, payment] };
  return { status: 'paid', file, decision: state.decision };
}

/** Closing also ends the reserve: what an approval below it did not use is free again. */
function closed(state: KnownClaim, { data }: EventOf<'CLAIM_CLOSED'>): ClaimState {
  const decision = decisionOf(state);
  const file = withoutReserve(state.file);
  return { status: 'closed', file, outcome: data.outcome, ...(decision ? { decision } : {}) };
}

function withoutReserve({ reserve: _reserve, ...file }: ClaimFile): ClaimFile {
  return file;
}

/** What was decided since the claim was filed or last reopened. */
export function decisionOf(state: ClaimState): RecordedDecision | undefined {
  return 'decision' in state ? state.decision : undefined;
}
