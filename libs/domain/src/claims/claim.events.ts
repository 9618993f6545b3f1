import type { ClaimOutcome, Money, Reason } from '@aika/contracts';
import type { ClaimEvent } from './claim.messages.js';
import type { ClaimFile } from './claim.state.js';

/** The two ids that every event about a claim carries. */
export function idsOf({ facts }: ClaimFile): { readonly customerId: string; readonly claimId: string } {
  return { customerId: facts.customerId, claimId: facts.claimId };
}

export function reserved(file: ClaimFile, reserve: Money): ClaimEvent {
  return { type: 'CLAIM_RESERVED', data: { ...idsOf(file), reserve } };
}

export function approved(
  file: ClaimFile,
  payable: Money,
  approvedBy: string,
  reasons: readonly Reason[],
): ClaimEvent {
  return { type: 'CLAIM_APPROVED', data: { ...idsOf(file), payable, approvedBy, reasons } };
}

/** The release of the reserve, if there is one. */
export function released(file: ClaimFile, reason: Reason): readonly ClaimEvent[] {
  if (!file.reserve) return [];
  return [{ type: 'RESERVE_RELEASED', data: { ...idsOf(file), released: file.reserve, reason } }];
}

/** A denial frees what was set aside and ends the claim. */
export function deniedAndClosed(
  file: ClaimFile,
  reasons: readonly Reason[],
  deniedBy: string,
): readonly ClaimEvent[] {
  return [
    ...released(file, { code: 'claim_denied', detail: 'The claim was denied.' }),
    { type: 'CLAIM_DENIED', data: { ...idsOf(file), reasons, deniedBy } },
    closed(file, 'DENIED'),
  ];
}

export function closed(file: ClaimFile, outcome: ClaimOutcome): ClaimEvent {
  return { type: 'CLAIM_CLOSED', data: { ...idsOf(file), outcome } };
}

export function reopened(file: ClaimFile, reason: Reason): ClaimEvent {
  return { type: 'CLAIM_REOPENED', data: { ...idsOf(file), reason } };
}
