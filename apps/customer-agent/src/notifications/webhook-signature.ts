import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** The key in a secret of the form `whsec_<base64>`; undefined when it is none, or not of 24 to 64 bytes. */
export function webhookKey(secret: string): Buffer | undefined {
  if (!secret.startsWith(PREFIX)) return undefined;
  const text = secret.slice(PREFIX.length);
  const key = Buffer.from(text, 'base64');
  const isExact = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isExact && key.length >= 24 && key.length <= 64 ? key : undefined;
}

export interface SignedContent {
  readonly id: string;
  /** Seconds since 1970 UTC. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The value of `webhook-signature` as Standard Webhooks has it: HMAC-SHA256 over id, timestamp and body; one for each
 * key, so that a receiver knows one of them while the secret is changed.
 *
 * @see https://www.standardwebhooks.com
 */
export function webhookSignature(keys: readonly Buffer[], { id, timestamp, body }: SignedContent): string {
  const signed = `${id}.${timestamp}.${body}`;
  return keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`).join(' ');
}
