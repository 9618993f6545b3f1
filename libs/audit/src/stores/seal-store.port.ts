import type { Seal } from '../seal/seal.js';

/** A copy of a seal as it stands somewhere: whether it is one, and its own, is for who reads it to find out. */
export interface StoredSeal {
  /** Where it stands: a line, a row, an offset. */
  readonly position: string;
  readonly text: string;
}

/**
 * A second place for seals, under another authority than the brokers. Append-only: what is there is never changed. One
 * suite runs on each adapter (`seal-store.suite.ts`).
 */
export interface SealStore {
  /**
   * Adds a seal after the last one of its partition; the same seal again changes nothing.
   * @throws AuditError `SEAL_CONFLICT` when another seal has its sequence, or it does not follow the last one
   */
  append(seal: Seal): Promise<void>;
  /** The last one of a partition. @throws AuditError `STORE_DAMAGED` when that is no seal */
  last(topic: string, partition: number): Promise<Seal | undefined>;
  /** Everything that stands there for a partition, in the order in which it was written. */
  all(topic: string, partition: number): Promise<readonly StoredSeal[]>;
  close(): Promise<void>;
}
