import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { TableName, ViewTables } from '../tables/view-tables.js';

export type ViewsTransaction = Transaction<ViewTables>;

/**
 * Which row stands where the key is there already. `order`: the one of the later event, or of the same event; `first`:
 * the one of the earlier place on the log.
 */
export type Precedence = 'new' | 'old' | 'order' | 'first';

/** Writes many rows of one table in one statement; each key at most once. All rows have the same columns. */
export async function upsert(
  transaction: ViewsTransaction,
  table: TableName,
  keys: readonly string[],
  rows: readonly object[],
  precedence: Precedence = 'new',
): Promise<void> {
  if (rows.length > 0) await insertOf(table, keys, rows, precedence).execute(transaction);
}

/** As `upsert` with `first`. @returns the message ids that were not known, or not from so early a place */
export async function insertFirst(
  transaction: ViewsTransaction,
  table: 'events',
  rows: readonly object[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const insert = insertOf(table, ['message_id'], rows, 'first');
  const result = await sql<{ message_id: string }>`${insert} returning message_id`.execute(transaction);
  return new Set(result.rows.map(({ message_id }) => message_id));
}

function insertOf(
  table: TableName,
  keys: readonly string[],
  rows: readonly object[],
  precedence: Precedence,
): RawBuilder<unknown> {
  const columns = Object.keys(rows[0] ?? {});
  const names = sql.join(columns.map((column) => sql.id(column)));
  const others = columns.filter((column) => !keys.includes(column));
  const changes = sql.join(others.map((column) => sql`${sql.id(column)} = excluded.${sql.id(column)}`));
  const action =
    precedence === 'old' ? sql`nothing` : sql`update set ${changes} ${condition(table, precedence)}`;
  return sql`
    insert into ${sql.table(table)} (${names})
    select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${jsonOf(rows)}::jsonb)
    on conflict (${sql.join(keys.map((key) => sql.id(key)))}) do ${action}`;
}

function condition(table: TableName, precedence: Exclude<Precedence, 'old'>): RawBuilder<unknown> {
  switch (precedence) {
    case 'new':
      return sql``;
    case 'first':
      return sql`where excluded.order_key < ${sql.table(table)}.order_key`;
    case 'order':
      return sql`where excluded.order_key >= ${sql.table(table)}.order_key
        or excluded.message_id = ${sql.table(table)}.message_id`;
    default:
      return precedence satisfies never;
  }
}

/** JSON escapes characters so only where they are control characters or halves of a pair. */
const REFUSED = /\\u(0000|d[89a-f])/i;

/**
 * JSON that PostgreSQL takes: it refuses NUL and halves of surrogate pairs, which a text of somebody else may hold.
 * They become U+FFFD, as one such text must not stop a partition.
 */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value);
  if (!REFUSED.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '\uFFFD').toWellFormed() : part,
  );
}
