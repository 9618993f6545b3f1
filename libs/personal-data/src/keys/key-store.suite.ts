import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KeyStore, LiveKeyRecord } from './key-store.port.js';
import { LocalMasterKeys } from './local-master-keys.js';
import { CustomerKeys } from './customer-keys.js';
import { rewrapKeys } from './rewrap-keys.js';

const AT = '2026-06-15T08:00:00Z';
const live = (customerId: string, wrapped: string): LiveKeyRecord => ({
  customerId,
  status: 'live',
  wrapped,
});

/** What every store of keys keeps to. `make` opens the same store again, as another process would. */
export function describeKeyStore(name: string, make: () => Promise<KeyStore>): void {
  describe(`keys of customers in ${name}`, () => {
    let store: KeyStore;
    let other: KeyStore;
    beforeAll(async () => {
      store = await make();
      other = await make();
    });
    afterAll(async () => {
      await store.close();
      await other.close();
    });

    it('are there for every process once they are added, and missing before', async () => {
      expect([...(await other.find(['added'])).keys()]).toEqual([]);
      await store.add([live('added', 'w1')]);
      expect((await other.find(['added', 'nobody'])).get('added')).toEqual(live('added', 'w1'));
    });

    it('are added once: the first stands, for both who add at once', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `both-${index}`);
      const [mine, theirs] = await Promise.all([
        store.add(ids.map((id) => live(id, 'mine'))),
        other.add([...ids].reverse().map((id) => live(id, 'theirs'))),
      ]);
      for (const id of ids) expect(mine.get(id)).toEqual(theirs.get(id));
      expect(mine.size).toBe(ids.length);
    });

    it('are erased for good: none is added in their place, and nothing of them is left', async () => {
      await store.add([live('gone', 'secret-wrapping')]);
      expect(await store.erase('gone', AT)).toBe(true);
      expect(await other.erase('gone', '2027-01-01T00:00:00Z')).toBe(false);
      const tombstone = { customerId: 'gone', status: 'erased', erasedAt: AT };
      expect((await other.add([live('gone', 'new')])).get('gone')).toEqual(tombstone);
      expect(await other.rewrap(live('gone', 'secret-wrapping'), 'again')).toBe(false);
      expect((await store.find(['gone'])).get('gone')).toEqual(tombstone);
    });

    it('may be erased before there is one', async () => {
      expect(await store.erase('never-there', AT)).toBe(true);
      expect((await other.add([live('never-there', 'w')])).get('never-there')?.status).toBe('erased');
    });

    it('get another wrapping only in the place of the one that was read', async () => {
      await store.add([live('rewrapped', 'old')]);
      expect(await store.rewrap(live('rewrapped', 'other'), 'new')).toBe(false);
      expect(await store.rewrap(live('rewrapped', 'old'), 'new')).toBe(true);
      expect((await other.find(['rewrapped'])).get('rewrapped')).toEqual(live('rewrapped', 'new'));
    });

    it('take any id, and are listed in order of ids, page by page', async () => {
      const ids = ['list/../ä', 'list/a', 'list/Z'];
      await store.add(ids.map((id) => live(id, 'w')));
      const first = await other.list({ after: 'list', limit: 2 });
      expect(first.map(({ customerId }) => customerId)).toEqual(['list/../ä', 'list/Z']);
      const [next] = await other.list({ after: 'list/Z', limit: 1 });
      expect(next?.customerId).toBe('list/a');
    });

    it('of two processes open what the other has sealed, also after the master key was replaced', async () => {
      const [before, after] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
      const mine = new CustomerKeys({ store, master: new LocalMasterKeys([before]) });
      await store.erase('rotated-0', AT);
      const key = (await mine.load(['rotated', 'rotated-0'], true)).get('rotated');
      const text = key?.status === 'live' ? key.cipher.seal('Ada', 'text') : '';
      const both = new LocalMasterKeys([after, before]);
      // Others in this store were never wrapped; theirs is no matter of this rule.
      const wrapped = only(other, 'rotated');
      expect(await rewrapKeys(wrapped, both)).toBe(1);
      expect(await rewrapKeys(wrapped, both)).toBe(0);
      const theirs = new CustomerKeys({ store: other, master: new LocalMasterKeys([after]) });
      const again = (await theirs.load(['rotated'], false)).get('rotated');
      expect(again?.status === 'live' && again.cipher.seal('Ada', 'text')).toBe(text);
    });
  });
}

/** The store with this one customer in its list. */
function only(store: KeyStore, customerId: string): KeyStore {
  return {
    find: (ids) => store.find(ids),
    add: (records) => store.add(records),
    erase: (id, at) => store.erase(id, at),
    rewrap: (from, wrapped) => store.rewrap(from, wrapped),
    list: async () => [...(await store.find([customerId])).values()],
    close: () => store.close(),
  };
}
