import type { NotificationRequestedPayload } from '@aika/contracts';
import { deriveId } from '@aika/contracts';
import type { NotificationPreferences } from './customer.state.js';
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
  // That a second person has to approve is the insurer's own matter: the customer knows already that people look at it.
  if (event.type === 'CLAIM_REFERRED' && event.data.proposal) return [];
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
