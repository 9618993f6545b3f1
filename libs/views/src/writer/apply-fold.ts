import { sql } from 'kysely';
import type { EntityFold, FoldedRow } from '../projections/entity-fold.js';
import { eventFromRow, type LoggedEvent } from '../projections/event-rows.js';
import type { ViewEvent } from '../projections/view-event.js';
import { upsert, type ViewsTransaction } from './upsert.js';

/** Carries the entities on by what is new of them; those that cannot be carried on are folded anew. */
export async function applyFold(
  transaction: ViewsTransaction,
  fold: EntityFold,
  events: readonly LoggedEvent[],
): Promise<void> {
  const byEntity = Map.groupBy(
    events.filter(({ type, row }) => fold.types.has(type) && row[fold.key] !== null),
    ({ row }) => row[fold.key]!,
  );
  if (byEntity.size === 0) return;
  const rows = await readRows(transaction, fold, [...byEntity.keys()]);
  const again = [...byEntity].filter(([id, own]) => fold.needsHistory(rows.get(id), own)).map(([id]) => id);
  const histories = await readHistories(transaction, fold, again);
  const changed: FoldedRow[] = [];
  const details: object[] = [];
  for (const [id, own] of byEntity) {
    const history = histories.get(id);
    const before = rows.get(id);
    const after = history ? fold.fold(undefined, history) : fold.fold(before, own);
    if (after.row && after.row !== before) changed.push(after.row);
    details.push(...after.details);
  }
  await upsert(transaction, fold.table, [fold.key], changed);
  if (fold.details) {
    await upsert(transaction, fold.details.table, fold.details.keys, lastByKey(details, fold.details.keys));
  }
}

async function readRows(
  transaction: ViewsTransaction,
  { table, key }: EntityFold,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoldedRow>> {
  const { rows } = await sql<FoldedRow>`
    select * from ${sql.table(table)} where ${sql.id(key)} = any(${ids}::text[])`.execute(transaction);
  return new Map(rows.map((row) => [String(row[key]), row]));
}

/** All events of these entities that the fold knows, by entity. */
async function readHistories(
  transaction: ViewsTransaction,
  { key, types }: EntityFold,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ViewEvent[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Parameters<typeof eventFromRow>[0] & { readonly entity: string }>`
    select ${sql.id(key)} as entity, message_id, type, customer_id, occurred_at, payload, order_key
    from events where ${sql.id(key)} = any(${ids}::text[]) and type = any(${[...types]}::text[])`.execute(
    transaction,
  );
  const histories = new Map(ids.map((id): [string, ViewEvent[]] => [id, []]));
  for (const row of rows) histories.get(row.entity)?.push(eventFromRow(row));
  return histories;
}

function lastByKey(rows: readonly object[], keys: readonly string[]): readonly object[] {
  const byKey = new Map(
    rows.map((row) => [
      keys.map((key) => String((row as Readonly<Record<string, unknown>>)[key])).join('\n'),
      row,
    ]),
  );
  return [...byKey.values()];
}
