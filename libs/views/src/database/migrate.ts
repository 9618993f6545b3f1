import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../migrations/migrations.js';
import { VIEWS_SCHEMA, type ViewsDatabase } from './database.js';

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

/** `create schema if not exists` of two at once may fail in the catalogue: the second one then finds it made. */
async function makeSchema(db: ViewsDatabase, schema: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`aika schema ${schema}`}))`.execute(transaction);
    await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction);
  });
}
