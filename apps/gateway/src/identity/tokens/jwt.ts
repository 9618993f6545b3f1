import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { TokenError, type TokenErrorCode } from './token-error.js';

/** Finds the key that signed a token, by the token's header: one of jose's key sets, or one that stands on them. */
export type KeySource = JWTVerifyGetKey;

const LONGEST_TOKEN = 8_192;
/** Public keys only: `none` and HMAC are not known, so a public key can never be taken for a shared secret. */
export const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256', 'PS256'] as const;
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
  { issuer, audience, clockSkewMs, clock = Date.now }: TokenRules,
): Promise<Readonly<Record<string, unknown>>> {
  if (token.length > LONGEST_TOKEN) throw malformed();
  const now = clock();
  const clockTolerance = clockSkewMs / 1000;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      clockTolerance,
      currentDate: new Date(now),
      algorithms: [...ALGORITHMS],
      requiredClaims: ['exp'],
    });
    const { typ } = protectedHeader;
    if (typ !== undefined && !TYPES.has(typ.toLowerCase())) throw malformed();
    // jose holds `iat` only where it bounds a token's age, which `exp` does here.
    if (payload.iat !== undefined && !(payload.iat * 1000 <= now + clockSkewMs)) throw notYetValid();
    return payload;
  } catch (error) {
    throw tokenErrorOf(error);
  }
}

const CODES: Readonly<Record<string, TokenErrorCode>> = {
  [errors.JOSEAlgNotAllowed.code]: 'ALGORITHM',
  [errors.JWKSNoMatchingKey.code]: 'KEY_UNKNOWN',
  [errors.JWKSMultipleMatchingKeys.code]: 'KEY_UNKNOWN',
  [errors.JWKSInvalid.code]: 'KEY_UNKNOWN',
  [errors.JWSSignatureVerificationFailed.code]: 'SIGNATURE',
  [errors.JWTExpired.code]: 'EXPIRED',
};

/** Words of ours: jose's may quote what the token says. */
const DETAILS: Readonly<Partial<Record<TokenErrorCode, string>>> = {
  ALGORITHM: 'The token is signed in a way that is not taken.',
  KEY_UNKNOWN: 'No known key has signed the token.',
  SIGNATURE: 'The signature of the token is wrong.',
  EXPIRED: 'The token has expired.',
};

function tokenErrorOf(error: unknown): unknown {
  if (error instanceof TokenError) return error;
  if (error instanceof errors.JWTClaimValidationFailed) return claimError(error);
  // A key that is too short, or that its set describes wrongly.
  if (error instanceof TypeError || error instanceof DOMException) return coded('KEY_UNKNOWN', error);
  if (!(error instanceof errors.JOSEError)) return error;
  const code = CODES[error.code];
  return code === undefined ? malformed(error) : coded(code, error);
}

function coded(code: TokenErrorCode, cause: Error): TokenError {
  return new TokenError(code, DETAILS[code] ?? 'This is no token.', { cause });
}

function claimError({ claim, reason }: errors.JWTClaimValidationFailed): TokenError {
  if (claim === 'iss') return new TokenError('ISSUER', 'The token is of another issuer.');
  if (claim === 'aud') return new TokenError('AUDIENCE', 'The token is for somebody else.');
  if (claim === 'nbf' && reason === 'check_failed') return notYetValid();
  return new TokenError('CLAIMS', `The claim ${claim} of the token is missing or malformed.`);
}

function notYetValid(): TokenError {
  return new TokenError('NOT_YET_VALID', 'The token is not valid yet.');
}

function malformed(cause?: unknown): TokenError {
  return new TokenError('MALFORMED', 'This is no token.', cause === undefined ? {} : { cause });
}
