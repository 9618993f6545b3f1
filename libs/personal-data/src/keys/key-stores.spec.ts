import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileKeyStore } from './file-key-store.js';
import { describeKeyStore } from './key-store.suite.js';
import { MemoryKeyStore } from './memory-key-store.js';

const memory = new MemoryKeyStore();
describeKeyStore('memory', () => Promise.resolve(memory));

describe('a folder of keys', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aika-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  describeKeyStore('a folder', () => Promise.resolve(new FileKeyStore(join(folder, 'keys'))));

  it('holds no erased key in any file, and no draft', async () => {
    const store = new FileKeyStore(join(folder, 'erased'));
    await store.add([{ customerId: 'cust-1', status: 'live', wrapped: 'wrapped-key-of-ada' }]);
    expect(await contents(join(folder, 'erased'))).toContain('wrapped-key-of-ada');
    await store.erase('cust-1', '2026-06-15T08:00:00Z');
    expect(await contents(join(folder, 'erased'))).not.toContain('wrapped-key-of-ada');
    expect((await readdir(join(folder, 'erased'))).map((name) => name.split('.')[1])).toEqual(['erased']);
  });
});

async function contents(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}
