import type { Money, Reason } from '@aika/contracts';
import { amountText } from './amount-text.js';
import { approved, deniedAndClosed, reserved } from './claim.events.js';
import { decisionOf } from './claim.evolve.js';
import type { ClaimEvent, DecideReferredClaimCommand } from './claim.messages.js';
import { alreadyDecided, refuse } from './claim.refusals.js';
import type { ClaimFile, KnownClaim, RecordedDecision, ReferredClaim, ReopenedClaim } from './claim.state.js';
import { secondApproval } from './four-eyes.js';
import { payableAfterReopening } from './known-payable.js';

/**
 * A person's decision on a referred or reopened claim. The same person's same decision again says nothing;
 * any other decision on a decided claim is refused with the decision that stands.
 */
export function decideReferred(
  state: KnownClaim,
  command: DecideReferredClaimCommand,
): readonly ClaimEvent[] {
  if (state.status === 'referred' || state.status === 'reopened') return decide(state, command);
  const decision = decisionOf(state);
  if (decision) return isRepeat(decision, command) ? [] : alreadyDecided(command, decision);
  if (state.status === 'closed' || state.status === 'withdrawn') {
    return refuse(command, 'claim_closed', 'The claim was withdrawn; reopen it to decide it.');
  }
  return refuse(command, 'not_referred', 'The claim is still being assessed; it has not been referred.');
}

function decide(
  state: ReferredClaim | ReopenedClaim,
  command: DecideReferredClaimCommand,
): readonly ClaimEvent[] {
  const { decision, decidedBy, reason } = command.data;
  if (decision === 'APPROVE') return approve(state, command);
  return deniedAndClosed(state.file, [{ code: 'denied_by_person', detail: reason }], decidedBy);
}

function approve(
  state: ReferredClaim | ReopenedClaim,
  command: DecideReferredClaimCommand,
): readonly ClaimEvent[] {
  const { file } = state;
  const most = state.status === 'referred' ? state.payable : payableAfterReopening(file);
  const amount = command.data.amount ?? most;
  const refusal = refuseAmount(command, amount, most);
  if (refusal) return refusal;
  const second = secondApproval(state, command, { amount, most });
  if (second) return second;
  const reasons: Reason[] = [
    { code: 'approved_by_person', detail: command.data.reason },
    ...firstApproval(state),
  ];
  return [...reserveFirst(file, amount), approved(file, amount, command.data.decidedBy, reasons)];
}

/** Who approves what another has proposed says whose proposal it was. */
function firstApproval(state: ReferredClaim | ReopenedClaim): readonly Reason[] {
  if (state.status !== 'referred' || state.proposal === undefined) return [];
  const { proposedBy, amount } = state.proposal;
  return [{ code: 'proposed_by_person', detail: `${proposedBy} proposed ${amountText(amount)}.` }];
}

function reserveFirst(file: ClaimFile, amount: Money): readonly ClaimEvent[] {
  return file.reserve ? [] : [reserved(file, amount)];
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
