import { LogError } from '../ports/index.js';

/** Operations of the port and calls to the outside world: the points at which a process can fail. */
export type OperationName =
  | 'partitionCount'
  | 'identity'
  | 'offsets'
  | 'committedOffsets'
  | 'positionStates'
  | 'read'
  | 'createWriter'
  | 'write'
  | 'createTransactionalWriter'
  | 'joinGroup'
  | 'leave'
  | 'poll'
  | 'begin'
  | 'send'
  | 'commitOffsets'
  | 'commit'
  | 'abort'
  | 'effect'
  /** Of the local copy of state. */
  | 'open-copy'
  | 'write-copy';

/**
 * What happens at a point. `before`: the log never hears of the operation. `after`: it took effect, and the
 * answer never arrives. A pause is longer than the session: others take over, then the process goes on.
 */
export type FaultOutcome =
  | 'crash-before'
  | 'crash-after'
  | 'pause-before'
  | 'pause-after'
  /** Asked to end while the operation is under way, and started anew, as in a rolling restart. */
  | 'shutdown'
  /** Of a commit, without a crash: COMMIT_OUTCOME_UNKNOWN, and the request was lost, … */
  | 'request-lost'
  /** … or done, … */
  | 'answer-lost'
  /** … or it is done a little later. */
  | 'late-commit'
  | 'transaction-failed'
  | 'fenced'
  | 'too-large'
  | 'member-dead'
  /** The local copy is gone or cannot be read; it cannot be written. */
  | 'copy-lost'
  | 'copy-failed'
  | 'unavailable';

/** One fault of one process: at its `point`-th operation, counted from 1 over its restarts. */
export interface PlannedFault {
  readonly process: string;
  readonly point: number;
  readonly outcome: FaultOutcome;
}

const STOPS = ['crash-before', 'crash-after', 'pause-before', 'pause-after', 'shutdown'] as const;
const COMMIT = ['request-lost', 'answer-lost', 'late-commit', 'transaction-failed', 'fenced'] as const;

/** Every outcome that the operation can have. */
export function outcomesOf(operation: OperationName): readonly FaultOutcome[] {
  switch (operation) {
    case 'commit':
      return [...STOPS, ...COMMIT];
    case 'send':
      return [...STOPS, 'transaction-failed', 'fenced', 'too-large'];
    case 'begin':
    case 'commitOffsets':
      return [...STOPS, 'transaction-failed', 'fenced'];
    case 'poll':
      return [...STOPS, 'member-dead'];
    case 'effect':
      return [...STOPS, 'answer-lost', 'unavailable'];
    case 'open-copy':
      return [...STOPS, 'copy-lost'];
    case 'write-copy':
      return [...STOPS, 'copy-failed'];
    case 'abort':
    case 'leave':
      return STOPS;
    default:
      return [...STOPS, 'unavailable'];
  }
}

/** The error that an outcome is at the port. */
export function errorOf(outcome: FaultOutcome): LogError {
  switch (outcome) {
    case 'request-lost':
    case 'answer-lost':
    case 'late-commit':
      return new LogError('COMMIT_OUTCOME_UNKNOWN', 'simulated: no answer', true);
    case 'transaction-failed':
      return new LogError('TRANSACTION_FAILED', 'simulated: the transaction failed', true);
    case 'fenced':
      return new LogError('FENCED', 'simulated: fenced', false);
    case 'too-large':
      return new LogError('RECORD_TOO_LARGE', 'simulated: too large', false);
    case 'copy-lost':
    case 'copy-failed':
      return new LogError('UNAVAILABLE', 'simulated: no copy', false);
    case 'member-dead':
      return new LogError('MEMBER_DEAD', 'simulated: the member cannot go on', false);
    default:
      return new LogError('UNAVAILABLE', 'simulated: no connection', true);
  }
}
