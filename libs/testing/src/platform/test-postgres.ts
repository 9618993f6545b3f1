import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startLocalPostgres } from '../local-postgres/local-postgres.js';
import { PlatformError } from '../platform-error.js';
import { portOf, postgresSettings } from './postgres.js';

const URL_SETTING = 'AIKA_TEST_DATABASE_URL';
const PORT_SETTING = 'AIKA_TEST_POSTGRES_PORT';

export type TestPostgres = { readonly url: string; stop(): Promise<void> };

/**
 * The server that integration tests run on: DATABASE_URL if given, else a local one without any data of earlier runs,
 * which ends with this process. Its folder and port are moved by AIKA_TEST_POSTGRES_DATA_DIR and
 * AIKA_TEST_POSTGRES_PORT.
 */
export async function startTestPostgres(
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TestPostgres> {
  const given = postgresSettings(env).givenUrl;
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  const dataDir = env['AIKA_TEST_POSTGRES_DATA_DIR'] || '.aika/test-postgres';
  const { dataDir: folder } = postgresSettings({ AIKA_POSTGRES_DATA_DIR: dataDir });
  const server = await startLocalPostgres({
    dataDir: folder,
    port: portOf(PORT_SETTING, env[PORT_SETTING] || '25432'),
    portSetting: PORT_SETTING,
    wipe: true,
    throwAway: true,
    lease: 'owner',
    onProgress,
  });
  return { url: server.url, stop: () => server.stop() };
}

export type TestDatabase = {
  /** Of an empty database that nobody else uses. */
  readonly url: string;
  /** The rows that a statement answers with. */
  query<Row extends object>(statement: string): Promise<readonly Row[]>;
  /** Deletes it, with whoever is still connected. */
  drop(): Promise<void>;
};

/**
 * A database of its own for a test file, on the server that jest's set-up started (AIKA_TEST_DATABASE_URL).
 * @param serverUrl another server
 */
export async function createTestDatabase(serverUrl = process.env[URL_SETTING]): Promise<TestDatabase> {
  if (!serverUrl) throw new PlatformError('POSTGRES_NOT_RUNNING', `${URL_SETTING} is not set.`);
  const name = `aika_test_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return {
    url: url.href,
    query: (statement) => runOnServer(url.href, statement),
    drop: async () => {
      await runOnServer(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function runOnServer<Row extends object>(url: string, statement: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}
