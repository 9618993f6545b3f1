import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type IdempotencyStore, KEY_LIFETIME_MS } from './idempotency.js';

export interface StoreSetup {
  readonly store: IdempotencyStore;
  /** Moves the time by which keys expire. */
  readonly advance: (ms: number) => void;
}

/** Rules of a store of idempotency keys, the same on every adapter. */
export function describeIdempotencyStore(name: string, open: () => StoreSetup): void {
  describe(`idempotency keys in ${name}`, () => {
    let setup: StoreSetup;
    let key: string;
    beforeEach(() => {
      setup = open();
      key = randomUUID();
    });
    const claim = (digest = 'd1') => setup.store.claim({ key, digest, messageId: 'msg-1' });
    const answer = {
      status: 202,
      headers: { location: '/v1/claims/clm-1' },
      body: { messageId: 'msg-1', text: '\u0000 and \ud800' },
    };

    it('are free once, and then belong to their request', async () => {
      expect(await claim()).toEqual({ kind: 'first' });
      expect(await claim()).toEqual({ kind: 'unfinished' });
      expect(await claim('d2')).toEqual({ kind: 'other' });
    });

    it('go to one of many who want them at once', async () => {
      const kinds = (await Promise.all(Array.from({ length: 10 }, () => claim()))).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'first')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'unfinished')).toHaveLength(9);
    });

    it('keep the newest answer', async () => {
      await claim();
      await setup.store.keep(key, { ...answer, status: 200 });
      await setup.store.keep(key, answer);
      expect(await claim()).toEqual({ kind: 'answered', answer });
      expect(await claim('d2')).toEqual({ kind: 'other' });
    });

    it('are kept for a day and no longer', async () => {
      await claim();
      await setup.store.keep(key, answer);
      setup.advance(KEY_LIFETIME_MS - 1000);
      expect(await claim()).toMatchObject({ kind: 'answered' });
      setup.advance(2000);
      expect(await claim('d2')).toEqual({ kind: 'first' });
      expect(await claim('d2')).toEqual({ kind: 'unfinished' });
    });

    it('are deleted when they are old', async () => {
      await claim();
      setup.advance(KEY_LIFETIME_MS + 1000);
      expect(await setup.store.prune()).toBeGreaterThanOrEqual(1);
      expect(await setup.store.prune()).toBe(0);
      expect(await claim()).toEqual({ kind: 'first' });
    });
  });
}
