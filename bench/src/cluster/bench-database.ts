import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, startPostgres, stopPostgres } from '@aika/testing';
import { openViews } from '@aika/views';
import { sql } from 'kysely';

/** An empty database of the benchmark's own. */
export interface BenchDatabase {
  readonly url: string;
  /** Process id of the server; undefined where it does not run on this machine. */
  readonly serverPid: number | undefined;
  close(): Promise<void>;
}

const DATA_DIR = '.aika/bench-postgres';
const PORT = '29432';

/**
 * A PostgreSQL without data of earlier runs, which flushes to the disk as one that is needed after a crash; a database
 * of its own on the server of DATABASE_URL where that is set. AIKA_BENCH_POSTGRES_PORT moves the local one.
 */
export async function openBenchDatabase(
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<BenchDatabase> {
  const settings = {
    DATABASE_URL: env['DATABASE_URL'],
    AIKA_POSTGRES_DATA_DIR: DATA_DIR,
    AIKA_POSTGRES_PORT: env['AIKA_BENCH_POSTGRES_PORT'] ?? PORT,
  };
  if (!settings.DATABASE_URL) await stopPostgres({ env: settings, wipe: true });
  const server = await startPostgres({ env: settings, lease: 'owner', onProgress });
  const { url, drop } = await createTestDatabase(server.url);
  return {
    url,
    serverPid: await serverPid(url),
    close: async () => {
      await drop();
      await server.stop();
    },
  };
}

async function serverPid(url: string): Promise<number | undefined> {
  const db = openViews(url, { maxConnections: 1 });
  try {
    const { rows } = await sql<{ folder: string }>`
      select current_setting('data_directory') as folder`.execute(db);
    const [line] = readFileSync(join(rows[0]?.folder ?? '', 'postmaster.pid'), 'utf8').split('\n');
    return Number(line);
  } catch (error) {
    // Not the owner of the server, or it is on another machine: its CPU is not shown then.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  } finally {
    await db.destroy();
  }
}
