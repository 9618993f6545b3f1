import {
  ClaimApproved,
  ClaimClosed,
  ClaimDenied,
  ClaimFiled,
  ClaimPaid,
  ClaimReferralEscalated,
  ClaimReferred,
  ClaimReopened,
  ClaimReserved,
  ClaimRiskAssessed,
  ClaimWithdrawn,
  CoverageVerified,
  ReserveReleased,
} from '@aika/contracts';
import { defineFold } from '../entity-fold.js';
import { on } from '../view-event.js';

/** A claim with its money, from the first notice of loss to its closing. */
export const claimsFold = defineFold<'claims'>({
  table: 'claims',
  key: 'claim_id',
  births: [
    on(ClaimFiled, (claim, { occurredAt }) => ({
      claim_id: claim.claimId,
      customer_id: claim.customerId,
      policy_id: claim.policyId,
      status: 'filed',
      loss_at: claim.lossAt,
      reported_at: claim.reportedAt,
      cause: claim.cause,
      reporter: claim.reporter,
      currency: claim.estimatedLoss.currency,
      estimated_amount: claim.estimatedLoss.amount,
      reserve_amount: null,
      payable_amount: null,
      paid_amount: 0,
      covered: null,
      coverage_reasons: [],
      fraud_points: null,
      fraud_indicators: [],
      required_authority: null,
      decided_by: null,
      reasons: [],
      outcome: null,
      filed_at: occurredAt,
      closed_at: null,
    })),
  ],
  changes: [
    // The first answer counts, as it does for the claims agent.
    on(CoverageVerified, ({ covered, reasons }, _event, claim) =>
      claim.covered === null ? { covered, coverage_reasons: reasons } : {},
    ),
    on(ClaimRiskAssessed, ({ fraudPoints, indicators }, _event, claim) =>
      claim.fraud_points === null ? { fraud_points: fraudPoints, fraud_indicators: indicators } : {},
    ),
    on(ClaimReserved, ({ reserve }) => ({ status: 'reserved', reserve_amount: reserve.amount })),
    on(ClaimReferred, ({ payable, requiredAuthority, reasons }) => ({
      status: 'referred',
      payable_amount: payable.amount,
      required_authority: requiredAuthority,
      reasons,
    })),
    on(ClaimReferralEscalated, ({ requiredAuthority }) => ({ required_authority: requiredAuthority })),
    on(ClaimApproved, ({ payable, approvedBy, reasons }) => ({
      status: 'approved',
      payable_amount: payable.amount,
      decided_by: approvedBy,
      reasons,
    })),
    on(ClaimDenied, ({ deniedBy, reasons }) => ({ status: 'denied', decided_by: deniedBy, reasons })),
    on(ReserveReleased, ({ reason }, _event, { status }) => {
      // Releasing the reserve of an approved claim is what a refused payment does to it.
      if (status === 'approved')
        return { reserve_amount: null, status: 'payment_refused', reasons: [reason] };
      return { reserve_amount: null, status: status === 'reserved' ? 'filed' : status };
    }),
    on(ClaimPaid, ({ amount }, _event, { paid_amount }) => ({
      status: 'paid',
      paid_amount: paid_amount + amount.amount,
    })),
    on(ClaimWithdrawn, () => ({ status: 'withdrawn' })),
    on(ClaimClosed, ({ outcome }, { occurredAt }) => ({
      status: 'closed',
      outcome,
      reserve_amount: null,
      closed_at: occurredAt,
    })),
    on(ClaimReopened, ({ reason }) => ({
      status: 'reopened',
      outcome: null,
      closed_at: null,
      decided_by: null,
      reasons: [reason],
    })),
  ],
});
