import { randomBytes } from 'node:crypto';
import { KEY_BYTES, ValueCipher } from '../sealing/value-cipher.js';
import { KeyError } from './key-error.js';
import type { KeyRecord, KeyStore } from './key-store.port.js';
import type { MasterKeys } from './master-keys.port.js';

/** What a process knows of a customer's key. */
export type CustomerKey =
  { readonly status: 'live'; readonly cipher: ValueCipher } | { readonly status: 'erased' };

export interface CustomerKeysOptions {
  readonly store: KeyStore;
  readonly master: MasterKeys;
  /** Milliseconds since 1970 UTC; the system's by default. */
  readonly clock?: () => number;
  /** After so long the store is asked again whether a key is still there. Default 300,000. */
  readonly lifetimeMs?: number;
  /** Without an answer of the store a key counts for so long. Default 900,000. */
  readonly staleMs?: number;
  /** Keys in memory at most. Default 100,000. */
  readonly limit?: number;
}

interface Held {
  readonly key: CustomerKey;
  readonly askedAt: number;
}

const MINUTE_MS = 60_000;
/** An erasure is known as its message comes by, so a key is asked for again only for where none does. */
const DEFAULTS = {
  clock: Date.now,
  lifetimeMs: 5 * MINUTE_MS,
  staleMs: 15 * MINUTE_MS,
  limit: 100_000,
};

/** The customers' keys as a process uses them: asked for in bulk before they are needed, then at hand. */
export class CustomerKeys {
  private readonly options: Required<CustomerKeysOptions>;
  /** In the order in which they were asked for. */
  private readonly held = new Map<string, Held>();

  constructor(options: CustomerKeysOptions) {
    this.options = { ...DEFAULTS, ...options };
  }

  /**
   * Sees to it that `get` knows these customers, as far as they have a key.
   * @param make whether those without one get one
   * @returns what is known, for as long as the caller needs it: nothing of it is forgotten meanwhile
   * @throws KeyError
   */
  async load(customerIds: Iterable<string>, make: boolean): Promise<ReadonlyMap<string, CustomerKey>> {
    const known = new Map<string, CustomerKey>();
    const asked: string[] = [];
    for (const id of new Set(customerIds)) {
      const held = this.held.get(id);
      if (held && this.isFresh(held)) known.set(id, held.key);
      else asked.push(id);
    }
    if (asked.length > 0) await this.ask(asked, make, known);
    return known;
  }

  /** Throws a customer's key away, for ever. @returns false when that was done before */
  async erase(customerId: string): Promise<boolean> {
    const wasLive = await this.options.store.erase(customerId, new Date(this.options.clock()).toISOString());
    this.hold(customerId, { status: 'erased' });
    return wasLive;
  }

  /** Asks the store again when the key is needed next. */
  forget(customerId: string): void {
    this.held.delete(customerId);
  }

  close(): Promise<void> {
    return this.options.store.close();
  }

  private async ask(asked: readonly string[], make: boolean, known: Map<string, CustomerKey>): Promise<void> {
    let records: ReadonlyMap<string, KeyRecord>;
    try {
      records = await this.records(asked, make);
    } catch (cause) {
      const left = asked.filter((id) => !this.takeStale(id, known));
      if (left.length === 0) return;
      throw new KeyError('KEYS_UNAVAILABLE', `The store of keys did not answer, for ${left.length} keys.`, {
        cause,
      });
    }
    for (const record of records.values()) {
      known.set(record.customerId, await this.keyOf(record));
    }
  }

  private async records(asked: readonly string[], make: boolean): Promise<ReadonlyMap<string, KeyRecord>> {
    const { store } = this.options;
    const found = await store.find(asked);
    const missing = make ? asked.filter((id) => !found.has(id)) : [];
    if (missing.length === 0) return found;
    const made = await Promise.all(missing.map((id) => this.newRecord(id)));
    // Another process may have been first: what stands is what counts.
    return new Map([...found, ...(await store.add(made))]);
  }

  private async newRecord(customerId: string) {
    const wrapped = await this.options.master.wrap(randomBytes(KEY_BYTES), customerId);
    return { customerId, status: 'live', wrapped } as const;
  }

  private async keyOf(record: KeyRecord): Promise<CustomerKey> {
    const { customerId } = record;
    if (record.status === 'erased') return this.hold(customerId, { status: 'erased' });
    const key = await this.options.master.unwrap(record.wrapped, customerId);
    return this.hold(customerId, { status: 'live', cipher: new ValueCipher(customerId, key) });
  }

  private hold(customerId: string, key: CustomerKey): CustomerKey {
    this.held.delete(customerId);
    this.held.set(customerId, { key, askedAt: this.options.clock() });
    const [oldest] = this.held.keys();
    if (this.held.size > this.options.limit && oldest !== undefined) this.held.delete(oldest);
    return key;
  }

  private takeStale(customerId: string, known: Map<string, CustomerKey>): boolean {
    const held = this.held.get(customerId);
    if (!held || this.options.clock() - held.askedAt >= this.options.staleMs) return false;
    known.set(customerId, held.key);
    return true;
  }

  /** A tombstone is final: nobody need ask again. */
  private isFresh({ key, askedAt }: Held): boolean {
    return key.status === 'erased' || this.options.clock() - askedAt < this.options.lifetimeMs;
  }
}
