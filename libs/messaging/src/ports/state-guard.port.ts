import type { OutgoingRecord } from './log-record.js';
import type { MessageLog } from './message-log.port.js';

/**
 * How a log keeps entries of state, where it keeps them in another form than it takes and gives them in. Local copies
 * of state hold them in that form too, so that whatever makes the log unreadable makes the copies so.
 *
 * The form keeps the key of an entry, and of timers and parked keys when they are due.
 */
export interface StateGuard {
  /** Records of a changelog as they stand there, read as by the log itself. */
  read: MessageLog['read'];

  /** For one who handles one batch after the other: what one of these has at hand is its own. */
  session(): StateSession;
}

/** Brings entries of state into the form of the log, and back. */
export interface StateSession {
  /**
   * Sees to it that entries of these customers can be opened, however many they are, until the next call.
   * @throws LogError `UNAVAILABLE`
   */
  prepare(customerIds: Iterable<string>): Promise<void>;

  /**
   * An entry as handlers have it. Its customer was named to `prepare`, or it was sealed since.
   * @param key of the changelog, `<kind>/<customer>/<rest>`
   */
  open(key: string, text: string): string;

  /**
   * Records of a changelog as they are to stand there, in the same order. The log's writers take them as they are.
   * @throws LogError `UNAVAILABLE`
   */
  seal(records: readonly OutgoingRecord[]): Promise<readonly OutgoingRecord[]>;
}
