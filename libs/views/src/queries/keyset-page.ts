import { type RawBuilder, sql } from 'kysely';
import type { ViewsDatabase } from '../database/database.js';
import type { TableName } from '../tables/view-tables.js';

/** A place in a list: the values that it is sorted by. */
export interface KeysetPosition {
  /** RFC 3339 UTC, as the row says it. */
  readonly time: string;
  readonly id: string;
}

export interface KeysetQuery {
  readonly table: TableName;
  /** Columns that the list is sorted by; there is an index on both. */
  readonly time: string;
  readonly id: string;
  /** Column and value; undefined = any. */
  readonly filters: Readonly<Record<string, string | undefined>>;
  /** Whether the time in a column has passed, by the database's clock; where there is none, it has not. */
  readonly past?: { readonly column: string; readonly has: boolean } | undefined;
  /** Default `newest`. */
  readonly order?: 'newest' | 'oldest' | undefined;
  /** The last row of the page before. */
  readonly after?: KeysetPosition | undefined;
  readonly limit: number;
}

export interface KeysetPage<Row> {
  readonly rows: readonly Row[];
  /** Of the last row; undefined on the last page. */
  readonly next: KeysetPosition | undefined;
}

/** A page by the place after which it begins: rows that come meanwhile shift nothing, however far one reads. */
export async function keysetPage<Row>(db: ViewsDatabase, query: KeysetQuery): Promise<KeysetPage<Row>> {
  const { table, time, id, filters, past, order = 'newest', after, limit } = query;
  // No column holds NUL, and PostgreSQL takes none to compare with either.
  if (Object.values(filters).some((value) => value?.includes('\0'))) return { rows: [], next: undefined };
  const isNewestFirst = order === 'newest';
  const conditions: RawBuilder<unknown>[] = Object.entries(filters).flatMap(([column, value]) =>
    value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`],
  );
  if (past !== undefined) {
    const due = sql.ref(past.column);
    conditions.push(past.has ? sql`${due} < now()` : sql`(${due} is null or ${due} >= now())`);
  }
  if (after !== undefined) {
    const place = sql`(${after.time}::timestamptz, ${after.id})`;
    const key = sql`(${sql.ref(time)}, ${sql.ref(id)})`;
    conditions.push(isNewestFirst ? sql`${key} < ${place}` : sql`${key} > ${place}`);
  }
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const direction = isNewestFirst ? sql`desc` : sql`asc`;
  const { rows } = await sql<Row & Readonly<Record<string, string>>>`
    select * from ${sql.table(table)} ${where}
    order by ${sql.ref(time)} ${direction}, ${sql.ref(id)} ${direction}
    limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return { rows: page, next: isMore ? { time: String(last[time]), id: String(last[id]) } : undefined };
}
