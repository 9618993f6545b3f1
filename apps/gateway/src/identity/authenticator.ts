import { hash } from 'node:crypto';
import { ProblemError } from '../http/problem.js';
import type { ApiKeys } from './keys/api-keys.js';
import type { Principal } from './principal.js';
import { type KeySource, type TokenRules, verifyToken } from './tokens/jwt.js';
import { TokenError } from './tokens/token-error.js';
import { principalOfClaims } from './tokens/token-principal.js';

/** What a request shows to say who it is from. */
export interface Credentials {
  /** `Authorization`: `Bearer` and a token. */
  readonly authorization: string | undefined;
  /** `X-API-Key`. */
  readonly apiKey: string | undefined;
}

export interface AuthenticatorOptions {
  readonly keys: KeySource;
  readonly rules: TokenRules;
  readonly apiKeys: ApiKeys;
}

const BEARER = /^Bearer +([^\s]+) *$/i;
/** A token that was found right is for so long; its issuer's key may be taken back meanwhile. */
const RECENT_MS = 10_000;
const MOST_RECENT = 10_000;
const REALM = 'Bearer realm="aika"';

/** Finds out who asks. */
export class Authenticator {
  private readonly recent = new Map<string, { readonly principal: Principal; readonly until: number }>();

  constructor(private readonly options: AuthenticatorOptions) {}

  /** @throws ProblemError `unauthorized` with `WWW-Authenticate` (RFC 6750); `overloaded` when keys cannot be had */
  async identify({ authorization, apiKey }: Credentials): Promise<Principal> {
    if (apiKey !== undefined) {
      if (authorization !== undefined) throw refused('AMBIGUOUS', 'Send a token or an API key, not both.');
      const principal = await this.options.apiKeys.recognise(apiKey);
      if (principal === undefined)
        throw refused('API_KEY', 'This API key is not known, has expired or was revoked.');
      return principal;
    }
    if (authorization === undefined) {
      const detail = 'Send a token as "Authorization: Bearer …" or an API key as "X-API-Key".';
      throw new ProblemError('unauthorized', detail, {}, { headers: { 'www-authenticate': REALM } });
    }
    const [, token] = BEARER.exec(authorization) ?? [];
    if (token === undefined) throw refused('MALFORMED', 'Authorization is "Bearer" and a token.');
    try {
      return await this.principalOf(token);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      if (error.retriable) throw unavailable(error);
      throw refused(error.code, error.message);
    }
  }

  /** @throws TokenError */
  private async principalOf(token: string): Promise<Principal> {
    const { keys, rules } = this.options;
    const now = (rules.clock ?? Date.now)();
    const digest = hash('sha256', token);
    const known = this.recent.get(digest);
    if (known && now < known.until) return known.principal;
    const claims = await verifyToken(token, keys, rules);
    const principal = { ...principalOfClaims(claims), credentialId: digest.slice(0, 16) };
    if (this.recent.size >= MOST_RECENT) this.recent.clear();
    this.recent.set(digest, { principal, until: Math.min(now + RECENT_MS, principal.validUntil) });
    return principal;
  }
}

function refused(code: string, detail: string): ProblemError {
  const challenge = `${REALM}, error="invalid_token", error_description="${detail.replaceAll('"', "'").replace('…', '')}"`;
  return new ProblemError('unauthorized', detail, { code }, { headers: { 'www-authenticate': challenge } });
}

function unavailable(cause: TokenError): ProblemError {
  return new ProblemError('overloaded', cause.message, {}, { cause, headers: { 'retry-after': '5' } });
}
