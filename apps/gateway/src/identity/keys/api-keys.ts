import type { ApiKeyGrant } from '@aika/contracts';
import type { Principal } from '../principal.js';
import {
  type ApiKeyRecord,
  type ApiKeyStore,
  apiKeyText,
  isActive,
  isSecretOf,
  newSecret,
  readApiKey,
  secretHashOf,
} from './api-key.js';

/** A key as its owner gets it, once. */
export interface NewApiKey {
  readonly record: ApiKeyRecord;
  /** `aika_<id>_<secret>`: not kept anywhere. */
  readonly key: string;
}

export interface ApiKeysOptions {
  readonly store: ApiKeyStore;
  readonly clock?: () => number;
}

/** A key that was revoked may be taken for so long by a gateway that has just looked it up. */
export const LOOKUP_LIFETIME_MS = 2_000;
/** A stream that began with a key ends after it, and begins again with a key that is looked up. */
const ASKED_AGAIN_MS = 10 * 60_000;
const MOST_LOOKUPS = 10_000;

/** API keys: made, rotated, revoked, and recognised. */
export class ApiKeys {
  private readonly lookups = new Map<
    string,
    { readonly at: number; readonly record: ApiKeyRecord | undefined }
  >();
  private readonly clock: () => number;

  constructor(private readonly options: ApiKeysOptions) {
    this.clock = options.clock ?? Date.now;
  }

  /** @param lifetimeMs without it the key is good until it is revoked */
  async create(grant: ApiKeyGrant, lifetimeMs?: number): Promise<NewApiKey> {
    const made = this.make(grant, lifetimeMs);
    await this.options.store.add(made.record);
    return made;
  }

  list(): Promise<readonly ApiKeyRecord[]> {
    return this.options.store.list();
  }

  /**
   * Makes a key with the same rights. The old one is good for the overlap, so that its owner can change over without
   * a request that fails.
   *
   * @returns undefined where there is no such key to be replaced
   */
  async rotate(id: string, overlapMs: number, lifetimeMs?: number): Promise<NewApiKey | undefined> {
    const old = await this.options.store.find(id);
    if (old === undefined || !isActive(old, this.at())) return undefined;
    const made = this.make(old, lifetimeMs);
    const isDone = await this.options.store.replace(id, made.record, this.at(overlapMs));
    return isDone ? made : undefined;
  }

  /** @returns false where there is no such key, or it was revoked before */
  async revoke(id: string): Promise<boolean> {
    this.lookups.delete(id);
    return this.options.store.revoke(id, this.at());
  }

  /** Whose key it is; undefined of a wrong, expired or revoked one, which look alike from outside. */
  async recognise(text: string): Promise<Principal | undefined> {
    const given = readApiKey(text);
    if (given === undefined) return undefined;
    const record = await this.lookUp(given.id);
    if (record === undefined || !isSecretOf(record, given.secret) || !isActive(record, this.at()))
      return undefined;
    const { id, subject, roles, customerId, authority, rateLimit, expiresAt } = record;
    const again = this.clock() + ASKED_AGAIN_MS;
    return {
      subject,
      roles,
      authority,
      keyId: id,
      credentialId: id,
      validUntil: expiresAt === undefined ? again : Math.min(again, Date.parse(expiresAt)),
      ...(customerId === undefined ? {} : { customerId }),
      ...(rateLimit === undefined ? {} : { rateLimit }),
    };
  }

  private async lookUp(id: string): Promise<ApiKeyRecord | undefined> {
    const now = this.clock();
    const known = this.lookups.get(id);
    if (known && now - known.at < LOOKUP_LIFETIME_MS) return known.record;
    const record = await this.options.store.find(id);
    // Made-up ids must not fill the memory: all are looked up again after a moment anyway.
    if (this.lookups.size >= MOST_LOOKUPS) this.lookups.clear();
    this.lookups.set(id, { at: now, record });
    return record;
  }

  private make(grant: ApiKeyGrant, lifetimeMs: number | undefined): NewApiKey {
    const { id, secret } = newSecret();
    const { subject, roles, customerId, authority, rateLimit } = grant;
    const record: ApiKeyRecord = {
      id,
      secretHash: secretHashOf(secret),
      subject,
      roles,
      authority,
      createdAt: this.at(),
      ...(customerId === undefined ? {} : { customerId }),
      ...(rateLimit === undefined ? {} : { rateLimit }),
      ...(lifetimeMs === undefined ? {} : { expiresAt: this.at(lifetimeMs) }),
    };
    return { record, key: apiKeyText(id, secret) };
  }

  private at(later = 0): string {
    return new Date(this.clock() + later).toISOString();
  }
}
