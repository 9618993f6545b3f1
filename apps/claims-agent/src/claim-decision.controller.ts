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
} from '@aika/contracts';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, conduct, deliver } from '@aika/workflow';
import { CLAIM_SETTLEMENT, type ClaimSettlement } from './claim-settlement.saga.js';
import { claimsAgent, type ClaimsContext } from './claims.agent.js';

/** Brings what a decision needs to the claim: the two assessments or their deadline, and a person's word. */
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

  @Handles(DecideReferredClaim)
  decideReferredClaim(payload: DecideReferredClaimPayload, context: ClaimsContext): void {
    conduct(context, this.settlement, payload.claimId, commandOf(context, 'DECIDE_REFERRED_CLAIM', payload));
  }
}
