import type { KeyStore } from './key-store.port.js';
import type { MasterKeys } from './master-keys.port.js';

const AT_ONCE = 500;

/**
 * Wraps every key that is not under the newest master key anew. May run beside everything else, and again.
 * @returns how many were wrapped anew
 * @throws KeyError `WRONG_MASTER_KEY` when one is under a master key that is not given
 */
export async function rewrapKeys(store: KeyStore, master: MasterKeys): Promise<number> {
  let count = 0;
  for (let after = ''; ;) {
    const records = await store.list({ after, limit: AT_ONCE });
    for (const record of records) {
      if (record.status === 'erased' || master.isNewest(record.wrapped)) continue;
      const key = await master.unwrap(record.wrapped, record.customerId);
      if (await store.rewrap(record, await master.wrap(key, record.customerId))) count++;
    }
    const last = records.at(-1);
    if (last === undefined || records.length < AT_ONCE) return count;
    after = last.customerId;
  }
}
