export type LogErrorCode =
  /** Another member or writer has taken over: drop the work, rejoin, restore. */
  | 'FENCED'
  /** EndTxn was sent and no answer came: the group's offsets tell. */
  | 'COMMIT_OUTCOME_UNKNOWN'
  /** The transaction failed and left nothing behind: run it again with a new writer. */
  | 'TRANSACTION_FAILED'
  | 'RECORD_TOO_LARGE'
  /** The log takes this record in no transaction: key, time or form is against the topic's rules. */
  | 'RECORD_REFUSED'
  | 'UNKNOWN_TOPIC'
  | 'OFFSET_OUT_OF_RANGE'
  | 'MEMBER_DEAD'
  | 'UNAVAILABLE'
  | 'CLOSED';

/** What went wrong at the log, in the terms of the port. `cause` holds the client's own error. */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(
    readonly code: LogErrorCode,
    message: string,
    readonly retriable: boolean,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
