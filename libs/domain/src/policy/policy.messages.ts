import type {
  AskCoverageQuestionPayload,
  CancelPolicyPayload,
  CoverageQuestionAnsweredPayload,
  CoverageVerifiedPayload,
  EndorsePolicyPayload,
  LapsePolicyPayload,
  PolicyBoundPayload,
  PolicyCancelledPayload,
  PolicyEndorsedPayload,
  PolicyLapsedPayload,
  PolicyReinstatedPayload,
  PolicyRenewedPayload,
  PolicyTookEffectPayload,
  QuoteIssuedPayload,
  ReinstatePolicyPayload,
  RenewPolicyPayload,
  StartCoverPayload,
  VerifyCoveragePayload,
} from '@aika/contracts';
import type { Command, CommandRejected, DomainEvent } from '../decider.js';

/** The policy agent's own order that follows from QUOTE_ACCEPTED. */
export type BindPolicy = Command<
  'BIND',
  { readonly customerId: string; readonly policyId: string; readonly quote: QuoteIssuedPayload }
>;
export type StartCover = Command<'START_COVER', StartCoverPayload>;
export type EndorsePolicy = Command<'ENDORSE_POLICY', EndorsePolicyPayload>;
export type RenewPolicy = Command<'RENEW_POLICY', RenewPolicyPayload>;
export type CancelPolicy = Command<'CANCEL_POLICY', CancelPolicyPayload>;
export type LapsePolicy = Command<'LAPSE_POLICY', LapsePolicyPayload>;
export type ReinstatePolicy = Command<'REINSTATE_POLICY', ReinstatePolicyPayload>;
export type AskCoverageQuestion = Command<'ASK_COVERAGE_QUESTION', AskCoverageQuestionPayload>;
export type VerifyCoverage = Command<'VERIFY_COVERAGE', VerifyCoveragePayload>;

/** Orders that change a policy. */
export type PolicyChange =
  BindPolicy | StartCover | EndorsePolicy | RenewPolicy | CancelPolicy | LapsePolicy | ReinstatePolicy;
/** Questions: always answered, also about a policy that does not exist; they change nothing. */
export type PolicyQuestion = AskCoverageQuestion | VerifyCoverage;
export type PolicyCommand = PolicyChange | PolicyQuestion;

/** The score goes with the binding, because endorsements and renewals are rated with the same one. */
export type PolicyBound = DomainEvent<'POLICY_BOUND', PolicyBoundPayload>;

export type PolicyEvent =
  | PolicyBound
  | DomainEvent<'POLICY_TOOK_EFFECT', PolicyTookEffectPayload>
  | DomainEvent<'POLICY_ENDORSED', PolicyEndorsedPayload>
  | DomainEvent<'POLICY_RENEWED', PolicyRenewedPayload>
  | DomainEvent<'POLICY_CANCELLED', PolicyCancelledPayload>
  | DomainEvent<'POLICY_LAPSED', PolicyLapsedPayload>
  | DomainEvent<'POLICY_REINSTATED', PolicyReinstatedPayload>
  | DomainEvent<'COVERAGE_QUESTION_ANSWERED', CoverageQuestionAnsweredPayload>
  | DomainEvent<'COVERAGE_VERIFIED', CoverageVerifiedPayload>
  | CommandRejected;
