import { NotificationClosed, type NotificationOutcome, NotificationRequested } from '@aika/contracts';
import type { NotificationStatus } from '../../tables/customer.tables.js';
import { defineFold } from '../entity-fold.js';
import { on } from '../view-event.js';

const STATUS_OF: Readonly<Record<NotificationOutcome, NotificationStatus>> = {
  DELIVERED: 'delivered',
  SKIPPED: 'skipped',
  FAILED: 'failed',
};

/** What customers are to be told, and what became of it. */
export const notificationsFold = defineFold<'notifications'>({
  table: 'notifications',
  key: 'notification_id',
  births: [
    on(NotificationRequested, (notification, { occurredAt, messageId }) => ({
      notification_id: notification.notificationId,
      customer_id: notification.customerId,
      channel: notification.channel,
      template: notification.template,
      language: notification.language,
      parameters: notification.parameters,
      caused_by: notification.causedBy,
      purpose: notification.purpose ?? null,
      requested_at: occurredAt,
      status: 'requested',
      reason: null,
      closed_at: null,
      message_id: messageId,
    })),
  ],
  changes: [
    // Two requests with one id are two for the customer agent, and so have two outcomes: the last one stands.
    on(NotificationClosed, ({ outcome, reason }, { occurredAt }) => ({
      status: STATUS_OF[outcome],
      reason: reason ?? null,
      closed_at: occurredAt,
    })),
  ],
});
