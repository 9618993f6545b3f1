import { rejected, type CommandRejected } from '../decider.js';
import { amountText } from './amount-text.js';
import type { ClaimCommand } from './claim.messages.js';
import type { RecordedDecision } from './claim.state.js';

/** Refuses a command about a claim, naming the claim (a notice without an id of its own has to be told it). */
export function refuse(
  command: ClaimCommand,
  code: string,
  detail: string,
  claimId = command.data.claimId,
): readonly [CommandRejected] {
  return [rejected(command, code, detail, claimId)];
}

/** The claim was never filed, or not under this customer. */
export function claimNotFound(command: ClaimCommand): readonly [CommandRejected] {
  return refuse(command, 'claim_not_found', `There is no claim ${command.data.claimId} of this customer.`);
}

/** Says who decided what, and when. */
export function alreadyDecided(
  command: ClaimCommand,
  decision: RecordedDecision,
): readonly [CommandRejected] {
  const verdict = decision.verdict === 'DENY' ? 'denied' : 'approved';
  const amount = decision.amount ? ` with ${amountText(decision.amount)}` : '';
  const time = decision.at === undefined ? '' : ` at ${decision.at}`;
  return refuse(command, 'already_decided', `${decision.by} already ${verdict} the claim${amount}${time}.`);
}
