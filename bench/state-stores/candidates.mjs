import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Packages to measure, at the versions that were measured. `node:sqlite` comes with Node. */
export const PACKAGES = { lmdb: '3.5.6', 'classic-level': '3.0.0', 'better-sqlite3': '13.2.0' };

/**
 * Opens a candidate in `directory`: synchronous `get(key)` and `range(from, to)`, and `write(puts)` that resolves
 * when the batch can be read. `range` is absent where the package has none that is synchronous.
 */
export const CANDIDATES = {
  lmdb: async (directory, packages) => {
    const { open } = packages('lmdb');
    const db = open({ path: join(directory, 'state.mdb'), encoding: 'string', noReadAhead: true });
    return {
      get: (key) => db.get(key),
      range: (start, end) => [...db.getRange({ start, end })].length,
      write: (puts) => db.batch(() => puts.forEach(([key, value]) => void db.put(key, value))),
      close: () => db.close(),
    };
  },
  'classic-level': async (directory, packages) => {
    const { ClassicLevel } = packages('classic-level');
    const db = new ClassicLevel(join(directory, 'state'), { compression: false });
    await db.open();
    return {
      get: (key) => db.getSync(key),
      write: (puts) => db.batch(puts.map(([key, value]) => ({ type: 'put', key, value }))),
      close: () => db.close(),
    };
  },
  'node:sqlite': async (directory) => {
    const { DatabaseSync } = await import('node:sqlite');
    return overSql(new DatabaseSync(join(directory, 'state.sqlite')));
  },
  'better-sqlite3': async (directory, packages) => {
    const Database = packages('better-sqlite3');
    return overSql(new Database(join(directory, 'state.sqlite')));
  },
};

export function packagesOf(folder) {
  return createRequire(join(folder, 'package.json'));
}

function overSql(db) {
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;');
  db.exec('CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  const get = db.prepare('SELECT value FROM entries WHERE key = ?');
  const range = db.prepare('SELECT key, value FROM entries WHERE key >= ? AND key < ? ORDER BY key');
  const put = db.prepare(
    'INSERT INTO entries VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  return {
    get: (key) => get.get(key)?.value,
    range: (from, to) => range.all(from, to).length,
    write: async (puts) => {
      db.exec('BEGIN');
      for (const [key, value] of puts) put.run(key, value);
      db.exec('COMMIT');
    },
    close: () => db.close(),
  };
}
