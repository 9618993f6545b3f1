import { ClaimApproved, ClaimDenied, ClaimReferred, ClaimReopened, ClaimWithdrawn } from '@aika/contracts';
import { defineFold } from '../entity-fold.js';
import { on, type ViewEvent } from '../view-event.js';

const undecided = ({ occurredAt }: ViewEvent) =>
  ({
    status: 'open',
    referred_at: occurredAt,
    decided_by: null,
    decided_amount: null,
    decided_at: null,
  }) as const;

/** What waits for a person, and what a person decided. */
export const referredClaimsFold = defineFold<'referred_claims'>({
  table: 'referred_claims',
  key: 'claim_id',
  either: [
    on(ClaimReferred, ({ claimId, customerId, payable, fraudPoints, requiredAuthority, reasons }, event) => ({
      ...undecided(event),
      claim_id: claimId,
      customer_id: customerId,
      kind: 'referred',
      payable_amount: payable.amount,
      currency: payable.currency,
      fraud_points: fraudPoints,
      required_authority: requiredAuthority,
      reasons,
    })),
    on(ClaimReopened, ({ claimId, customerId, reason }, event, before) => ({
      ...undecided(event),
      claim_id: claimId,
      customer_id: customerId,
      kind: 'reopened',
      payable_amount: null,
      currency: before?.currency ?? null,
      fraud_points: before?.fraud_points ?? null,
      required_authority: null,
      reasons: [reason],
    })),
  ],
  changes: [
    on(ClaimApproved, ({ approvedBy, payable }, { occurredAt }, { status }) =>
      status === 'open'
        ? {
            status: 'approved',
            decided_by: approvedBy,
            decided_amount: payable.amount,
            currency: payable.currency,
            decided_at: occurredAt,
          }
        : {},
    ),
    on(ClaimDenied, ({ deniedBy }, { occurredAt }, { status }) =>
      status === 'open' ? { status: 'denied', decided_by: deniedBy, decided_at: occurredAt } : {},
    ),
    on(ClaimWithdrawn, (_claim, { occurredAt }, { status }) =>
      status === 'open' ? { status: 'withdrawn', decided_at: occurredAt } : {},
    ),
  ],
});
