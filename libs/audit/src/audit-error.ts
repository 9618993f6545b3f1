export type AuditErrorCode =
  /** A key cannot be read, or is of another kind. */
  | 'KEY_INVALID'
  /** No key where one is asked for. */
  | 'KEY_MISSING'
  /** A place for seals is named in a way that cannot be understood. */
  | 'STORE_INVALID'
  /** A place for seals holds something that is no seal. */
  | 'STORE_DAMAGED'
  /** The place holds another seal under this sequence, or not the one before it. */
  | 'SEAL_CONFLICT'
  /** Position, seals and second place do not agree: nothing is sealed until a person has looked. */
  | 'CHAIN_BROKEN';

export class AuditError extends Error {
  override readonly name = 'AuditError';
  readonly retriable = false;

  constructor(
    readonly code: AuditErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
