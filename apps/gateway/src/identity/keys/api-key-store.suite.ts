import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiKeyStore } from './api-key.js';
import { ApiKeys, LOOKUP_LIFETIME_MS } from './api-keys.js';

const GRANT = { subject: 'portal', roles: ['adjuster'], authority: { GBP: 100 }, rateLimit: 7 } as const;
const HOUR = 3_600_000;

/** What every store of API keys keeps to. */
export function describeApiKeyStore(name: string, make: () => ApiKeyStore): void {
  describe(`API keys in ${name}`, () => {
    let now = Date.parse('2026-06-15T08:00:00Z');
    let store: ApiKeyStore;
    let keys: ApiKeys;
    const later = (ms: number) => (now += ms);
    beforeAll(() => {
      store = make();
      keys = new ApiKeys({ store, clock: () => now });
    });

    it('are recognised with their rights, and kept without their secret', async () => {
      const { key, record } = await keys.create({ ...GRANT, customerId: 'cust-1' });
      expect(await keys.recognise(key)).toMatchObject({ ...GRANT, customerId: 'cust-1', keyId: record.id });
      const secret = key.split('_')[2] ?? '';
      expect(secret).toHaveLength(64);
      expect(JSON.stringify(await store.list())).not.toContain(secret);
    });

    it('are not recognised with another secret, id or form', async () => {
      const { key } = await keys.create(GRANT);
      const [, id = '', secret = ''] = key.split('_');
      const flipped = (secret.startsWith('0') ? '1' : '0') + secret.slice(1);
      for (const wrong of [`aika_${id}_${flipped}`, `aika_000000000000_${secret}`, `${key}0`, id, '']) {
        expect(await keys.recognise(wrong)).toBeUndefined();
      }
    });

    it('end when they expire', async () => {
      const { key } = await keys.create(GRANT, HOUR);
      later(HOUR - 1);
      expect(await keys.recognise(key)).toBeDefined();
      later(1);
      expect(await keys.recognise(key)).toBeUndefined();
    });

    it('rotate with two that count at once, the old one for the overlap', async () => {
      const old = await keys.create(GRANT);
      const made = await keys.rotate(old.record.id, HOUR);
      expect(await keys.recognise(made?.key ?? '')).toMatchObject(GRANT);
      later(HOUR - 1);
      expect(await keys.recognise(old.key)).toBeDefined();
      later(1);
      expect(await keys.recognise(old.key)).toBeUndefined();
      expect(await keys.recognise(made?.key ?? '')).toBeDefined();
    });

    it('rotate once, and not longer than they were to live', async () => {
      const old = await keys.create(GRANT, HOUR);
      const both = await Promise.all([
        keys.rotate(old.record.id, 9 * HOUR),
        keys.rotate(old.record.id, 9 * HOUR),
      ]);
      expect(both.filter(Boolean)).toHaveLength(1);
      later(HOUR);
      expect(await keys.recognise(old.key)).toBeUndefined();
      expect(await keys.rotate(old.record.id, HOUR)).toBeUndefined();
      expect(await keys.rotate('000000000000', HOUR)).toBeUndefined();
    });

    it('are revoked for every gateway within moments, once', async () => {
      const { key, record } = await keys.create(GRANT);
      const other = new ApiKeys({ store, clock: () => now });
      expect(await other.recognise(key)).toBeDefined();
      expect(await keys.revoke(record.id)).toBe(true);
      expect(await keys.revoke(record.id)).toBe(false);
      expect(await keys.recognise(key)).toBeUndefined();
      later(LOOKUP_LIFETIME_MS);
      expect(await other.recognise(key)).toBeUndefined();
      expect(await keys.rotate(record.id, HOUR)).toBeUndefined();
    });
  });
}
