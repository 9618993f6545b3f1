import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Seal, writeSeal } from '../seal/seal.js';
import { line, PARTITION, sealAll, TOPIC } from '../verify/trail.fixtures.js';
import type { SealStore } from './seal-store.port.js';

export interface StoreWorld {
  /** Another connection to the same place. */
  open(): SealStore;
  close(): Promise<void>;
}

const records = Array.from({ length: 40 }, (_, offset) => line(offset));
const seals = sealAll(records);
const textsOf = async (store: SealStore) => (await store.all(TOPIC, PARTITION)).map(({ text }) => text);

/** What a second place has to do, whatever it is kept in. */
export function describeSealStore(name: string, setup: () => Promise<StoreWorld>): void {
  describe(`seals ${name}`, () => {
    let world: StoreWorld;
    let stores: SealStore[];
    const open = (): SealStore => {
      const store = world.open();
      stores.push(store);
      return store;
    };

    beforeEach(async () => {
      world = await setup();
      stores = [];
    });
    afterEach(async () => {
      await Promise.all(stores.map((store) => store.close()));
      await world.close();
    });

    async function filled(): Promise<SealStore> {
      const store = open();
      for (const seal of seals) await store.append(seal);
      return store;
    }

    it('stand in the order in which they were appended, for whoever opens the place later', async () => {
      expect(await open().last(TOPIC, PARTITION)).toBeUndefined();
      await filled();
      const later = open();
      expect(await textsOf(later)).toEqual(seals.map(writeSeal));
      expect(await later.last(TOPIC, PARTITION)).toEqual(seals.at(-1));
    });

    it('of one partition are not those of another', async () => {
      const store = await filled();
      expect(await store.all(TOPIC, PARTITION + 1)).toEqual([]);
      expect(await store.last(`${TOPIC}.other`, PARTITION)).toBeUndefined();
    });

    it('are there once, although the last one is appended again', async () => {
      const store = await filled();
      await store.append(seals.at(-1)!);
      await open().append(seals.at(-1)!);
      expect(await textsOf(open())).toEqual(seals.map(writeSeal));
    });

    it.each<[string, Seal]>([
      ['a sequence that is left out', { ...seals[3]!, sequence: 5 }],
      ['another seal under a sequence that is there', { ...seals[3]!, sealer: 'other' }],
      ['an earlier one that differs', { ...seals[1]!, sealer: 'other' }],
      ['one that names another as the one before it', { ...seals[3]!, sequence: 4 }],
    ])('are not followed by %s', async (_what, seal) => {
      const store = await filled();
      await expect(store.append(seal)).rejects.toMatchObject({ code: 'SEAL_CONFLICT' });
      await expect(open().append(seal)).rejects.toMatchObject({ code: 'SEAL_CONFLICT' });
      expect(await textsOf(open())).toEqual(seals.map(writeSeal));
    });

    it('are found by one who wrote before, and whose place somebody else has gone on with', async () => {
      const first = open();
      await first.append(seals[0]!);
      const second = open();
      await second.append(seals[1]!);
      await first.append(seals[1]!);
      await first.append(seals[2]!);
      expect(await textsOf(open())).toEqual(seals.slice(0, 3).map(writeSeal));
    });

    it('do not begin with one that is not the first', async () => {
      const store = open();
      await expect(store.append(seals[1]!)).rejects.toMatchObject({ code: 'SEAL_CONFLICT' });
    });
  });
}
