import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type ExportedJWKSCache,
  type FetchImplementation,
  jwksCache,
  type JWTVerifyGetKey,
} from 'jose';
import type { KeySource } from './jwt.js';
import { TokenError } from './token-error.js';

/** A set is asked for again after it, so that a key that was taken back is not trusted for long. */
const FRESH_MS = 10 * 60_000;
/** While the issuer does not answer, its last set counts for so long. */
const LAST_RESORT_MS = 24 * 3_600_000;
/** Tokens with made-up key ids must not make the gateway ask the issuer for each of them. */
const COOL_DOWN_MS = 30_000;
const PATIENCE_MS = 3_000;

/**
 * The issuer's keys by its JWKS address: kept, asked for anew when old or when a token names one that is not known.
 * What jose does not do: an issuer that does not answer is not asked for every token, and its last set counts meanwhile.
 *
 * @param load in place of `fetch`, for tests
 * @throws TokenError (the source) `KEYS_UNAVAILABLE`
 */
export function remoteKeys(url: string, load: FetchImplementation = fetch): KeySource {
  const cache: Partial<ExportedJWKSCache> = {};
  const remote = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: FRESH_MS,
    cooldownDuration: COOL_DOWN_MS,
    timeoutDuration: PATIENCE_MS,
    [customFetch]: load,
    [jwksCache]: cache as ExportedJWKSCache,
  });
  const lastSet = lastResort(cache);
  let failedAt = -Infinity;
  return async (header, token) => {
    if (Date.now() - failedAt < COOL_DOWN_MS) return lastSet()(header, token);
    try {
      return await remote(header, token);
    } catch {
      // The issuer did not answer, or it has no such key: the last set tells which.
      if (!remote.coolingDown) failedAt = Date.now();
      return lastSet()(header, token);
    }
  };
}

function lastResort(cache: Partial<ExportedJWKSCache>): () => JWTVerifyGetKey {
  let made: { readonly of: unknown; readonly set: JWTVerifyGetKey } | undefined;
  return () => {
    const { jwks, uat = -Infinity } = cache;
    if (jwks === undefined || Date.now() - uat >= LAST_RESORT_MS) {
      throw new TokenError('KEYS_UNAVAILABLE', 'The keys of the issuer cannot be had.');
    }
    made = made?.of === jwks ? made : { of: jwks, set: createLocalJWKSet(jwks) };
    return made.set;
  };
}
