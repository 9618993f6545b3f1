import type { Channel } from '@aika/contracts';
import type { CustomerAgentSettings } from '../customer-agent.settings.js';
import { LogChannel } from './log-channel.js';
import type { NotificationChannel } from './notification-channel.port.js';
import { SmtpChannel } from './smtp-channel.js';
import { UnsetChannel } from './unset-channel.js';
import { WebhookChannel } from './webhook-channel.js';
import { webhookKey } from './webhook-signature.js';

/** The adapter of every channel, as the settings say. */
export function channelsOf(settings: CustomerAgentSettings): Readonly<Record<Channel, NotificationChannel>> {
  const { smtpUrl, smtpFrom, webhookUrl, webhookSecrets } = settings;
  return {
    LOG: new LogChannel(),
    EMAIL: smtpUrl ? new SmtpChannel({ url: smtpUrl, from: smtpFrom }) : new UnsetChannel('AIKA_SMTP_URL'),
    WEBHOOK: webhookUrl
      ? new WebhookChannel({
          url: webhookUrl,
          keys: webhookSecrets.flatMap((text) => webhookKey(text) ?? []),
        })
      : new UnsetChannel('AIKA_WEBHOOK_URL'),
  };
}
