/** A customer's key as it is kept. */
export type KeyRecord = LiveKeyRecord | ErasedKeyRecord;

export interface LiveKeyRecord {
  readonly customerId: string;
  readonly status: 'live';
  /** Text of `MasterKeys.wrap`. */
  readonly wrapped: string;
}

/** Stands in the place of a key that was thrown away, so that nobody makes a new one. */
export interface ErasedKeyRecord {
  readonly customerId: string;
  readonly status: 'erased';
  /** RFC 3339 UTC. */
  readonly erasedAt: string;
}

/**
 * Where the customers' keys are kept, wrapped. No view: nothing can build it again, so it is backed up. Adapters are in
 * memory, a folder, and PostgreSQL; all pass `key-store.suite.ts`.
 */
export interface KeyStore {
  /** What is known of these customers; who has no key is missing in the answer. */
  find(customerIds: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>>;

  /** Adds keys where there is neither one nor a tombstone. @returns what stands now, for each of them */
  add(records: readonly LiveKeyRecord[]): Promise<ReadonlyMap<string, KeyRecord>>;

  /**
   * Puts a tombstone in the place of the key, also where there was none. Final. @returns false when it was erased before
   * @param at RFC 3339 UTC
   */
  erase(customerId: string, at: string): Promise<boolean>;

  /** Puts the key in other wrapping in its place, if it stands there as `from`. */
  rewrap(from: LiveKeyRecord, wrapped: string): Promise<boolean>;

  /** All records, in order of the customers' ids, from behind `after` on. */
  list(options: { readonly after?: string; readonly limit: number }): Promise<readonly KeyRecord[]>;

  close(): Promise<void>;
}
