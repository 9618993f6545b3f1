export type ReplayErrorCode =
  /** Nothing was handled yet, or only by a version that did not record its order. */
  | 'NO_RECORDED_ORDER'
  /** The point is malformed, or names a topic or partition that the agent does not read. */
  | 'POINT_INVALID'
  /** What the point names was never handled, or is older than what is kept. */
  | 'POINT_NOT_IN_HISTORY'
  /** The namespace is the live one, or holds an earlier replay. */
  | 'NAMESPACE_TAKEN'
  /** A record that was handled is no longer on the log. */
  | 'HISTORY_INCOMPLETE';

/** A replay that cannot be done as it was asked for. Trying again does not help. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
  readonly retriable = false;

  constructor(
    readonly code: ReplayErrorCode,
    message: string,
  ) {
    super(message);
  }
}
