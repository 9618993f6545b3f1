import { LogError, type LogRecord } from '../ports/index.js';

/** Errors that another try of the same records cannot cure. */
const CONTENT_ERRORS: ReadonlySet<string> = new Set(['RECORD_TOO_LARGE', 'RECORD_REFUSED']);

/** A record that fails its batch even alone, and how often it did. */
export interface Poison {
  readonly cause: unknown;
  readonly attempts: number;
}

const ATTEMPTS = 2;

/**
 * Finds the record that cannot be committed: one that has failed alone, twice, for what it is. Failures of the
 * log (a broker that is away, a lost generation) say nothing about a record.
 */
export class PoisonFinder {
  private readonly found = new Map<string, Poison>();
  private suspect: string | undefined;

  of(record: LogRecord): Poison | undefined {
    return this.found.get(positionOf(record));
  }

  /** Notes that a batch of this record alone has failed. */
  failedAlone(record: LogRecord, cause: unknown): void {
    if (cause instanceof LogError && !CONTENT_ERRORS.has(cause.code)) return;
    const position = positionOf(record);
    if (this.suspect === position) this.found.set(position, { cause, attempts: ATTEMPTS });
    this.suspect = position;
  }
}

function positionOf({ topic, partition, offset }: LogRecord): string {
  return `${topic}/${partition}/${offset}`;
}
