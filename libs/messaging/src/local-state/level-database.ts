import { mkdir, readdir } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** What the local state needs of a LevelDB database. Keys and values are text. */
export interface LevelDatabase {
  /** @throws LocalStateError when the database cannot be read or the value is not what was written */
  get(key: string): string | undefined;
  /** All or nothing, also over a crash; null deletes. */
  write(changes: ReadonlyMap<string, string | null>, options?: { readonly sync: boolean }): Promise<void>;
  /** Entries with keys from `gt` (exclusive) or `gte` up to `lt` (exclusive), in the order of their bytes. */
  range(bounds: RangeBounds): AsyncIterable<readonly [string, string]>;
  close(): Promise<void>;
}

export interface RangeBounds {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt: string;
  readonly limit?: number;
}

/** The copy on disk cannot be used. `code` is what is wrong with it. */
export class LocalStateError extends Error {
  override readonly name = 'LocalStateError';

  constructor(
    readonly code: 'LOCKED' | 'UNREADABLE' | 'NO_BINARY',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Base 36 of 32 bits. */
const CHECKSUM_DIGITS = 7;
const MAX_OPEN_FILES = 200;
/** Of each partition. Larger write buffers mean fewer and larger tables, which matters when all is built anew. */
const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;
const CACHE_BYTES = 16 * 1024 * 1024;
const DATA_FILE = /\.(log|ldb|sst)$|^MANIFEST/;
const PAGE = 1000;

/**
 * Opens a database, and makes it where there is none. Values carry a checksum: LevelDB has one per block, but this
 * binding does not check it.
 * @throws LocalStateError
 */
export async function openLevelDatabase(path: string): Promise<LevelDatabase> {
  const { ClassicLevel } = await loadBinding();
  await mkdir(path, { recursive: true });
  // Without its CURRENT file LevelDB would begin anew and take what is left of the old one for its own.
  const createIfMissing = (await readdir(path)).every((name) => !DATA_FILE.test(name));
  const db = new ClassicLevel<string, string>(path, {
    maxOpenFiles: MAX_OPEN_FILES,
    cacheSize: CACHE_BYTES,
    writeBufferSize: WRITE_BUFFER_BYTES,
    createIfMissing,
  });
  try {
    await db.open();
  } catch (error) {
    const { code, message } = innermost(error);
    if (code === 'LEVEL_LOCKED') {
      throw new LocalStateError('LOCKED', `${path} is in use by another process.`, { cause: error });
    }
    throw new LocalStateError('UNREADABLE', `${path} cannot be opened: ${message}`, { cause: error });
  }
  return {
    get: (key) => {
      const text = reading(path, () => db.getSync(key));
      return text === undefined ? undefined : checked(path, key, text);
    },
    write: (changes, options = { sync: false }) => db.batch(operationsOf(changes), options),
    range: async function* (bounds) {
      const iterator = db.iterator(bounds);
      try {
        for (let page = await iterator.nextv(PAGE); page.length > 0; page = await iterator.nextv(PAGE)) {
          for (const [key, text] of page) yield [key, checked(path, key, text)] as const;
        }
      } finally {
        await iterator.close();
      }
    },
    close: () => db.close(),
  };
}

async function loadBinding() {
  try {
    return await import('classic-level');
  } catch (error) {
    throw new LocalStateError('NO_BINARY', `LevelDB is not installed for this platform: ${String(error)}`, {
      cause: error,
    });
  }
}

function operationsOf(changes: ReadonlyMap<string, string | null>) {
  return Array.from(changes, ([key, text]) =>
    text === null
      ? ({ type: 'del', key } as const)
      : ({ type: 'put', key, value: checksumOf(text) + text } as const),
  );
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new LocalStateError('UNREADABLE', `${path} cannot be read: ${innermost(error).message}`, {
      cause: error,
    });
  }
}

function checked(path: string, key: string, stored: string): string {
  const text = stored.slice(CHECKSUM_DIGITS);
  if (stored.startsWith(checksumOf(text))) return text;
  // The key may name a customer: it is no text for a log.
  throw new LocalStateError('UNREADABLE', `${path} holds a value that was not written (${key[0]}/…).`);
}

function checksumOf(text: string): string {
  return crc32(text).toString(36).padStart(CHECKSUM_DIGITS, '0');
}

/** The binding's own error lies below those of its wrappers. */
function innermost(error: unknown): { readonly code: unknown; readonly message: string } {
  let found = error as { readonly code?: unknown; readonly message: string; readonly cause?: unknown };
  while (typeof found.cause === 'object' && found.cause !== null) found = found.cause as typeof found;
  return { code: found.code, message: found.message };
}
