import {
  AssessClaimRisk,
  ClaimApproved,
  ClaimClosed,
  ClaimDenied,
  ClaimFiled,
  ClaimPaid,
  ClaimReferred,
  ClaimReopened,
  ClaimReserved,
  ClaimRiskAssessed,
  CLAIMS_AGENT,
  ClaimWithdrawn,
  CommandRejected,
  CoverageVerified,
  DecideReferredClaim,
  EscalateClaim,
  FileClaim,
  PaymentRefused,
  PaymentSettled,
  ReopenClaim,
  ReserveReleased,
  VerifyCoverage,
  WithdrawClaim,
} from '@aika/contracts';
import { type ContextOf, defineAgent } from '@aika/messaging';
import { PayClaim } from './payments/pay-claim.effect.js';

/** Takes a claim from its first notice of loss to its closing. */
export const claimsAgent = defineAgent({
  id: CLAIMS_AGENT,
  inbox: 'agent.claims',
  handles: [
    FileClaim,
    CoverageVerified,
    ClaimRiskAssessed,
    EscalateClaim,
    DecideReferredClaim,
    WithdrawClaim,
    ReopenClaim,
    PaymentSettled,
    PaymentRefused,
  ],
  emits: [
    ClaimFiled,
    VerifyCoverage,
    AssessClaimRisk,
    EscalateClaim,
    ClaimReserved,
    ClaimApproved,
    ClaimReferred,
    ClaimDenied,
    PaymentSettled,
    PaymentRefused,
    ClaimPaid,
    ReserveReleased,
    ClaimReopened,
    ClaimWithdrawn,
    ClaimClosed,
    CommandRejected,
  ],
  effects: [PayClaim],
});

/** What the handlers of this agent may do. */
export type ClaimsContext = ContextOf<typeof claimsAgent>;
