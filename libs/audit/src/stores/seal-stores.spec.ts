import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readSeal } from '../seal/seal.js';
import { line, PARTITION, sealAll, TOPIC } from '../verify/trail.fixtures.js';
import { MemorySealStore } from './memory-seal-store.js';
import { openSealStore } from './open-seal-store.js';
import { describeSealStore } from './seal-store.suite.js';

const nothing = (): Promise<void> => Promise.resolve();

describeSealStore('in memory', () => {
  const store = new MemorySealStore();
  return Promise.resolve({ open: () => store, close: nothing });
});

describeSealStore('in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aika-seals-'));
  const open = () => openSealStore(pathToFileURL(join(folder, 'seals')).href);
  return Promise.resolve({
    open,
    close: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
});

describe('a file with seals', () => {
  const [first, second] = sealAll(Array.from({ length: 20 }, (_, offset) => line(offset)));

  it('whose last line was torn by a crash goes on behind the last whole one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aika-seals-'));
    const open = () => openSealStore(pathToFileURL(folder).href);
    await open().append(first!);
    appendFileSync(join(folder, `${TOPIC}-${PARTITION}.ndjson`), JSON.stringify(second).slice(0, 100));
    expect(await open().last(TOPIC, PARTITION)).toEqual(first);
    await open().append(second!);
    expect((await open().all(TOPIC, PARTITION)).map(({ text }) => readSeal(text))).toEqual([first, second]);
    rmSync(folder, { recursive: true });
  });

  it('whose last line somebody has changed is not written to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aika-seals-'));
    const open = () => openSealStore(pathToFileURL(folder).href);
    await open().append(first!);
    appendFileSync(join(folder, `${TOPIC}-${PARTITION}.ndjson`), 'nonsense\n');
    await expect(open().append(second!)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    rmSync(folder, { recursive: true });
  });
});

describe('an address of a place', () => {
  it.each(['', 'seals', 'mysql://me:hunter2@db/seals', 'file://'])(
    '%j is refused, and not repeated',
    (address) => {
      expect(() => openSealStore(address)).toThrow(expect.objectContaining({ code: 'STORE_INVALID' }));
      expect(() => openSealStore(address)).not.toThrow('hunter2');
    },
  );
});
