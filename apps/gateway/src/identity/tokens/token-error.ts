/** Why a token is not taken. The code is for programs and log lines, never with the token's content. */
export type TokenErrorCode =
  | 'MALFORMED'
  | 'ALGORITHM'
  | 'KEY_UNKNOWN'
  | 'SIGNATURE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'ISSUER'
  | 'AUDIENCE'
  | 'CLAIMS'
  | 'KEYS_UNAVAILABLE';

export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly code: TokenErrorCode,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }

  /** The same token may be taken later: the keys could not be had. */
  get retriable(): boolean {
    return this.code === 'KEYS_UNAVAILABLE';
  }
}
