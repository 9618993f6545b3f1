import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet } from 'jose';
import type { ObjectKind } from '../access/access-rules.js';
import type { OwnerDirectory } from '../access/owner-directory.js';
import { Authenticator } from '../authenticator.js';
import { AUTHENTICATOR, OWNER_DIRECTORY } from '../identity.tokens.js';
import { ApiKeys } from '../keys/api-keys.js';
import { MemoryApiKeyStore } from '../keys/memory-api-key-store.js';
import { signToken } from './sign-token.js';

const ISSUER = 'https://id.test';

/** An issuer with one key, keys of its own, and a list of whose is what. */
export class TestIdentity {
  private readonly pair = generateKeyPairSync('ed25519');
  readonly owners = new MemoryOwnerDirectory();
  readonly apiKeys = new ApiKeys({ store: new MemoryApiKeyStore() });

  /** Settings of a gateway that asks who it is. */
  readonly env = {
    AIKA_AUTH: 'jwt',
    AIKA_AUTH_ISSUER: ISSUER,
    AIKA_AUTH_JWKS_URL: `${ISSUER}/jwks`,
    AIKA_OWNERSHIP_WAIT_MS: '0',
    AIKA_ACCESS_TRAIL_INTERVAL_MS: '100',
    AIKA_RATE_LIMIT: '100000',
    AIKA_RATE_LIMIT_PER_CALLER: '100000',
    AIKA_RATE_LIMIT_PER_CUSTOMER: '100000',
  };

  /** For `TestGateway`; the owners are the views' where a gateway has them. */
  providers({ isWithDatabase = false } = {}): ReadonlyMap<symbol, unknown> {
    const jwk = { ...this.pair.publicKey.export({ format: 'jwk' }), kid: 'test' };
    const keys = createLocalJWKSet({ keys: [{ ...jwk, kty: 'OKP' }] });
    const rules = { issuer: ISSUER, audience: 'aika', clockSkewMs: 0 };
    const authenticator = new Authenticator({ keys, rules, apiKeys: this.apiKeys });
    return new Map<symbol, unknown>([
      [AUTHENTICATOR, authenticator],
      ...(isWithDatabase ? [] : [[OWNER_DIRECTORY, this.owners] as const]),
    ]);
  }

  token(claims: object = {}, lifetimeSeconds = 600): string {
    const exp = Math.floor(Date.now() / 1000) + lifetimeSeconds;
    const all = { iss: ISSUER, aud: 'aika', sub: 'somebody', exp, ...claims };
    return signToken(all, { key: this.pair.privateKey, kid: 'test', alg: 'EdDSA' });
  }

  /** Headers of somebody of these roles. */
  as(roles: readonly string[], claims: object = {}): { readonly authorization: string } {
    return { authorization: `Bearer ${this.token({ sub: roles.join('+') || 'nobody', roles, ...claims })}` };
  }

  customer(customerId: string): { readonly authorization: string } {
    return this.as(['customer'], { sub: `login-of-${customerId}`, customer_id: customerId });
  }
}

class MemoryOwnerDirectory implements OwnerDirectory {
  private readonly owners = new Map<string, readonly string[]>();

  set(kind: ObjectKind, id: string, ...customers: readonly string[]): void {
    this.owners.set(`${kind} ${id}`, customers);
  }

  ownersOf(kind: ObjectKind, id: string): Promise<readonly string[]> {
    return Promise.resolve(this.owners.get(`${kind} ${id}`) ?? []);
  }
}
