import { Inject } from '@nestjs/common';
import {
  FileClaim,
  FileClaimPayload,
  ReopenClaim,
  ReopenClaimPayload,
  WithdrawClaim,
  WithdrawClaimPayload,
} from '@aika/contracts';
import { claimIdOf } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, conduct } from '@aika/workflow';
import { CLAIM_SETTLEMENT, type ClaimSettlement } from './claim-settlement.saga.js';
import { claimsOfCustomer } from './claim.entity.js';
import { claimsAgent, type ClaimsContext } from './claims.agent.js';

/** Opens claims, takes them back and opens them again. */
@AgentController(claimsAgent)
export class ClaimIntakeController {
  constructor(@Inject(CLAIM_SETTLEMENT) private readonly settlement: ClaimSettlement) {}

  @Handles(FileClaim)
  fileClaim(payload: FileClaimPayload, context: ClaimsContext): void {
    const openClaims = claimsOfCustomer(context);
    const command = { ...commandOf(context, 'FILE_CLAIM', payload), openClaims };
    conduct(context, this.settlement, claimIdOf(command), command);
  }

  @Handles(WithdrawClaim)
  withdrawClaim(payload: WithdrawClaimPayload, context: ClaimsContext): void {
    conduct(context, this.settlement, payload.claimId, commandOf(context, 'WITHDRAW_CLAIM', payload));
  }

  @Handles(ReopenClaim)
  reopenClaim(payload: ReopenClaimPayload, context: ClaimsContext): void {
    conduct(context, this.settlement, payload.claimId, commandOf(context, 'REOPEN_CLAIM', payload));
  }
}
