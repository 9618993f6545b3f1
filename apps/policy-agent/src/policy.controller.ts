import {
  CancelPolicy,
  CancelPolicyPayload,
  EndorsePolicy,
  EndorsePolicyPayload,
  LapsePolicy,
  LapsePolicyPayload,
  ReinstatePolicy,
  ReinstatePolicyPayload,
  RenewPolicy,
  RenewPolicyPayload,
  StartCover,
  StartCoverPayload,
} from '@aika/contracts';
import type { PolicyChange } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, decideOn } from '@aika/workflow';
import { policyAgent, type PolicyContext } from './policy.agent.js';
import { policy } from './policy.entities.js';

/** Changes policies: their beginning, their terms, their end. */
@AgentController(policyAgent)
export class PolicyController {
  @Handles(StartCover)
  startCover(data: StartCoverPayload, context: PolicyContext): void {
    change(context, commandOf(context, 'START_COVER', data));
  }

  @Handles(EndorsePolicy)
  endorse(data: EndorsePolicyPayload, context: PolicyContext): void {
    change(context, commandOf(context, 'ENDORSE_POLICY', data));
  }

  @Handles(RenewPolicy)
  renew(data: RenewPolicyPayload, context: PolicyContext): void {
    change(context, commandOf(context, 'RENEW_POLICY', data));
  }

  @Handles(CancelPolicy)
  cancel(data: CancelPolicyPayload, context: PolicyContext): void {
    change(context, commandOf(context, 'CANCEL_POLICY', data));
  }

  @Handles(LapsePolicy)
  lapse(data: LapsePolicyPayload, context: PolicyContext): void {
    change(context, commandOf(context, 'LAPSE_POLICY', data));
  }

  @Handles(ReinstatePolicy)
  reinstate(data: ReinstatePolicyPayload, context: PolicyContext): void {
    change(context, commandOf(context, 'REINSTATE_POLICY', data));
  }
}

function change(context: PolicyContext, command: PolicyChange): void {
  decideOn(context, policy, command.data.policyId, command);
}
