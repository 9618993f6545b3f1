import { closed, idsOf, released, reopened } from './claim.events.js';
import type { ClaimEvent, ReopenClaimCommand, WithdrawClaimCommand } from './claim.messages.js';
import { refuse } from './claim.refusals.js';
import type { ClaimFile, KnownClaim } from './claim.state.js';

/** The customer takes the claim back: possible until a payment is approved. */
export function withdrawClaim(state: KnownClaim, command: WithdrawClaimCommand): readonly ClaimEvent[] {
  switch (state.status) {
    case 'filed':
    case 'reserved':
    case 'referred':
    case 'reopened':
      return withdrawn(state.file, command.data.reason);
    case 'approved':
    case 'payment_refused':
    case 'paid':
      return refuse(command, 'payment_approved', 'The payment was approved; the claim cannot be withdrawn.');
    case 'withdrawn':
      return [];
    case 'denied':
      return refuseClosed(command, 'DENIED');
    case 'closed':
      return state.outcome === 'WITHDRAWN' ? [] : refuseClosed(command, state.outcome);
    default:
      state satisfies never;
      return [];
  }
}

function withdrawn(file: ClaimFile, reason: string): readonly ClaimEvent[] {
  return [
    { type: 'CLAIM_WITHDRAWN', data: { ...idsOf(file), reason } },
    ...released(file, { code: 'claim_withdrawn', detail: 'The claim was withdrawn.' }),
    closed(file, 'WITHDRAWN'),
  ];
}

function refuseClosed(command: WithdrawClaimCommand, outcome: string) {
  return refuse(command, 'claim_closed', `The claim is closed as ${outcome}.`);
}

/**
 * Opens a claim again for a person to decide: a closed one by a person's order, or one whose payment was
 * refused, as the last step of undoing it.
 */
export function reopenClaim(state: KnownClaim, command: ReopenClaimCommand): readonly ClaimEvent[] {
  if (state.status === 'reopened') return [];
  if (state.status !== 'closed' && state.status !== 'payment_refused') {
    return refuse(command, 'claim_still_open', 'Only a closed claim can be reopened.');
  }
  const byPerson = { code: 'reopened_by_person', detail: command.data.reason };
  return [reopened(state.file, command.cause ?? byPerson)];
}
