import { hash } from 'node:crypto';

/** An answer as it is kept for a repeat of the request. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** A request under an idempotency key. */
export interface KeyedRequest {
  readonly key: string;
  /** Of everything that makes the request another one. */
  readonly digest: string;
  readonly messageId: string;
}

export type Claim =
  /** Nobody has used the key, or longer ago than keys are kept. */
  | { readonly kind: 'first' }
  /** The same request was begun before, and may or may not have been sent: to be sent under the same message id. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  /** The key belongs to another request. */
  | { readonly kind: 'other' };

/** Remembers requests by their key for a day, over restarts and for all gateways together. */
export interface IdempotencyStore {
  /** Takes the key for this request, unless it is taken. */
  claim(request: KeyedRequest): Promise<Claim>;
  /** Keeps the newest answer. */
  keep(key: string, answer: KeptAnswer): Promise<void>;
  /** Forgets what is older than keys are kept. @returns how many */
  prune(): Promise<number>;
}

/** How long a key is honoured, milliseconds. */
export const KEY_LIFETIME_MS = 24 * 3_600_000;

/** A digest that does not depend on the order of a body's fields. */
export function digestOf(request: object): string {
  return hash('sha256', JSON.stringify(request, sorted));
}

/**
 * The id of the message that a request under a key makes: the same request makes the same message, which agents
 * handle once, so that a repeat does no harm where nothing is remembered of the first.
 */
export function messageIdOf(key: string, digest: string): string {
  return `msg-${hash('sha256', `gateway\n${key}\n${digest}`).slice(0, 32)}`;
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
