import type { Selectable } from 'kysely';
import type { ViewsDatabase } from '../database/database.js';
import type { TableName, ViewTables } from '../tables/view-tables.js';

/** A row as it is read. */
export type RowOf<T extends TableName> = Selectable<ViewTables[T]>;

export async function findCustomer(db: ViewsDatabase, id: string): Promise<RowOf<'customers'> | undefined> {
  return db.selectFrom('customers').selectAll().where('customer_id', '=', id).executeTakeFirst();
}

export async function findAssessment(
  db: ViewsDatabase,
  id: string,
): Promise<RowOf<'assessments'> | undefined> {
  return db.selectFrom('assessments').selectAll().where('assessment_id', '=', id).executeTakeFirst();
}

export async function findNotification(
  db: ViewsDatabase,
  id: string,
): Promise<RowOf<'notifications'> | undefined> {
  return db.selectFrom('notifications').selectAll().where('notification_id', '=', id).executeTakeFirst();
}

export async function findQuote(db: ViewsDatabase, id: string): Promise<RowOf<'quotes'> | undefined> {
  return db.selectFrom('quotes').selectAll().where('quote_id', '=', id).executeTakeFirst();
}

export async function findPolicy(db: ViewsDatabase, id: string): Promise<RowOf<'policies'> | undefined> {
  return db.selectFrom('policies').selectAll().where('policy_id', '=', id).executeTakeFirst();
}

/** Oldest first. */
export async function policyVersions(
  db: ViewsDatabase,
  id: string,
): Promise<readonly RowOf<'policy_versions'>[]> {
  return db
    .selectFrom('policy_versions')
    .selectAll()
    .where('policy_id', '=', id)
    .orderBy('version')
    .execute();
}

export async function findClaim(db: ViewsDatabase, id: string): Promise<RowOf<'claims'> | undefined> {
  return db.selectFrom('claims').selectAll().where('claim_id', '=', id).executeTakeFirst();
}

/** Oldest first. */
export async function claimPayments(
  db: ViewsDatabase,
  id: string,
): Promise<readonly RowOf<'claim_payments'>[]> {
  return db
    .selectFrom('claim_payments')
    .selectAll()
    .where('claim_id', '=', id)
    .orderBy('order_key')
    .execute();
}

/**
 * What was said about a claim, oldest first.
 * @param asOf RFC 3339: only what had occurred by then, by the messages' own clock
 */
export async function claimEvents(
  db: ViewsDatabase,
  id: string,
  { asOf, limit }: { readonly asOf?: string | undefined; readonly limit: number },
): Promise<readonly RowOf<'events'>[]> {
  const all = db.selectFrom('events').selectAll().where('claim_id', '=', id);
  const until = asOf === undefined ? all : all.where('occurred_at', '<=', asOf);
  return until.orderBy('order_key').limit(limit).execute();
}

export async function findConversation(
  db: ViewsDatabase,
  id: string,
): Promise<RowOf<'conversations'> | undefined> {
  return db.selectFrom('conversations').selectAll().where('conversation_id', '=', id).executeTakeFirst();
}

/** @param after sequence of the last one that was read, 0 for none */
export async function conversationMessages(
  db: ViewsDatabase,
  id: string,
  after: number,
  limit: number,
): Promise<readonly RowOf<'conversation_messages'>[]> {
  return db
    .selectFrom('conversation_messages')
    .selectAll()
    .where('conversation_id', '=', id)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}

export async function findReferral(
  db: ViewsDatabase,
  id: string,
): Promise<RowOf<'referred_claims'> | undefined> {
  return db.selectFrom('referred_claims').selectAll().where('claim_id', '=', id).executeTakeFirst();
}

/** Answers to what was asked about a claim, oldest first. */
export async function claimAnswers(
  db: ViewsDatabase,
  id: string,
): Promise<readonly RowOf<'claim_answers'>[]> {
  return db.selectFrom('claim_answers').selectAll().where('claim_id', '=', id).orderBy('order_key').execute();
}

/** How far the views have read a partition: offset of the next record; undefined while they have read none of it. */
export async function viewPosition(
  db: ViewsDatabase,
  at: { readonly topic: string; readonly partition: number },
): Promise<number | undefined> {
  const row = await db
    .selectFrom('positions')
    .select('next_offset')
    .where('topic', '=', at.topic)
    .where('partition', '=', at.partition)
    .executeTakeFirst();
  return row?.next_offset;
}
