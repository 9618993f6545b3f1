import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations, NEWEST_MIGRATION } from '../migrations/migrations.js';
import { VIEWS_SCHEMA, type ViewsDatabase } from './database.js';

const UNDEFINED_TABLE = '42P01';

/**
 * Makes the schema and brings its tables to the newest version. Repeats are harmless, and whoever comes at the same
 * time waits.
 * @param schema the one that `db` was opened with
 * @returns names of the migrations that were done now
 * @throws Error the migration's own, after which nothing of it stands
 */
export async function migrateViews(db: ViewsDatabase, schema = VIEWS_SCHEMA): Promise<readonly string[]> {
  await makeSchema(db, schema);
  const migrator = new Migrator({
    db: db as unknown as Kysely<unknown>,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: schema,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return results.map(({ migrationName }) => migrationName);
}

/**
 * The tables are not those of this version: their projector has yet to bring them to it. What was read from them might
 * lack columns.
 */
export class ViewsOutdated extends Error {
  override readonly name = 'ViewsOutdated';
  readonly code = 'VIEWS_OUTDATED';
  readonly retriable = true;
}

/** @throws ViewsOutdated while the projector of this version has not made or migrated the tables */
export async function requireNewestViews(db: ViewsDatabase): Promise<void> {
  const found = await sql<{ name: string }>`
    select name from kysely_migration where name = ${NEWEST_MIGRATION}`
    .execute(db)
    .catch((error: unknown) => {
      if ((error as { readonly code?: unknown }).code === UNDEFINED_TABLE) return { rows: [] };
      throw error;
    });
  if (found.rows.length === 0) throw new ViewsOutdated('The views are not those of this version yet.');
}

/**
 * Makes a schema where it is missing, and tables in the same transaction. Repeats are harmless, and whoever comes at the
 * same time waits: `if not exists` of two at once may fail in the catalogue.
 * @param makeTables makes those that are missing
 * @throws Error the database's own, after which nothing of it stands
 */
export async function makeSchema(
  db: ViewsDatabase,
  schema: string,
  makeTables?: (transaction: ViewsDatabase) => Promise<unknown>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`aika schema ${schema}`}))`.execute(transaction);
    await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction);
    await makeTables?.(transaction);
  });
}
