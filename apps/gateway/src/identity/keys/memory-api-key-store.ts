import type { ApiKeyRecord, ApiKeyStore } from './api-key.js';

/** Keys in memory, for tests. */
export class MemoryApiKeyStore implements ApiKeyStore {
  private readonly records = new Map<string, ApiKeyRecord>();

  add(record: ApiKeyRecord): Promise<void> {
    this.records.set(record.id, record);
    return Promise.resolve();
  }

  find(id: string): Promise<ApiKeyRecord | undefined> {
    return Promise.resolve(this.records.get(id));
  }

  list(): Promise<readonly ApiKeyRecord[]> {
    const all = [...this.records.values()];
    return Promise.resolve(all.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)));
  }

  revoke(id: string, at: string): Promise<boolean> {
    const record = this.records.get(id);
    if (record === undefined || record.revokedAt !== undefined) return Promise.resolve(false);
    this.records.set(id, { ...record, revokedAt: at });
    return Promise.resolve(true);
  }

  replace(id: string, successor: ApiKeyRecord, endsAt: string): Promise<boolean> {
    const record = this.records.get(id);
    if (record === undefined || record.revokedAt !== undefined || record.replacedBy !== undefined) {
      return Promise.resolve(false);
    }
    const { expiresAt = endsAt } = record;
    const end = expiresAt < endsAt ? expiresAt : endsAt;
    this.records.set(id, { ...record, expiresAt: end, replacedBy: successor.id });
    this.records.set(successor.id, successor);
    return Promise.resolve(true);
  }
}
