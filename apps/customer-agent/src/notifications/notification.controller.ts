import {
  ClaimApproved,
  ClaimApprovedPayload,
  ClaimDenied,
  ClaimDeniedPayload,
  ClaimInformationRequested,
  ClaimInformationRequestedPayload,
  ClaimPaid,
  ClaimPaidPayload,
  ClaimReferralEscalated,
  ClaimReferralEscalatedPayload,
  ClaimReferred,
  ClaimReferredPayload,
  ClaimReopened,
  ClaimReopenedPayload,
  NotificationRequested,
  PolicyBound,
  PolicyBoundPayload,
  PolicyCancelled,
  PolicyCancelledPayload,
  PolicyEndorsed,
  PolicyEndorsedPayload,
  PolicyRenewed,
  PolicyRenewedPayload,
  QuoteDeclined,
  QuoteDeclinedPayload,
  QuoteIssued,
  QuoteIssuedPayload,
} from '@aika/contracts';
import { notificationsFor, type NotifiedEvent, preferencesOf } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { stateOf } from '@aika/workflow';
import { customerAgent, type CustomerContext } from '../customer.agent.js';
import { customer } from '../customer.entity.js';

/** Tells customers what was decided about them, on the channels of their choice. */
@AgentController(customerAgent)
export class NotificationController {
  @Handles(QuoteIssued)
  quoteIssued(data: QuoteIssuedPayload, context: CustomerContext): void {
    notify(context, { type: 'QUOTE_ISSUED', data });
  }

  @Handles(QuoteDeclined)
  quoteDeclined(data: QuoteDeclinedPayload, context: CustomerContext): void {
    notify(context, { type: 'QUOTE_DECLINED', data });
  }

  @Handles(PolicyBound)
  policyBound(data: PolicyBoundPayload, context: CustomerContext): void {
    notify(context, { type: 'POLICY_BOUND', data });
  }

  @Handles(PolicyEndorsed)
  policyEndorsed(data: PolicyEndorsedPayload, context: CustomerContext): void {
    notify(context, { type: 'POLICY_ENDORSED', data });
  }

  @Handles(PolicyRenewed)
  policyRenewed(data: PolicyRenewedPayload, context: CustomerContext): void {
    notify(context, { type: 'POLICY_RENEWED', data });
  }

  @Handles(PolicyCancelled)
  policyCancelled(data: PolicyCancelledPayload, context: CustomerContext): void {
    notify(context, { type: 'POLICY_CANCELLED', data });
  }

  @Handles(ClaimApproved)
  claimApproved(data: ClaimApprovedPayload, context: CustomerContext): void {
    notify(context, { type: 'CLAIM_APPROVED', data });
  }

  @Handles(ClaimReferred)
  claimReferred(data: ClaimReferredPayload, context: CustomerContext): void {
    notify(context, { type: 'CLAIM_REFERRED', data });
  }

  @Handles(ClaimReferralEscalated)
  claimReferralEscalated(data: ClaimReferralEscalatedPayload, context: CustomerContext): void {
    notify(context, { type: 'CLAIM_REFERRAL_ESCALATED', data });
  }

  @Handles(ClaimInformationRequested)
  claimInformationRequested(data: ClaimInformationRequestedPayload, context: CustomerContext): void {
    notify(context, { type: 'CLAIM_INFORMATION_REQUESTED', data });
  }

  @Handles(ClaimDenied)
  claimDenied(data: ClaimDeniedPayload, context: CustomerContext): void {
    notify(context, { type: 'CLAIM_DENIED', data });
  }

  @Handles(ClaimPaid)
  claimPaid(data: ClaimPaidPayload, context: CustomerContext): void {
    notify(context, { type: 'CLAIM_PAID', data });
  }

  @Handles(ClaimReopened)
  claimReopened(data: ClaimReopenedPayload, context: CustomerContext): void {
    notify(context, { type: 'CLAIM_REOPENED', data });
  }
}

function notify(context: CustomerContext, event: NotifiedEvent): void {
  const preferences = preferencesOf(stateOf(context, customer, event.data.customerId));
  for (const request of notificationsFor(event, context.message.messageId, preferences)) {
    context.emit(NotificationRequested, request);
  }
}
