import { letterOf } from '@aika/domain';
import { RetriableError, TerminalError } from '@aika/messaging';
import { createTransport, type Transporter } from 'nodemailer';
import type { Notice } from './deliver-notice.effects.js';
import type { DeliveryCall, NotificationChannel } from './notification-channel.port.js';

export interface SmtpOptions {
  /** `smtp://[user:password@]host[:port]`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** `no-reply@example.org` or `Example Insurance <no-reply@example.org>` */
  readonly from: string;
}

const ANSWER_MS = 10_000;

/**
 * E-mail by an SMTP relay. The `Message-ID` is of the key: relays and mailboxes that look at it keep one copy where
 * an attempt is repeated because its answer was lost.
 */
export class SmtpChannel implements NotificationChannel {
  private readonly transport: Transporter;
  private readonly domain: string;

  constructor(private readonly options: SmtpOptions) {
    this.transport = createTransport(transportOptions(new URL(options.url)));
    this.domain = options.from.replace(/^.*@|>.*$/g, '');
  }

  async deliver(notice: Notice, { idempotencyKey, signal }: DeliveryCall): Promise<void> {
    const letter = letterOf(notice);
    if (!letter) {
      throw new TerminalError('NO_LETTER', `There are no words for ${notice.template} with its parameters.`);
    }
    try {
      await this.transport.sendMail({
        ...letter,
        from: this.options.from,
        to: { name: '', address: notice.address ?? '' },
        messageId: `<${idempotencyKey}@${this.domain}>`,
        // Answering machines answer people only (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Idempotency-Key': idempotencyKey },
        signal,
      });
    } catch (error) {
      throw failureOf(error);
    }
  }
}

function transportOptions(url: URL) {
  const secure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // Never a password in the clear.
    requireTLS: !secure && user !== '',
    ...(user && { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    dnsTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * The relay's own words name the recipient, so they and the error that has them stay here. A final word on this
 * message is a refusal; one on the login or the sender is a fault of the settings, which is mended: those wait.
 */
function failureOf(error: unknown): RetriableError | TerminalError {
  const { code, command, responseCode, permanent } = error as {
    readonly code?: string;
    readonly command?: string;
    readonly responseCode?: number;
    readonly permanent?: boolean;
  };
  if (responseCode === undefined) {
    return new RetriableError(
      'SMTP_FAILED',
      `The mail server could not be talked to (${code ?? 'unknown'}).`,
    );
  }
  const message = `The mail server answered ${responseCode} to ${command ?? 'the connection'}.`;
  return permanent && (command === 'RCPT TO' || command === 'DATA')
    ? new TerminalError('SMTP_REFUSED', message)
    : new RetriableError('SMTP_FAILED', message);
}
