import { Logger } from '@nestjs/common';
import type { Notice } from './deliver-notice.effects.js';
import type { DeliveryCall, NotificationChannel } from './notification-channel.port.js';

/**
 * A line in the agent's log. The values of the template stay out of it: what a claimant was told in words is nobody's
 * who only runs the machines.
 */
export class LogChannel implements NotificationChannel {
  private readonly logger = new Logger('Notification');

  deliver(notice: Notice, { idempotencyKey }: DeliveryCall): Promise<void> {
    const { notificationId, customerId, template, language, causedBy } = notice;
    this.logger.log('notification', {
      notificationId,
      customerId,
      template,
      language,
      causedBy,
      idempotencyKey,
    });
    return Promise.resolve();
  }
}
