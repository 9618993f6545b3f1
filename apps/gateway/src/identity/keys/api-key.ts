import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ShownKey } from '@aika/contracts';

/** What an API key is for, and since and until when. The secret itself is nowhere. */
export interface ApiKeyRecord extends ShownKey {
  /** SHA-256 of the secret, hexadecimal. The secret has 256 random bits, so there is nothing to guess or to salt. */
  readonly secretHash: string;
}

/** Keeps the keys for all gateways. */
export interface ApiKeyStore {
  add(record: ApiKeyRecord): Promise<void>;
  find(id: string): Promise<ApiKeyRecord | undefined>;
  /** The newest first. */
  list(): Promise<readonly ApiKeyRecord[]>;
  /** From then on it counts no more. @returns false where there is none, or it was revoked before */
  revoke(id: string, at: string): Promise<boolean>;
  /**
   * Adds the successor and lets the old key end at `endsAt`, or earlier where it was to: both or nothing.
   *
   * @returns false where the old one is not known, revoked, or replaced before
   */
  replace(id: string, successor: ApiKeyRecord, endsAt: string): Promise<boolean>;
}

const KEY = /^aika_([0-9a-f]{12})_([0-9a-f]{64})$/;

export function newSecret(): { readonly id: string; readonly secret: string } {
  return { id: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('hex') };
}

export function apiKeyText(id: string, secret: string): string {
  return `aika_${id}_${secret}`;
}

/** @returns undefined of what is no key */
export function readApiKey(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

export function secretHashOf(secret: string): string {
  return hash('sha256', secret);
}

/** Takes as long for a wrong secret as for the right one. */
export function isSecretOf(record: Pick<ApiKeyRecord, 'secretHash'>, secret: string): boolean {
  return timingSafeEqual(Buffer.from(secretHashOf(secret)), Buffer.from(record.secretHash));
}

/** Whether it counts at that moment. */
export function isActive({ expiresAt, revokedAt }: ApiKeyRecord, at: string): boolean {
  // Not as texts: a database gives `05.12Z` back for `05.120Z`.
  const isOver = expiresAt !== undefined && Date.parse(at) >= Date.parse(expiresAt);
  return revokedAt === undefined && !isOver;
}
