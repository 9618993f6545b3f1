export type KeyErrorCode =
  /** A master key is not 32 bytes in base64. */
  | 'INVALID_MASTER_KEY'
  /** A customer's key was wrapped under a master key that is not given here, or was changed. */
  | 'WRONG_MASTER_KEY'
  /** The store did not answer, and what is in memory is too old. */
  | 'KEYS_UNAVAILABLE';

/** What went wrong with keys. Never holds one. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly retriable: boolean;

  constructor(
    readonly code: KeyErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.retriable = code === 'KEYS_UNAVAILABLE';
  }
}
