import { type RawBuilder, sql } from 'kysely';
import { CommandRejected } from '@aika/contracts';
import type { ViewsDatabase } from '../database/database.js';
import type { RowOf } from './view-queries.js';

export interface EventBounds {
  /** RFC 3339: only what had occurred by then, by the messages' own clock. */
  readonly asOf?: string | undefined;
  readonly limit: number;
}

export async function findCommand(db: ViewsDatabase, id: string): Promise<RowOf<'commands'> | undefined> {
  return db.selectFrom('commands').selectAll().where('message_id', '=', id).executeTakeFirst();
}

/**
 * What followed from a command, oldest first: what it caused, and everything of the workflow that it began.
 */
export async function eventsOfCommand(
  db: ViewsDatabase,
  { message_id: id, correlation_id: given }: Pick<RowOf<'commands'>, 'message_id' | 'correlation_id'>,
  limit: number,
): Promise<readonly RowOf<'events'>[]> {
  const all = db
    .selectFrom('events')
    .selectAll()
    .where('correlation_id', '=', given ?? id);
  // A correlation that the sender gave may be of many commands: then only what names this one.
  const own =
    given === null
      ? all
      : all.where(({ or, eb }) => or([eb('causation_id', '=', id), eb('request_id', '=', id)]));
  return own.orderBy('order_key').limit(limit).execute();
}

/** The dead letter that a message is, if it is one; the one that waits for somebody first. */
export async function letterOfMessage(
  db: ViewsDatabase,
  messageId: string,
): Promise<Pick<RowOf<'dead_letters'>, 'letter_id' | 'status' | 'code'> | undefined> {
  return db
    .selectFrom('dead_letters')
    .select(['letter_id', 'status', 'code'])
    .where('message_id', '=', messageId)
    .orderBy(sql`status = 'open'`, 'desc')
    .orderBy('died_at', 'desc')
    .executeTakeFirst();
}

/**
 * Everything that was said about a claim, oldest first: its events, the refusals of commands about it, and what its
 * customer was told because of one of them, with the outcomes.
 */
export async function claimPapers(
  db: ViewsDatabase,
  claim: { readonly claimId: string; readonly customerId: string },
  { asOf, limit }: EventBounds,
): Promise<readonly RowOf<'events'>[]> {
  const { claimId, customerId } = claim;
  const { rows } = await sql<RowOf<'events'>>`
    with own as (
      select * from events where claim_id = ${claimId}
      union all
      select * from events where customer_id = ${customerId} and type = ${CommandRejected.type}
        and payload ->> 'entityId' = ${claimId}
    ), told as (
      select e.* from notifications n join events e on e.notification_id = n.notification_id
      where n.customer_id = ${customerId} and n.caused_by in (select message_id from own)
    )
    select * from (select * from own union all select * from told) papers
    ${until(asOf)} order by order_key limit ${limit}`.execute(db);
  return rows;
}

/** What was said about a policy, oldest first. */
export async function policyEvents(
  db: ViewsDatabase,
  id: string,
  { asOf, limit }: EventBounds,
): Promise<readonly RowOf<'events'>[]> {
  const all = db.selectFrom('events').selectAll().where('policy_id', '=', id);
  const known = asOf === undefined ? all : all.where('occurred_at', '<=', asOf);
  return known.orderBy('order_key').limit(limit).execute();
}

function until(asOf: string | undefined): RawBuilder<unknown> {
  return asOf === undefined ? sql`` : sql`where occurred_at <= ${asOf}::timestamptz`;
}
