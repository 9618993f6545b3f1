import type {
  ClaimApprovedPayload,
  ClaimClosedPayload,
  ClaimDeniedPayload,
  ClaimFiledPayload,
  ClaimInformationProvidedPayload,
  ClaimInformationRequestedPayload,
  ClaimPaidPayload,
  ClaimReferralEscalatedPayload,
  ClaimReferredPayload,
  ClaimReopenedPayload,
  ClaimReservedPayload,
  ClaimRiskAssessedPayload,
  ClaimWithdrawnPayload,
  CoverageVerifiedPayload,
  DecideReferredClaimPayload,
  EscalateClaimPayload,
  EscalateReferralPayload,
  FileClaimPayload,
  PaymentSettledPayload,
  ProvideClaimInformationPayload,
  Reason,
  ReopenClaimPayload,
  ReserveReleasedPayload,
  WithdrawClaimPayload,
} from '@aika/contracts';
import type { Command, CommandRejected, DomainEvent } from '../decider.js';
import type { ClaimSummary } from './claim-history.js';

/** The first notice of loss, with the customer's other claims (any status) for the duplicate check. */
export interface FileClaimCommand extends Command<'FILE_CLAIM', FileClaimPayload> {
  readonly openClaims: readonly ClaimSummary[];
}

/** The policy agent's answer, to be recorded and acted on. */
export type RecordCoverageCommand = Command<'RECORD_COVERAGE', CoverageVerifiedPayload>;
/** The risk agent's answer, to be recorded and acted on. */
export type RecordFraudAssessmentCommand = Command<'RECORD_FRAUD_ASSESSMENT', ClaimRiskAssessedPayload>;
/** The deadline of the two answers has passed. */
export type EscalateClaimCommand = Command<'ESCALATE_CLAIM', EscalateClaimPayload>;
/** The deadline of the person who decides, or of who was asked, has passed. */
export type EscalateReferralCommand = Command<'ESCALATE_REFERRAL', EscalateReferralPayload>;
/** The answer to what was asked about a referred claim. */
export type ProvideClaimInformationCommand = Command<
  'PROVIDE_CLAIM_INFORMATION',
  ProvideClaimInformationPayload
>;
/** A person's decision. */
export type DecideReferredClaimCommand = Command<'DECIDE_REFERRED_CLAIM', DecideReferredClaimPayload>;
/** The provider paid. */
export type ConfirmPaymentCommand = Command<'CONFIRM_PAYMENT', PaymentSettledPayload>;
/** The last step of a settlement that went well. */
export type CloseClaimCommand = Command<
  'CLOSE_CLAIM',
  { readonly customerId: string; readonly claimId: string }
>;
/** Compensation 1 of a refused payment: the money is free again. `reason` is the provider's. */
export type ReleaseReserveCommand = Command<
  'RELEASE_RESERVE',
  {
    readonly customerId: string;
    readonly claimId: string;
    readonly paymentId: string;
    readonly reason: Reason;
  }
>;
/** Compensation 2 of a refused payment (with `cause`, the provider's reason), or a person's order (without). */
export interface ReopenClaimCommand extends Command<'REOPEN_CLAIM', ReopenClaimPayload> {
  readonly cause?: Reason;
}
export type WithdrawClaimCommand = Command<'WITHDRAW_CLAIM', WithdrawClaimPayload>;

export type ClaimCommand =
  | FileClaimCommand
  | RecordCoverageCommand
  | RecordFraudAssessmentCommand
  | EscalateClaimCommand
  | DecideReferredClaimCommand
  | EscalateReferralCommand
  | ProvideClaimInformationCommand
  | ConfirmPaymentCommand
  | CloseClaimCommand
  | ReleaseReserveCommand
  | ReopenClaimCommand
  | WithdrawClaimCommand;

/** What claims itself says. */
export type PublishedClaimEvent =
  | DomainEvent<'CLAIM_FILED', ClaimFiledPayload>
  | DomainEvent<'CLAIM_RESERVED', ClaimReservedPayload>
  | DomainEvent<'CLAIM_APPROVED', ClaimApprovedPayload>
  | DomainEvent<'CLAIM_REFERRED', ClaimReferredPayload>
  | DomainEvent<'CLAIM_REFERRAL_ESCALATED', ClaimReferralEscalatedPayload>
  | DomainEvent<'CLAIM_INFORMATION_REQUESTED', ClaimInformationRequestedPayload>
  | DomainEvent<'CLAIM_INFORMATION_PROVIDED', ClaimInformationProvidedPayload>
  | DomainEvent<'CLAIM_DENIED', ClaimDeniedPayload>
  | DomainEvent<'CLAIM_PAID', ClaimPaidPayload>
  | DomainEvent<'CLAIM_CLOSED', ClaimClosedPayload>
  | DomainEvent<'RESERVE_RELEASED', ReserveReleasedPayload>
  | DomainEvent<'CLAIM_REOPENED', ClaimReopenedPayload>
  | DomainEvent<'CLAIM_WITHDRAWN', ClaimWithdrawnPayload>
  | CommandRejected;

/** What other agents said about the claim and its state keeps. */
export type ObservedClaimEvent =
  | DomainEvent<'COVERAGE_VERIFIED', CoverageVerifiedPayload>
  | DomainEvent<'CLAIM_RISK_ASSESSED', ClaimRiskAssessedPayload>;

/**
 * The history of a claim is every event on the log that names it, whoever said it: so the log alone, replayed,
 * gives the state. The observed ones are already on the log; `publishedClaimEvents` leaves them out.
 */
export type ClaimEvent = PublishedClaimEvent | ObservedClaimEvent;

/** The events of a decision that the claims agent has to publish; publishing an observed one would repeat it. */
export function publishedClaimEvents(events: readonly ClaimEvent[]): readonly PublishedClaimEvent[] {
  return events.filter(
    (event): event is PublishedClaimEvent =>
      event.type !== 'COVERAGE_VERIFIED' && event.type !== 'CLAIM_RISK_ASSESSED',
  );
}
