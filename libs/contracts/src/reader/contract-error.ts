/** Why a record is not a message that this system can handle. */
export type ContractErrorCode =
  | 'TOO_LARGE'
  | 'NOT_JSON'
  | 'TOO_DEEP'
  | 'NOT_AN_ENVELOPE'
  | 'UNKNOWN_MESSAGE_TYPE'
  | 'UNSUPPORTED_VERSION'
  | 'INVALID_PAYLOAD'
  | 'UPCAST_FAILED'
  | 'TIMESTAMP_IN_FUTURE';

/** One broken rule. Holds no personal data: texts are named by their length, never repeated. */
export interface Violation {
  /** JSON pointer from the envelope or, for `validatePayload`, from the payload. */
  readonly path: string;
  readonly expected: string;
  /** Type and length of a text, list or object; the value itself of a number, boolean or null. */
  readonly found: string;
}

/** A record breaks the contract. It stays broken however often it is read, so it is never retried. */
export class ContractError extends Error {
  readonly retriable = false;

  constructor(
    readonly code: ContractErrorCode,
    message: string,
    readonly violations: readonly Violation[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ContractError';
  }
}
