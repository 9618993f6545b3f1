import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CustomerKeys } from './customer-keys.js';
import { LocalMasterKeys } from './local-master-keys.js';
import { MemoryKeyStore } from './memory-key-store.js';

const master = new LocalMasterKeys([randomBytes(32).toString('base64')]);
const MINUTE = 60_000;

describe('the keys that a process holds', () => {
  let now = 0;
  let store: MemoryKeyStore;
  let keys: CustomerKeys;
  beforeEach(() => {
    now = Date.parse('2026-06-15T08:00:00Z');
    store = new MemoryKeyStore();
    keys = new CustomerKeys({ store, master, clock: () => now });
  });

  it('are made at the first need of them, and not by who only reads', async () => {
    expect((await keys.load(['ada'], false)).size).toBe(0);
    expect((await keys.load(['ada'], true)).get('ada')?.status).toBe('live');
    expect((await keys.load(['ada'], false)).get('ada')?.status).toBe('live');
  });

  it('are asked for together, and not again for five minutes', async () => {
    const find = jest.spyOn(store, 'find');
    await keys.load(['ada', 'ben', 'ada'], true);
    const questions = find.mock.calls.length;
    now += 5 * MINUTE - 1;
    await keys.load(['ben', 'ada'], true);
    expect(find.mock.calls).toHaveLength(questions);
    now += 1;
    await keys.load(['ada'], false);
    expect(find.mock.calls.at(-1)).toEqual([['ada']]);
  });

  it('are not made for somebody erased, and what another process erased is noticed within five minutes', async () => {
    await keys.load(['ada'], true);
    await new CustomerKeys({ store, master }).erase('ada');
    now += 5 * MINUTE;
    expect((await keys.load(['ada'], true)).get('ada')).toEqual({ status: 'erased' });
  });

  it('count for fifteen minutes without an answer of the store, and no longer', async () => {
    await keys.load(['ada'], true);
    jest.spyOn(store, 'find').mockRejectedValue(new Error('away'));
    now += 15 * MINUTE - 1;
    expect((await keys.load(['ada'], true)).get('ada')?.status).toBe('live');
    await expect(keys.load(['ada', 'ben'], true)).rejects.toMatchObject({
      code: 'KEYS_UNAVAILABLE',
      retriable: true,
    });
    now += 1;
    await expect(keys.load(['ada'], true)).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE' });
  });

  it('are not more than the limit', async () => {
    const few = new CustomerKeys({ store, master, clock: () => now, limit: 2 });
    // All three are at hand for who asked, whatever the process keeps.
    expect((await few.load(['ada', 'ben', 'cid'], true)).size).toBe(3);
    const find = jest.spyOn(store, 'find');
    await few.load(['ben', 'cid'], true);
    expect(find).not.toHaveBeenCalled();
    await few.load(['ada'], true);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('do not open under another master key, nor as another customer’s', async () => {
    await keys.load(['ada'], true);
    const strange = new LocalMasterKeys([randomBytes(32).toString('base64')]);
    const others = new CustomerKeys({ store, master: strange });
    await expect(others.load(['ada'], false)).rejects.toMatchObject({ code: 'WRONG_MASTER_KEY' });
    const wrapped = await master.wrap(randomBytes(32), 'ada');
    await expect(master.unwrap(wrapped, 'ben')).rejects.toMatchObject({ code: 'WRONG_MASTER_KEY' });
    expect(() => new LocalMasterKeys(['c2hvcnQ='])).toThrow(/32 bytes/);
    expect(() => new LocalMasterKeys([])).toThrow(/no master key/);
  });
});
