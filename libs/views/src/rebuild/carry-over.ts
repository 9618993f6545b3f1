import { sql } from 'kysely';
import type { ViewsDatabase } from '../database/database.js';
import { eventFromRow, type EventRow, type LoggedEvent } from '../projections/event-rows.js';
import { applyBatch } from '../writer/apply-batch.js';
import { jsonOf } from '../writer/upsert.js';
import type { Schemas } from './tables.js';

/** Events that are folded in one transaction. */
const BATCH_SIZE = 2_000;

export interface LogStart {
  readonly topic: string;
  readonly partition: number;
  /** First offset that the log still keeps. */
  readonly start: number;
  /** What stands before it was carried over already; 0 by default. */
  readonly from?: number;
}

/** An event as the live views hold it, and the free text that stands beside it. */
type KeptEvent = Omit<EventRow, 'payload'> & {
  readonly payload: Record<string, unknown>;
  readonly order_key: string;
  readonly text: string | null;
};

/**
 * Brings into `next` what the log does not keep any more and the live views do: events are folded as if they were
 * read, so that a projection that has changed is right for them too; commands and dead letters are taken as they are.
 * A repeat finds nothing left to do.
 * @param next opened on the schema of that name
 * @returns the number of events
 */
export async function carryOver(
  next: ViewsDatabase,
  { live }: Schemas,
  starts: readonly LogStart[],
): Promise<number> {
  const gone = starts
    .map(({ from = 0, ...rest }) => ({ ...rest, from }))
    .filter(({ from, start }) => from < start);
  if (gone.length === 0) return 0;
  const bounds = sql`jsonb_to_recordset(${jsonOf(gone)}::jsonb) as s (topic text, partition integer, "from" bigint, start bigint)`;
  await sql`
    insert into dead_letters select l.* from ${sql.table(`${live}.dead_letters`)} l join ${bounds}
      on l.letter_topic = s.topic and l.letter_partition = s.partition
      and l.letter_offset >= s."from" and l.letter_offset < s.start
    on conflict do nothing`.execute(next);
  await sql`
    insert into commands select c.* from ${sql.table(`${live}.commands`)} c join ${bounds}
      on c.topic = s.topic and c.partition = s.partition
      and c.record_offset >= s."from" and c.record_offset < s.start
    on conflict do nothing`.execute(next);
  let events = 0;
  for (let after = ''; ;) {
    const { rows } = await sql<KeptEvent>`
      select e.*, coalesce(m.text, a.text) as text from ${sql.table(`${live}.events`)} e
      join ${bounds} on e.topic = s.topic and e.partition = s.partition
        and e.record_offset >= s."from" and e.record_offset < s.start
      left join ${sql.table(`${live}.conversation_messages`)} m on m.message_id = e.message_id
      left join ${sql.table(`${live}.claim_answers`)} a on a.message_id = e.message_id
      left join events known on known.message_id = e.message_id
      where e.order_key > ${after} and (known.message_id is null or known.order_key > e.order_key)
      order by e.order_key limit ${BATCH_SIZE}`.execute(next);
    const last = rows.at(-1);
    if (last === undefined) return events;
    const batch = { moves: [], events: rows.map(loggedOf), commands: [], letters: [], cards: [] };
    await applyBatch(next, batch);
    events += rows.length;
    after = last.order_key;
  }
}

function loggedOf({ text, ...row }: KeptEvent): LoggedEvent {
  const event = eventFromRow(row);
  return { ...event, row, ...(text === null ? {} : { payload: { ...row.payload, text } }) };
}
