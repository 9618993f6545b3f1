import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LevelDatabase, openLevelDatabase } from './level-database.js';

const MANY = 5000;
const AT_A_STRETCH = 1000;

describe('a long set of changes', () => {
  let folder: string;
  let database: LevelDatabase;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aika-level-'));
    database = await openLevelDatabase(join(folder, 'db'));
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const changes = (value: string | null): ReadonlyMap<string, string | null> =>
    new Map(Array.from({ length: MANY }, (_, n) => [`key-${n}`, value === null ? null : `${value} ${n}`]));

  it('is handed over in stretches, between which the event loop comes round, and is there all at once', async () => {
    let isWritten = false;
    const writing = database.write(changes('value')).then(() => (isWritten = true));
    let turns = 0;
    for (; !isWritten && turns < MANY / AT_A_STRETCH - 1; turns += 1) {
      expect(database.get('key-0')).toBeUndefined();
      await turnOfTheEventLoop();
    }
    expect(turns).toBe(MANY / AT_A_STRETCH - 1);
    await writing;
    expect(database.get('key-0')).toBe('value 0');
    expect(database.get(`key-${MANY - 1}`)).toBe(`value ${MANY - 1}`);
  });

  it('deletes too', async () => {
    await database.write(changes('value'));
    await database.write(changes(null));
    expect(database.get('key-7')).toBeUndefined();
  });
});
