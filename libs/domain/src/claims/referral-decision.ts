import type { Money, Reason } from '@aika/contracts';
import { amountText } from './amount-text.js';
import { approved, deniedAndClosed, reserved } from './claim.events.js';
import { decisionOf } from './claim.evolve.js';
import type { ClaimEvent, DecideReferredClaimCommand } from './claim.messages.js';
import { alreadyDecided, refuse } from './claim.refusals.js';
import type { ClaimFile, KnownClaim, RecordedDecision, WaitingClaim } from './claim.state.js';
import { isWaiting } from './claim.state.js';
import { secondApproval } from './four-eyes.js';
import { payableAfterReopening, payableByChange } from './known-payable.js';
import { CHANGED_BY_PERSON } from './reason-codes.js';
import { ask } from './referral-information.js';

/**
 * A person's decision on a referred or reopened claim. The same person's same decision again says nothing;
 * any other decision on a decided claim is refused with the decision that stands.
 */
export function decideReferred(
  state: KnownClaim,
  command: DecideReferredClaimCommand,
): readonly ClaimEvent[] {
  if (isWaiting(state)) return decide(state, command);
  const decision = decisionOf(state);
  if (decision) return isRepeat(decision, command) ? [] : alreadyDecided(command, decision);
  if (state.status === 'closed' || state.status === 'withdrawn') {
    return refuse(command, 'claim_closed', 'The claim was withdrawn; reopen it to decide it.');
  }
  return refuse(command, 'not_referred', 'The claim is still being assessed; it has not been referred.');
}

function decide(state: WaitingClaim, command: DecideReferredClaimCommand): readonly ClaimEvent[] {
  const { decision, decidedBy, reason } = command.data;
  switch (decision) {
    case 'APPROVE':
    case 'CHANGE':
      return approve(state, command);
    case 'ASK':
      return ask(state, command);
    case 'DENY':
      return deniedAndClosed(state.file, [{ code: 'denied_by_person', detail: reason }], decidedBy);
    default:
      decision satisfies never;
      return [];
  }
}

function approve(state: WaitingClaim, command: DecideReferredClaimCommand): readonly ClaimEvent[] {
  const { file } = state;
  const { decision, decidedBy } = command.data;
  const payable = payableOf(state);
  const standing = proposedByAnother(state, command) ?? payable;
  const amount = command.data.amount ?? standing;
  const refusal =
    decision === 'CHANGE'
      ? refuseChange(command, larger(payable, payableByChange(file)))
      : refuseAmount(command, amount, larger(payable, standing));
  if (refusal) return refusal;
  const second = secondApproval(state, command, { amount, most: payable });
  if (second) return second;
  const reasons = [approvalReason(command, amount, payable), ...firstApproval(state)];
  return [...reserveFirst(file, amount), approved(file, amount, decidedBy, reasons)];
}

/** What an approval pays by the rules. */
function payableOf(state: WaitingClaim): Money {
  return state.status === 'referred' ? state.payable : payableAfterReopening(state.file);
}

/** Who approves what another has proposed, and names no amount, means that one. */
function proposedByAnother(state: WaitingClaim, { data }: DecideReferredClaimCommand): Money | undefined {
  const proposal = state.status === 'referred' ? state.proposal : undefined;
  return proposal === undefined || proposal.proposedBy === data.decidedBy ? undefined : proposal.amount;
}

function larger(a: Money, b: Money): Money {
  return a.currency === b.currency && b.amount > a.amount ? b : a;
}

function approvalReason({ data }: DecideReferredClaimCommand, amount: Money, payable: Money): Reason {
  if (data.decision !== 'CHANGE') return { code: 'approved_by_person', detail: data.reason };
  const detail = `${amountText(amount)} instead of ${amountText(payable)}: ${data.reason}`;
  return { code: CHANGED_BY_PERSON, detail };
}

/** Who approves what another has proposed says whose proposal it was. */
function firstApproval(state: WaitingClaim): readonly Reason[] {
  if (state.status !== 'referred' || state.proposal === undefined) return [];
  const { proposedBy, amount } = state.proposal;
  return [{ code: 'proposed_by_person', detail: `${proposedBy} proposed ${amountText(amount)}.` }];
}

function reserveFirst(file: ClaimFile, amount: Money): readonly ClaimEvent[] {
  const { reserve } = file;
  const isEnough = reserve?.currency === amount.currency && reserve.amount >= amount.amount;
  return isEnough ? [] : [reserved(file, amount)];
}

function refuseChange(command: DecideReferredClaimCommand, most: Money) {
  const { amount } = command.data;
  if (amount === undefined) return refuse(command, 'amount_missing', 'A change names the new amount.');
  if (amount.currency === most.currency && most.amount > 0 && amount.amount > most.amount) {
    const detail = `${amountText(amount)} is above ${amountText(most)}, the loss within the limit.`;
    return refuse(command, 'above_loss', detail);
  }
  return refuseAmount(command, amount, most);
}

function refuseAmount(command: DecideReferredClaimCommand, amount: Money, most: Money) {
  if (most.amount <= 0) return refuse(command, 'nothing_payable', 'Nothing is left to pay on this claim.');
  if (amount.currency !== most.currency) {
    const detail = `The claim pays in ${most.currency}, not in ${amount.currency}.`;
    return refuse(command, 'currency_mismatch', detail);
  }
  if (amount.amount <= 0) {
    return refuse(command, 'amount_not_positive', 'An approval pays something; deny the claim instead.');
  }
  if (amount.amount > most.amount) {
    const detail = `${amountText(amount)} is above the payable ${amountText(most)}.`;
    return refuse(command, 'above_payable', detail);
  }
  return undefined;
}

function isRepeat(decision: RecordedDecision, { data }: DecideReferredClaimCommand): boolean {
  if (decision.verdict !== data.decision || decision.by !== data.decidedBy) return false;
  if (!data.amount) return true;
  return decision.amount?.amount === data.amount.amount && decision.amount.currency === data.amount.currency;
}
