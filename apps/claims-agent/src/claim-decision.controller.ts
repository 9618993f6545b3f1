import { Inject } from '@nestjs/common';
import {
  ClaimRiskAssessed,
  ClaimRiskAssessedPayload,
  CoverageVerified,
  CoverageVerifiedPayload,
  DecideReferredClaim,
  DecideReferredClaimPayload,
  EscalateClaim,
  EscalateClaimPayload,
  EscalateReferral,
  EscalateReferralPayload,
  ProvideClaimInformation,
  ProvideClaimInformationPayload,
} from '@aika/contracts';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, conduct, deliver } from '@aika/workflow';
import { CLAIM_SETTLEMENT, type ClaimSettlement } from './claim-settlement.saga.js';
import { claimsAgent, type ClaimsContext } from './claims.agent.js';

/** Brings what a decision needs to the claim: assessments, answers, a person's word; or that one of them is overdue. */
@AgentController(claimsAgent)
export class ClaimDecisionController {
  constructor(@Inject(CLAIM_SETTLEMENT) private readonly settlement: ClaimSettlement) {}

  @Handles(CoverageVerified)
  coverageVerified(payload: CoverageVerifiedPayload, context: ClaimsContext): void {
    deliver(context, this.settlement, payload.claimId, CoverageVerified, payload);
  }

  @Handles(ClaimRiskAssessed)
  riskAssessed(payload: ClaimRiskAssessedPayload, context: ClaimsContext): void {
    deliver(context, this.settlement, payload.claimId, ClaimRiskAssessed, payload);
  }

  @Handles(EscalateClaim)
  escalateClaim(payload: EscalateClaimPayload, context: ClaimsContext): void {
    deliver(context, this.settlement, payload.claimId, EscalateClaim, payload);
  }

  @Handles(EscalateReferral)
  escalateReferral(payload: EscalateReferralPayload, context: ClaimsContext): void {
    deliver(context, this.settlement, payload.claimId, EscalateReferral, payload);
  }

  @Handles(ProvideClaimInformation)
  provideInformation(payload: ProvideClaimInformationPayload, context: ClaimsContext): void {
    const command = commandOf(context, 'PROVIDE_CLAIM_INFORMATION', payload);
    conduct(context, this.settlement, payload.claimId, command);
  }

  @Handles(DecideReferredClaim)
  decideReferredClaim(payload: DecideReferredClaimPayload, context: ClaimsContext): void {
    conduct(context, this.settlement, payload.claimId, commandOf(context, 'DECIDE_REFERRED_CLAIM', payload));
  }
}
