import type { Authority, DeciderAuthority, Money } from '@aika/contracts';
import { amountText } from './amount-text.js';
import { AUTHORITY_LIMITS } from './authority.js';
import { idsOf } from './claim.events.js';
import type { ClaimEvent, DecideReferredClaimCommand } from './claim.messages.js';
import { refuse } from './claim.refusals.js';
import type { WaitingClaim } from './claim.state.js';
import { requiredOf } from './referral.js';

/** Code of the reason that a claim waits for a second approval. */
export const ABOVE_OWN_AUTHORITY = 'above_own_authority';

/** The most that the person approves alone, in minor units of the currency. */
export function ownLimit({ role, limits }: DeciderAuthority, currency: Money['currency']): number {
  const own = limits.find((limit) => limit.currency === currency);
  if (own) return own.amount;
  return role === 'MANAGER' ? Number.MAX_SAFE_INTEGER : AUTHORITY_LIMITS[currency].adjuster;
}

/**
 * Four eyes: what is above the authority of who approves is proposed, and a manager who is somebody else has to
 * approve it too, up to the amount that was proposed. Undefined where this approval is enough.
 */
export function secondApproval(
  state: WaitingClaim,
  command: DecideReferredClaimCommand,
  { amount, most }: { readonly amount: Money; readonly most: Money },
): readonly ClaimEvent[] | undefined {
  const { authority, decidedBy } = command.data;
  if (authority === undefined || isWithin(authority, amount, requiredOf(state))) return undefined;
  const proposal = state.status === 'referred' ? state.proposal : undefined;
  if (proposal === undefined) return proposed(state, command, { amount, most });
  if (proposal.proposedBy === decidedBy) {
    // The same click again says nothing; another amount is a new proposal.
    return isSame(proposal.amount, amount) ? [] : proposed(state, command, { amount, most });
  }
  if (authority.role !== 'MANAGER') {
    const detail = `${proposal.proposedBy} has proposed ${amountText(proposal.amount)}; a manager has to approve it.`;
    return refuse(command, 'second_approval_by_manager', detail);
  }
  return isCovered(proposal.amount, amount) ? undefined : proposed(state, command, { amount, most });
}

function isWithin(authority: DeciderAuthority, amount: Money, required: Authority): boolean {
  if (required === 'MANAGER' && authority.role !== 'MANAGER') return false;
  return amount.amount <= ownLimit(authority, amount.currency);
}

function proposed(
  state: WaitingClaim,
  { data }: DecideReferredClaimCommand,
  { amount, most }: { readonly amount: Money; readonly most: Money },
): readonly ClaimEvent[] {
  const detail = `${amountText(amount)} is above the authority of ${data.decidedBy}, who proposes it: ${data.reason}`;
  const before = state.status === 'referred' ? state.reasons : [];
  return [
    {
      type: 'CLAIM_REFERRED',
      data: {
        ...idsOf(state.file),
        payable: most,
        fraudPoints: state.file.fraud?.fraudPoints ?? 0,
        requiredAuthority: 'MANAGER',
        reasons: [
          ...before.filter(({ code }) => code !== ABOVE_OWN_AUTHORITY),
          { code: ABOVE_OWN_AUTHORITY, detail },
        ],
        proposal: { proposedBy: data.decidedBy, amount },
      },
    },
  ];
}

function isSame(left: Money, right: Money): boolean {
  return left.amount === right.amount && left.currency === right.currency;
}

function isCovered(proposal: Money, amount: Money): boolean {
  return proposal.currency === amount.currency && amount.amount <= proposal.amount;
}
