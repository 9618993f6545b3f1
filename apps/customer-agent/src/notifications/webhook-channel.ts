import { RetriableError, TerminalError } from '@aika/messaging';
import type { Notice } from './deliver-notice.effects.js';
import type { DeliveryCall, NotificationChannel } from './notification-channel.port.js';
import { webhookSignature } from './webhook-signature.js';

export interface WebhookOptions {
  readonly url: string;
  /** The first is the newest; more than one while a secret is changed. */
  readonly keys: readonly Buffer[];
  /** Milliseconds since 1970 UTC. Default: the process's clock. */
  readonly clock?: () => number;
}

/** Errors of one call whose repetition may succeed: the other side was too slow, or asks for patience. */
const NOT_NOW = [408, 429];

/**
 * A signed `POST` to one address of the insurer's, as Standard Webhooks has it. `webhook-id`, which is also the
 * `idempotency-key`, is the same in every attempt.
 */
export class WebhookChannel implements NotificationChannel {
  constructor(private readonly options: WebhookOptions) {}

  async deliver(notice: Notice, { idempotencyKey: id, signal }: DeliveryCall): Promise<void> {
    const { url, keys, clock = Date.now } = this.options;
    const timestamp = Math.floor(clock() / 1000);
    const body = bodyOf(notice);
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': id,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': webhookSignature(keys, { id, timestamp, body }),
    };
    const status = await post(url, { headers, body, signal });
    if (status >= 200 && status < 300) return;
    const message = `The webhook answered ${status}.`;
    throw status >= 400 && status < 500 && !NOT_NOW.includes(status)
      ? new TerminalError('WEBHOOK_REFUSED', message)
      : new RetriableError('WEBHOOK_FAILED', message);
  }
}

/** The same in every attempt: a receiver may compare. */
function bodyOf(notice: Notice): string {
  const { customerId, notificationId, template, language, parameters, causedBy } = notice;
  const data = { customerId, notificationId, template, language, parameters, causedBy };
  return JSON.stringify({ type: 'notification.requested', data });
}

async function post(url: string, init: RequestInit): Promise<number> {
  try {
    // Followed, a redirect would tell somebody else.
    const response = await fetch(url, { ...init, method: 'POST', redirect: 'manual' });
    // Unread, it would hold its connection.
    await response.body?.cancel();
    return response.status;
  } catch (cause) {
    throw new RetriableError('WEBHOOK_FAILED', 'The webhook did not answer.', { cause });
  }
}
