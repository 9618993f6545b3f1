/**
 * What customers' keys are wrapped with: a secret from the environment (`LocalMasterKeys`), or a KMS that never gives its
 * own away. Called once for each key that a process does not hold, never for a message.
 */
export interface MasterKeys {
  /** Wraps under the newest master key. @param customerId authenticated: the key opens as this customer's only */
  wrap(key: Buffer, customerId: string): Promise<string>;

  /** @throws KeyError `WRONG_MASTER_KEY` when no master key opens it */
  unwrap(wrapped: string, customerId: string): Promise<Buffer>;

  /** Whether it is wrapped under the newest master key. */
  isNewest(wrapped: string): boolean;
}
