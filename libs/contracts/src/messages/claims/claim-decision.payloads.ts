import { Id, Int, ListOf, Nested, OneOf, Text, Time } from '../../schema/field.decorators.js';
import type { Money } from '../../value-types.js';
import { CustomerPayload, MoneyValue, Reason } from '../../value-types.js';
import { ApprovalProposal, AUTHORITIES, type Authority, DeciderAuthority } from './claim-authority.js';
import { INFORMANTS, type Informant } from './claim-information.values.js';
import { ReferralAmounts, RuleFinding } from './claim-referral.values.js';

/**
 * What a person does with a referred claim. `CHANGE` approves another amount than the rules came to; `ASK` decides
 * nothing yet: the claim waits for an answer and comes back.
 */
export const CLAIM_DECISIONS = ['APPROVE', 'CHANGE', 'ASK', 'DENY'] as const;
export type ClaimDecision = (typeof CLAIM_DECISIONS)[number];

/** Stands in `approvedBy` and `deniedBy` when no person was needed. */
export const DECIDED_AUTOMATICALLY = 'AUTOMATIC';

const DecidedBy = (): PropertyDecorator =>
  Text({ max: 100, description: 'AUTOMATIC, or the person who decided.' });

const DecidedAt = (): PropertyDecorator =>
  Time({ optional: true, description: 'When the decision was made. Absent in older messages.' });

const DueAt = (): PropertyDecorator =>
  Time({ optional: true, description: 'When somebody above is asked unless a person has decided by then.' });

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
  @DecidedAt()
  readonly decidedAt?: string;
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
  @ListOf(() => RuleFinding, {
    optional: true,
    description: 'Every rule that was asked, in the order of the rules, and what it found.',
  })
  readonly findings?: readonly RuleFinding[];
  @Nested(() => ReferralAmounts, {
    optional: true,
    description: 'What the payable amount was computed from.',
  })
  readonly amounts?: ReferralAmounts;
  @DueAt()
  readonly dueAt?: string;
}

/** Nobody has decided, or answered, in time. */
export class ClaimReferralEscalatedPayload extends ClaimPayload {
  @Int({
    min: 0,
    description: 'How often nobody has decided in time. An answer that is overdue adds nothing.',
  })
  readonly escalationLevel!: number;
  @OneOf(AUTHORITIES, { description: 'Who has to decide from now on.' })
  readonly requiredAuthority!: Authority;
  @Nested(() => Reason, {
    description: '`decision_overdue`, or `answer_overdue`: the claim is decided without it.',
  })
  readonly reason!: Reason;
  @Time({ optional: true, description: 'When the next one is asked. Absent where nobody is above.' })
  readonly dueAt?: string;
}

export class ClaimDeniedPayload extends ClaimPayload {
  @ListOf(() => Reason, { description: 'Every reason, not only the first.' })
  readonly reasons!: readonly Reason[];
  @DecidedBy()
  readonly deniedBy!: string;
  @DecidedAt()
  readonly decidedAt?: string;
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
  @Nested(() => MoneyValue, {
    optional: true,
    description:
      'APPROVE: at most what is payable or was proposed, which it is without. CHANGE, which needs it: at most the loss within the limit.',
  })
  readonly amount?: Money;
  @Text({
    optional: true,
    max: 500,
    description: 'ASK, which needs it: what is asked, as it is told to who is asked.',
  })
  readonly question?: string;
  @OneOf(INFORMANTS, { optional: true, description: 'ASK: who is asked. CUSTOMER without it.' })
  readonly askedOf?: Informant;
  @Nested(() => DeciderAuthority, {
    optional: true,
    description: 'Set by the edge from the identity of the caller. Absent: the sender has checked it.',
  })
  readonly authority?: DeciderAuthority;
}

/** The claims agent's own deadline: coverage or risk did not answer in time. */
export class EscalateClaimPayload extends ClaimPayload {}

/** The claims agent's own deadline: no person has decided, or nobody has answered, in time. */
export class EscalateReferralPayload extends ClaimPayload {
  @Time({
    description: 'The deadline that has passed: of another one, which was moved meanwhile, nothing follows.',
  })
  readonly dueAt!: string;
}
