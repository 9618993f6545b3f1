import {
  AssessClaimRisk,
  ClaimRiskAssessed,
  type ClaimRiskAssessedPayload,
  CoverageVerified,
  type CoverageVerifiedPayload,
  EscalateClaim,
  EscalateReferral,
  PaymentRefused,
  PaymentSettled,
  type Reason,
  VerifyCoverage,
} from '@aika/contracts';
import {
  type ApprovedClaim,
  type ClaimHistory,
  claimHistory,
  type ClaimState,
  type DeskTerms,
} from '@aika/domain';
import { defineSaga, minutes, type SagaReads, type SagaScope } from '@aika/workflow';
import { claimEntity, claimsOfCustomer } from './claim.entity.js';
import { PayClaim } from './payments/pay-claim.effect.js';

/**
 * From a filed claim to its end. What a claim may become is its decider's rule; this says who is asked, who is
 * waited for, and what undoes a step when the provider refuses to pay.
 *
 * @param answersWithinMs how long the two assessments may take before a person gets the claim
 * @param terms how long people may take; the domain's defaults without it
 */
export const claimSettlement = (answersWithinMs: number = minutes(5), terms?: DeskTerms) =>
  defineSaga('claim-settlement', claimEntity(terms))
    .startsWhen(({ status }) => status === 'filed' || status === 'reopened')
    .remembers(historyOf)
    .step('check cover and fraud', (step) =>
      step
        .onlyIf(isFiled)
        .asks(VerifyCoverage, coverQuestion)
        .asks(AssessClaimRisk, fraudQuestion)
        .awaits(CoverageVerified, recordCoverage)
        .awaits(ClaimRiskAssessed, recordFraudAssessment)
        .within(answersWithinMs, EscalateClaim, idsOf)
        .awaits(EscalateClaim, (data) => ({ type: 'ESCALATE_CLAIM', data }))
        .until(({ status }) => status !== 'filed'),
    )
    .step('wait for a person', (step) =>
      step
        .onlyIf(needsAPerson)
        // What comes after the deadline still informs the person, or denies the claim.
        .awaits(CoverageVerified, recordCoverage)
        .awaits(ClaimRiskAssessed, recordFraudAssessment)
        .dueAt(({ dueAt }) => dueAt, EscalateReferral, overdue)
        .awaits(EscalateReferral, (data) => ({ type: 'ESCALATE_REFERRAL', data }))
        .until((state) => !needsAPerson(state)),
    )
    .step('approve', (step) => step.onlyIf(isApproved).undoneBy(reopenClaim))
    .step('set the money aside', (step) => step.onlyIf(isApproved).undoneBy(releaseReserve))
    .step('pay', (step) =>
      step
        .onlyIf(isApproved)
        .requests(PayClaim, paymentOrder)
        .awaits(PaymentSettled, (data, state) =>
          isAwaited(data, state) ? { type: 'CONFIRM_PAYMENT', data } : undefined,
        )
        .failsOn(PaymentRefused, (data, state) => (isAwaited(data, state) ? data.reason : undefined))
        .until(({ status }) => status !== 'approved'),
    )
    .step('close', (step) =>
      step.onlyIf(isPaid).does((_, scope) => ({ type: 'CLOSE_CLAIM', data: idsOf(_, scope) })),
    )
    .build();

export type ClaimSettlement = ReturnType<typeof claimSettlement>;

/** Injection token of the `ClaimSettlement`. */
export const CLAIM_SETTLEMENT = Symbol('claim-settlement');

type Scope = SagaScope<ClaimHistory>;
type InStatus<T extends ClaimState['status']> = Extract<ClaimState, { status: T }>;

const isFiled = (state: ClaimState): state is InStatus<'filed'> => state.status === 'filed';
const needsAPerson = (state: ClaimState): state is InStatus<'referred' | 'reopened'> =>
  state.status === 'referred' || state.status === 'reopened';
const isApproved = (state: ClaimState): state is ApprovedClaim => state.status === 'approved';
const isPaid = (state: ClaimState): state is InStatus<'paid'> => state.status === 'paid';

function historyOf(state: ClaimState, reads: SagaReads): ClaimHistory {
  if (state.status === 'none') return { priorClaims: 0, sameLossClaims: 0 };
  return claimHistory(state.file.facts, claimsOfCustomer(reads));
}

function coverQuestion({ file }: InStatus<'filed'>) {
  const { customerId, claimId, policyId, cause, lossAt } = file.facts;
  return { customerId, claimId, policyId, cause, lossAt };
}

function fraudQuestion({ file }: InStatus<'filed'>, { remembered }: Scope) {
  const { customerId, claimId, policyId, lossAt, reportedAt, cause, estimatedLoss } = file.facts;
  return { customerId, claimId, policyId, lossAt, reportedAt, cause, estimatedLoss, ...remembered };
}

const recordCoverage = (data: CoverageVerifiedPayload) => ({ type: 'RECORD_COVERAGE', data }) as const;

const recordFraudAssessment = (data: ClaimRiskAssessedPayload) =>
  ({ type: 'RECORD_FRAUD_ASSESSMENT', data }) as const;

function overdue(state: InStatus<'referred' | 'reopened'>, scope: Scope) {
  return { ...idsOf(state, scope), dueAt: state.dueAt ?? '' };
}

function paymentOrder({ file, paymentId, payable }: ApprovedClaim) {
  const { customerId, claimId } = file.facts;
  return { customerId, claimId, paymentId, amount: payable };
}

/** Whether the result is that of the claim's current payment, and not of an earlier approval's. */
function isAwaited({ paymentId }: { readonly paymentId: string }, state: ClaimState): boolean {
  return state.status === 'approved' && state.paymentId === paymentId;
}

function releaseReserve(state: ClaimState, scope: Scope, reason: Reason) {
  if (state.status !== 'approved') return undefined;
  const data = { ...idsOf(state, scope), paymentId: state.paymentId, reason };
  return { type: 'RELEASE_RESERVE', data } as const;
}

function reopenClaim(state: ClaimState, scope: Scope, cause: Reason) {
  return { type: 'REOPEN_CLAIM', data: { ...idsOf(state, scope), reason: cause.detail }, cause } as const;
}

function idsOf(_: ClaimState, { customerId, id }: Scope) {
  return { customerId, claimId: id };
}
