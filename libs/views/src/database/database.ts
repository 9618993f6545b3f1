import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { boundAnswers } from './bounded-answers.js';
import { prepareStatements } from './prepared-statements.js';
import type { ViewTables } from '../tables/view-tables.js';

/** Where the tables stand; what the installation keeps beside them in the same database is not touched. */
export const VIEWS_SCHEMA = 'aika_views';

/** Oldest PostgreSQL that the views are made for. */
export const MIN_POSTGRES_VERSION = 15;

/** The read side's database. `destroy()` closes its connections. */
export type ViewsDatabase = Kysely<ViewTables>;

export interface DatabaseOptions {
  /** Schema of the tables, which has to exist; `VIEWS_SCHEMA` by default. */
  readonly schema?: string;
  /** Connections at most; 10 by default. */
  readonly maxConnections?: number;
  /** Milliseconds until a connection counts as refused; 5,000 by default. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds after which the server ends a statement; none by default. */
  readonly statementTimeoutMs?: number;
  /**
   * Milliseconds after which a connection that does not answer a statement counts as lost, and the statement fails with
   * `DatabaseSilent`; two seconds more than `statementTimeoutMs` by default, and without one never.
   */
  readonly answerTimeoutMs?: number;
  /**
   * Milliseconds after which the server ends a session that stands idle within a transaction, so that a client that
   * froze holds no locks; none by default.
   */
  readonly idleInTransactionTimeoutMs?: number;
  /**
   * Commits do not wait for the disk: after a crash of the server the last ones, of half a second or so, may be gone
   * together. For who can do them again. Default false.
   */
  readonly deferFlush?: boolean;
  /** Statements that read are prepared once for each connection: for who asks the same ones often. Default false. */
  readonly prepare?: boolean;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string;
  /** Told of connections that broke while they were idle; the pool replaces them. */
  readonly onIdleError?: (error: Error) => void;
}

/** For the server's own word, that it has ended a statement, to come first. */
const ANSWER_GRACE_MS = 2_000;
/** After this the system asks whether a silent connection is there at all: hours later by default. */
const KEEP_ALIVE_MS = 10_000;

/**
 * Opens the views. Connects at the first query only.
 *
 * `bigint` comes as number (exact up to 2^53), moments as RFC 3339 text in UTC.
 * @param url `postgres://user:password@host:port/database`
 */
export function openViews(url: string, options: DatabaseOptions = {}): ViewsDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs,
    application_name: options.applicationName ?? 'aika',
    options: sessionSettings(options),
    types: { getTypeParser },
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  });
  const answerMs = answerTimeoutOf(options);
  // Without listeners, a database that goes away would end the process. What runs on the connection fails by itself.
  pool.on('error', options.onIdleError ?? (() => undefined));
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    if (answerMs !== undefined) boundAnswers(client, answerMs);
    if (options.prepare) prepareStatements(client);
  });
  return new Kysely<ViewTables>({ dialect: new PostgresDialect({ pool }) });
}

function answerTimeoutOf({ answerTimeoutMs, statementTimeoutMs }: DatabaseOptions): number | undefined {
  if (answerTimeoutMs !== undefined || statementTimeoutMs === undefined) return answerTimeoutMs;
  return statementTimeoutMs + ANSWER_GRACE_MS;
}

function sessionSettings({ schema = VIEWS_SCHEMA, deferFlush = false }: DatabaseOptions): string {
  const settings = [
    `search_path=${schema}`,
    'timezone=UTC',
    ...(deferFlush ? ['synchronous_commit=off'] : []),
  ];
  return settings.map((setting) => `-c ${setting}`).join(' ');
}

/** @throws Error when the server is older than `MIN_POSTGRES_VERSION` */
export async function requirePostgresVersion(db: ViewsDatabase): Promise<void> {
  const { rows } = await sql<{ number: number }>`
    select current_setting('server_version_num')::integer as number`.execute(db);
  const major = Math.floor((rows[0]?.number ?? 0) / 10_000);
  if (major < MIN_POSTGRES_VERSION) {
    throw new Error(`PostgreSQL ${MIN_POSTGRES_VERSION} or newer is needed, not ${major}.`);
  }
}

const INT8 = pg.types.builtins.INT8;
const TIMESTAMPTZ = pg.types.builtins.TIMESTAMPTZ;

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary' && oid === INT8) return Number;
  if (format !== 'binary' && oid === TIMESTAMPTZ) return momentOf;
  return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
}

/** `2026-03-05 00:00:00+00` as PostgreSQL writes it, in RFC 3339. */
function momentOf(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, '')}Z`;
}
