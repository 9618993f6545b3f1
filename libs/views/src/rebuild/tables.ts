import { type Kysely, sql } from 'kysely';
import { ROW_KEYS, type RowTable } from './view-names.js';

/** Schemas beside the views' own, while they are rebuilt or checked. */
export interface Schemas {
  readonly live: string;
  readonly next: string;
}

// Statements here name both schemas, so they run on any connection of the database.
type Database = Pick<Kysely<unknown>, 'getExecutor'>;

/** Keeps projectors from moving the views until the transaction ends; readers go on. */
export async function holdPositions(transaction: Database, { live }: Schemas): Promise<void> {
  await sql`lock table ${sql.table(`${live}.positions`)} in share row exclusive mode`.execute(transaction);
}

/** Puts the tables of `next` in the place of the live ones, which are gone with the transaction's end. */
export async function swapTables(
  transaction: Database,
  { live, next }: Schemas,
  tables: readonly (RowTable | 'positions')[],
): Promise<void> {
  for (const name of tables) {
    await sql`drop table ${sql.table(`${live}.${name}`)}`.execute(transaction);
    await sql`alter table ${sql.table(`${next}.${name}`)} set schema ${sql.id(live)}`.execute(transaction);
  }
}

export interface RowDifference {
  readonly table: RowTable;
  /** The row's key, its parts with slashes between. */
  readonly key: string;
  /** `missing`: the events make a row that is not there. `unexpected`: there is a row that no event makes. */
  readonly kind: 'missing' | 'unexpected' | 'different';
  /** Columns that differ; never their values, which may be personal data. */
  readonly columns: readonly string[];
}

export interface TableComparison {
  readonly table: RowTable;
  /** Rows that the events make. */
  readonly rows: number;
  /** All of them. */
  readonly differences: number;
  /** The first ones, by their key. */
  readonly shown: readonly RowDifference[];
}

/** Holds a live table against the one that was folded from the events. */
export async function compareTable(
  transaction: Database,
  { live, next }: Schemas,
  table: RowTable,
  limit: number,
): Promise<TableComparison> {
  const keys = ROW_KEYS[table];
  const using = sql.join(keys.map((key) => sql.id(key)));
  const key = sql`concat_ws('/', ${using})`;
  const [mine, made] = [sql.table(`${live}.${table}`), sql.table(`${next}.${table}`)];
  const { rows } = await sql<{ key: string; kind: RowDifference['kind']; columns: string[] }>`
    select ${key} as key,
      case when l is null then 'missing' when n is null then 'unexpected' else 'different' end as kind,
      coalesce((select array_agg(c.key order by c.key) from jsonb_each(to_jsonb(l)) c
        where not (n is null) and c.value is distinct from to_jsonb(n) -> c.key), '{}') as columns
    from (select t as l, t.* from ${mine} t) a
    full join (select t as n, t.* from ${made} t) b using (${using})
    where l is distinct from n order by 1`.execute(transaction);
  const counted = await sql<{ count: number }>`select count(*)::integer as count from ${made}`.execute(
    transaction,
  );
  return {
    table,
    rows: counted.rows[0]?.count ?? 0,
    differences: rows.length,
    shown: rows.slice(0, limit).map((row) => ({ table, ...row })),
  };
}
