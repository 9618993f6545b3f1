import { Id, Int, ListOf, Nested, OneOf, Text } from '../../schema/field.decorators.js';
import type { Money } from '../../value-types.js';
import { CustomerPayload, MoneyValue, Reason } from '../../value-types.js';
import { ApprovalProposal, AUTHORITIES, type Authority, DeciderAuthority } from './claim-authority.js';

export const CLAIM_DECISIONS = ['APPROVE', 'DENY'] as const;
export type ClaimDecision = (typeof CLAIM_DECISIONS)[number];

/** Stands in `approvedBy` and `deniedBy` when no person was needed. */
export const DECIDED_AUTOMATICALLY = 'AUTOMATIC';

const DecidedBy = (): PropertyDecorator =>
  Text({ max: 100, description: 'AUTOMATIC, or the person who decided.' });

/** What every message about one claim carries. */
export abstract class ClaimPayload extends CustomerPayload {
  @Id()
  readonly claimId!: string;
}

export class ClaimReservedPayload extends ClaimPayload {
  @Nested(() => MoneyValue)
  readonly reserve!: Money;
}

export class ClaimApprovedPayload extends ClaimPayload {
  @Nested(() => MoneyValue)
  readonly payable!: Money;
  @DecidedBy()
  readonly approvedBy!: string;
  @ListOf(() => Reason)
  readonly reasons!: readonly Reason[];
}

export class ClaimReferredPayload extends ClaimPayload {
  @Nested(() => MoneyValue)
  readonly payable!: Money;
  @Int({ min: 0 })
  readonly fraudPoints!: number;
  @OneOf(AUTHORITIES)
  readonly requiredAuthority!: Authority;
  @ListOf(() => Reason)
  readonly reasons!: readonly Reason[];
  @Nested(() => ApprovalProposal, {
    optional: true,
    description: 'An approval above its own authority: somebody else, a manager, has to give it too.',
  })
  readonly proposal?: ApprovalProposal;
}

export class ClaimDeniedPayload extends ClaimPayload {
  @ListOf(() => Reason, { description: 'Every reason, not only the first.' })
  readonly reasons!: readonly Reason[];
  @DecidedBy()
  readonly deniedBy!: string;
}

export class DecideReferredClaimPayload extends ClaimPayload {
  @OneOf(CLAIM_DECISIONS)
  readonly decision!: ClaimDecision;
  @Text({
    max: 100,
    description: 'The person who decides. Over HTTP with logins: who asks, whatever is said here.',
  })
  readonly decidedBy!: string;
  @Text({ max: 500 })
  readonly reason!: string;
  @Nested(() => MoneyValue, { optional: true, description: 'At most what is payable, which it is without.' })
  readonly amount?: Money;
  @Nested(() => DeciderAuthority, {
    optional: true,
    description: 'Set by the edge from the identity of the caller. Absent: the sender has checked it.',
  })
  readonly authority?: DeciderAuthority;
}

/** The claims agent's own deadline: coverage or risk did not answer in time. */
export class EscalateClaimPayload extends ClaimPayload {}
