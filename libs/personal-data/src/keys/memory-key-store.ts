import type { KeyRecord, KeyStore, LiveKeyRecord } from './key-store.port.js';

/** For tests: keys end with the process, and with them everything that is sealed. */
export class MemoryKeyStore implements KeyStore {
  private readonly records = new Map<string, KeyRecord>();

  find(customerIds: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>> {
    const found = customerIds.flatMap((id) => {
      const record = this.records.get(id);
      return record ? [[id, record] as const] : [];
    });
    return Promise.resolve(new Map(found));
  }

  add(records: readonly LiveKeyRecord[]): Promise<ReadonlyMap<string, KeyRecord>> {
    for (const record of records) {
      if (!this.records.has(record.customerId)) this.records.set(record.customerId, record);
    }
    return this.find(records.map(({ customerId }) => customerId));
  }

  erase(customerId: string, at: string): Promise<boolean> {
    if (this.records.get(customerId)?.status === 'erased') return Promise.resolve(false);
    this.records.set(customerId, { customerId, status: 'erased', erasedAt: at });
    return Promise.resolve(true);
  }

  rewrap(from: LiveKeyRecord, wrapped: string): Promise<boolean> {
    const present = this.records.get(from.customerId);
    if (present?.status !== 'live' || present.wrapped !== from.wrapped) return Promise.resolve(false);
    this.records.set(from.customerId, { ...from, wrapped });
    return Promise.resolve(true);
  }

  list({ after = '', limit }: { readonly after?: string; readonly limit: number }) {
    const ids = [...this.records.keys()].filter((id) => id > after).sort();
    return Promise.resolve(ids.slice(0, limit).flatMap((id) => this.records.get(id) ?? []));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
