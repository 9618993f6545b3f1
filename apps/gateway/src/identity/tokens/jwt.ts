import type { KeyObject } from 'node:crypto';
import { type AlgorithmName, fits, isAlgorithm, isSignedBy, signatureOf } from './algorithms.js';
import type { KeySource } from './key-source.js';
import { TokenError } from './token-error.js';

const LONGEST_TOKEN = 8_192;
const PART = /^[A-Za-z0-9_-]+$/;
/** `at+jwt` is RFC 9068's name of an access token; other kinds, such as logout tokens, are not for us. */
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** By how much clocks may differ, milliseconds. */
  readonly clockSkewMs: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/**
 * The claims of a signed token (JWS compact, RFC 7519), after signature, issuer, audience and times are found right.
 *
 * @throws TokenError
 */
export async function verifyToken(
  token: string,
  keys: KeySource,
  rules: TokenRules,
): Promise<Readonly<Record<string, unknown>>> {
  const [head = '', body = '', tail = '', ...more] = token.length > LONGEST_TOKEN ? [] : token.split('.');
  if (![head, body, tail].every((part) => PART.test(part)) || more.length > 0) throw malformed();
  const { alg, kid, typ, crit } = objectOf(head);
  if (!isAlgorithm(alg)) throw new TokenError('ALGORITHM', 'The token is signed in a way that is not taken.');
  // Extensions that have to be understood are not.
  if (crit !== undefined || !(typ === undefined || TYPES.has(String(typ).toLowerCase()))) throw malformed();
  if (kid !== undefined && typeof kid !== 'string') throw malformed();
  const key = await keys.find(kid, alg);
  if (key === undefined) throw new TokenError('KEY_UNKNOWN', 'No known key has signed the token.');
  const signature = Buffer.from(tail, 'base64url');
  if (!fits(alg, key) || !isSignedBy(alg, key, `${head}.${body}`, signature)) {
    throw new TokenError('SIGNATURE', 'The signature of the token is wrong.');
  }
  const claims = objectOf(body);
  checkClaims(claims, rules);
  return claims;
}

/** A signed token. Times are the caller's. */
export function signToken(
  claims: object,
  { key, kid, alg }: { readonly key: KeyObject; readonly kid: string; readonly alg: AlgorithmName },
): string {
  const content = [{ alg, kid, typ: 'at+jwt' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${signatureOf(alg, key, content).toString('base64url')}`;
}

function checkClaims(claims: Readonly<Record<string, unknown>>, rules: TokenRules): void {
  const { iss, aud, exp, nbf, iat } = claims;
  const { issuer, audience, clockSkewMs, clock = Date.now } = rules;
  if (iss !== issuer) throw new TokenError('ISSUER', 'The token is of another issuer.');
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(audience)) throw new TokenError('AUDIENCE', 'The token is for somebody else.');
  const now = clock();
  if (!isTime(exp)) throw new TokenError('CLAIMS', 'The token does not say until when it is valid.');
  if (now >= exp * 1000 + clockSkewMs) throw new TokenError('EXPIRED', 'The token has expired.');
  for (const from of [nbf, iat]) {
    if (from === undefined) continue;
    if (!isTime(from)) throw new TokenError('CLAIMS', 'A time of the token is no number.');
    if (now < from * 1000 - clockSkewMs) throw new TokenError('NOT_YET_VALID', 'The token is not valid yet.');
  }
}

/** Seconds since 1970 (NumericDate). */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function objectOf(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw malformed();
}

function malformed(): TokenError {
  return new TokenError('MALFORMED', 'This is no token.');
}
