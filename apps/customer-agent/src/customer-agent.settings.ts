import { Transform } from 'class-transformer';
import { IsUrl, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { AgentSettings, SecretSetting } from '@aika/messaging/nest';
import { webhookKey } from './notifications/webhook-signature.js';

const SENDER = /^([^<>@\r\n]+ <[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/;

const AreWebhookSecrets = (message: string): PropertyDecorator =>
  ValidateBy({
    name: 'areWebhookSecrets',
    validator: {
      validate: (value) =>
        Array.isArray(value) && value.length > 0 && value.every((secret) => webhookKey(String(secret))),
      defaultMessage: () => message,
    },
  });

/** Settings of the customer agent beside those of every agent. What is not set is a channel that is not there. */
export class CustomerAgentSettings extends AgentSettings {
  /** `AIKA_SMTP_URL`: the relay for e-mail, `smtp://[user:password@]host[:port]` or `smtps://…`; empty = no e-mail. */
  @ValidateIf(({ smtpUrl }: CustomerAgentSettings) => smtpUrl !== '')
  @IsUrl(
    { protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false },
    { message: 'expected smtp://[user:password@]host[:port] or smtps://…' },
  )
  @SecretSetting()
  smtpUrl = '';

  /** `AIKA_SMTP_FROM`: the sender of e-mail; needed with `AIKA_SMTP_URL`. */
  @ValidateIf(({ smtpUrl, smtpFrom }: CustomerAgentSettings) => smtpUrl !== '' || smtpFrom !== '')
  @Matches(SENDER, { message: 'expected an address, or a name and <address>' })
  smtpFrom = '';

  /** `AIKA_WEBHOOK_URL`: where notifications of the channel WEBHOOK are posted to; empty = no webhook. */
  @ValidateIf(({ webhookUrl }: CustomerAgentSettings) => webhookUrl !== '')
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'expected an http(s) URL without user and password' },
  )
  webhookUrl = '';

  /**
   * `AIKA_WEBHOOK_SECRETS`: what webhooks are signed with, `whsec_<base64>`; needed with `AIKA_WEBHOOK_URL`. More than
   * one, comma separated, while it is changed: each signs.
   */
  @ValidateIf(
    ({ webhookUrl, webhookSecrets }: CustomerAgentSettings) => webhookUrl !== '' || webhookSecrets.length > 0,
  )
  @AreWebhookSecrets('expected whsec_ and the base64 of 24 to 64 bytes, comma separated')
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value,
  )
  @SecretSetting()
  webhookSecrets: string[] = [];
}
