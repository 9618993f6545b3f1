import { sql } from 'kysely';
import type { ViewsDatabase } from '../database/database.js';
import type { CommandRow, LoggedEvent } from '../projections/event-rows.js';
import { FACTS, type FactView } from '../projections/facts.js';
import type { CardChange, LetterChange } from '../projections/operations.js';
import { FOLDS } from '../projections/projections.js';
import { applyCards, applyLetters } from './apply-operations.js';
import { applyFold } from './apply-fold.js';
import { movePositions, PositionConflict, type PositionMove } from './positions.js';
import { insertFirst, upsert, type ViewsTransaction } from './upsert.js';

/** Some records of the log as what they change, with the steps that they are. */
export interface ViewBatch {
  readonly moves: readonly PositionMove[];
  readonly events: readonly LoggedEvent[];
  readonly commands: readonly CommandRow[];
  readonly letters: readonly LetterChange[];
  readonly cards: readonly CardChange[];
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

/**
 * Rows and positions of a batch in one transaction. A message id counts once, from whatever record it comes.
 * @throws PositionConflict when somebody else has moved a position, or changes the same rows: nothing was changed
 */
export async function applyBatch(db: ViewsDatabase, batch: ViewBatch): Promise<void> {
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (transaction) => {
        // Before the snapshot is taken: a rebuild that swaps tables now is waited for, and its rows are seen.
        await sql`lock table positions in row exclusive mode`.execute(transaction);
        await movePositions(transaction, batch.moves);
        await applyChanges(transaction, batch);
      });
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code !== SERIALIZATION_FAILURE && code !== DEADLOCK) throw error;
    throw new PositionConflict('another projector changes the same rows', { cause: error });
  }
}

async function applyChanges(transaction: ViewsTransaction, batch: ViewBatch): Promise<void> {
  const firsts = firstById(batch.events, ({ messageId, orderKey }) => [messageId, orderKey]);
  const fresh = await insertFirst(
    transaction,
    'events',
    firsts.map(({ row }) => row),
  );
  const events = firsts.filter(({ messageId }) => fresh.has(messageId));
  for (const fold of FOLDS) await applyFold(transaction, fold, events);
  for (const facts of FACTS) await applyFacts(transaction, facts, events);
  const commands = firstById(batch.commands, ({ message_id, order_key }) => [message_id, order_key]);
  await upsert(transaction, 'commands', ['message_id'], commands, 'first');
  await applyLetters(transaction, batch.letters);
  await applyCards(transaction, batch.cards);
}

async function applyFacts(
  transaction: ViewsTransaction,
  { table, keys, types, rowOf }: FactView,
  events: readonly LoggedEvent[],
): Promise<void> {
  const rows = new Map<string, object>();
  const sorted = events
    .filter(({ type }) => types.has(type))
    .sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1));
  for (const event of sorted) {
    const row = rowOf(event) as Readonly<Record<string, unknown>> | undefined;
    if (row) rows.set(keys.map((key) => String(row[key])).join('\n'), row);
  }
  await upsert(transaction, table, keys, [...rows.values()], 'order');
}

/** Of several with one id the one with the earliest place. */
function firstById<T>(items: readonly T[], read: (item: T) => readonly [string, string]): readonly T[] {
  const firsts = new Map<string, { readonly item: T; readonly order: string }>();
  for (const item of items) {
    const [id, order] = read(item);
    const known = firsts.get(id);
    if (!known || order < known.order) firsts.set(id, { item, order });
  }
  return [...firsts.values()].map(({ item }) => item);
}
