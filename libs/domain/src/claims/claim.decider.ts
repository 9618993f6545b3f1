import type { Decider } from '../decider.js';
import { escalate, recordCoverage, recordFraudAssessment } from './adjudication.js';
import { evolveClaim } from './claim.evolve.js';
import type { ClaimCommand, ClaimEvent, FileClaimCommand } from './claim.messages.js';
import { claimNotFound } from './claim.refusals.js';
import type { ClaimState, KnownClaim } from './claim.state.js';
import { fileClaim } from './fnol.js';
import { decideReferred } from './referral-decision.js';
import { escalateReferral, provideInformation } from './referral-information.js';
import { closeClaim, confirmPayment, releaseReserve } from './settlement.js';
import { reopenClaim, withdrawClaim } from './withdrawal-and-reopening.js';

/**
 * A claim from first notice of loss to closing. Its entity id is `claimIdOf(command)` for FILE_CLAIM and
 * `data.claimId` for every other command. Among its events are those of other agents that its state keeps:
 * publish only `publishedClaimEvents(events)`.
 *
 * These are the rules alone. What the person who decides is told beside them, and by when they have to decide, is added
 * by `claimDeciderFor`.
 */
export const claimDecider: Decider<ClaimState, ClaimCommand, ClaimEvent> = {
  initialState: { status: 'none' },
  decide: decideClaim,
  evolve: evolveClaim,
};

function decideClaim(state: ClaimState, command: ClaimCommand): readonly ClaimEvent[] {
  if (command.type === 'FILE_CLAIM') return fileClaim(state, command);
  // Somebody else's claim is answered like one that does not exist: ids must not be probed.
  if (state.status === 'none' || state.file.facts.customerId !== command.data.customerId) {
    return claimNotFound(command);
  }
  return decideKnown(state, command);
}

function decideKnown(
  state: KnownClaim,
  command: Exclude<ClaimCommand, FileClaimCommand>,
): readonly ClaimEvent[] {
  switch (command.type) {
    case 'RECORD_COVERAGE':
      return recordCoverage(state, command);
    case 'RECORD_FRAUD_ASSESSMENT':
      return recordFraudAssessment(state, command);
    case 'ESCALATE_CLAIM':
      return escalate(state, command);
    case 'DECIDE_REFERRED_CLAIM':
      return decideReferred(state, command);
    case 'ESCALATE_REFERRAL':
      return escalateReferral(state, command);
    case 'PROVIDE_CLAIM_INFORMATION':
      return provideInformation(state, command);
    case 'CONFIRM_PAYMENT':
      return confirmPayment(state, command);
    case 'CLOSE_CLAIM':
      return closeClaim(state, command);
    case 'RELEASE_RESERVE':
      return releaseReserve(state, command);
    case 'REOPEN_CLAIM':
      return reopenClaim(state, command);
    case 'WITHDRAW_CLAIM':
      return withdrawClaim(state, command);
    default:
      command satisfies never;
      return [];
  }
}
