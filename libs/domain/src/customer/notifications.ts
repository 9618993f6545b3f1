import type { NotificationRequestedPayload } from '@aika/contracts';
import { deriveId } from '@aika/contracts';
import type { NotificationPreferences } from './customer.state.js';
import { DECISION_OVERDUE } from '../claims/reason-codes.js';
import { DEFAULT_PREFERENCES } from './customer.state.js';
import { fillTemplate, type NotifiedEvent } from './notification-templates.js';

/**
 * What is sent to the customer about an event: one request for each channel.
 * @param messageId the event's message: the ids follow from it, so that a repeat asks for nothing new
 */
export function notificationsFor(
  event: NotifiedEvent,
  messageId: string,
  preferences: NotificationPreferences = DEFAULT_PREFERENCES,
): readonly NotificationRequestedPayload[] {
  if (!concernsCustomer(event)) return [];
  const { template, parameters } = fillTemplate(event);
  return [...new Set(preferences.channels)].map((channel) => ({
    customerId: event.data.customerId,
    notificationId: deriveId(`ntf-${channel}`, messageId),
    channel,
    template,
    language: preferences.language,
    parameters,
    causedBy: messageId,
  }));
}

/** Not all of what people do with a claim is told: the customer knows already that they look at it. */
function concernsCustomer(event: NotifiedEvent): boolean {
  switch (event.type) {
    case 'CLAIM_REFERRED':
      // That a second person has to approve is the insurer's own matter.
      return event.data.proposal === undefined;
    case 'CLAIM_REFERRAL_ESCALATED':
      // That it takes longer is said once, and not where the customer has not answered.
      return event.data.reason.code === DECISION_OVERDUE && event.data.escalationLevel === 1;
    case 'CLAIM_INFORMATION_REQUESTED':
      return event.data.askedOf === 'CUSTOMER';
    default:
      return true;
  }
}
