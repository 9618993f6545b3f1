import { sql } from 'kysely';
import type { ViewsDatabase } from '../database/database.js';
import { jsonOf, type ViewsTransaction } from './upsert.js';

/** A partition's step from one position to the next. */
export interface PositionMove {
  readonly topic: string;
  readonly partition: number;
  /** Where the step begins: it is refused if the views stand elsewhere. */
  readonly from: number;
  /** Offset after the last record of the step. */
  readonly next: number;
  /** Latest time of the log up to there, in milliseconds since 1970 UTC. */
  readonly latestMs: number;
}

export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly next: number;
  readonly latestMs: number;
  readonly topicId: string | null;
}

/** The views stand elsewhere than the step begins: somebody else has moved them. Nothing was changed. */
export class PositionConflict extends Error {
  override readonly name = 'PositionConflict';
  readonly code = 'POSITION_CONFLICT';
  readonly retriable = true;
}

/** Every position of some topics, by topic and partition. */
export async function readPositions(
  db: ViewsDatabase,
  topics: readonly string[],
): Promise<readonly Position[]> {
  if (topics.length === 0) return [];
  const rows = await db
    .selectFrom('positions')
    .selectAll()
    .where('topic', 'in', topics)
    .orderBy('topic')
    .orderBy('partition')
    .execute();
  return rows.map(({ topic, partition, next_offset, latest_ms, topic_id }) => ({
    topic,
    partition,
    next: next_offset,
    latestMs: latest_ms,
    topicId: topic_id,
  }));
}

/** Makes positions that are not there yet; those that are stay. */
export async function beginPositions(db: ViewsDatabase, positions: readonly Position[]): Promise<void> {
  if (positions.length === 0) return;
  const rows = positions.map(({ topic, partition, next, latestMs, topicId }) => ({
    topic,
    partition,
    next_offset: next,
    latest_ms: latestMs,
    topic_id: topicId,
  }));
  await db
    .insertInto('positions')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['topic', 'partition']).doNothing())
    .execute();
}

/**
 * Makes the steps, if every one begins where the views stand. Rows stay locked until the transaction ends.
 * @throws PositionConflict
 */
export async function movePositions(
  transaction: ViewsTransaction,
  moves: readonly PositionMove[],
): Promise<void> {
  const steps = jsonOf(moves);
  // In a fixed order, or two who move the same ones could wait for each other.
  const { rows } = await sql<{ topic: string; partition: number; next_offset: number }>`
    select p.topic, p.partition, p.next_offset from positions p
    join jsonb_to_recordset(${steps}::jsonb) as s (topic text, partition integer) using (topic, partition)
    order by p.topic, p.partition for update of p`.execute(transaction);
  const found = new Map(rows.map((row) => [`${row.topic}/${row.partition}`, row.next_offset]));
  for (const { topic, partition, from } of moves) {
    const stands = found.get(`${topic}/${partition}`);
    if (stands !== from) {
      throw new PositionConflict(`${topic}/${partition} stands at ${stands}, the step begins at ${from}`);
    }
  }
  await sql`
    update positions p set next_offset = s.next, latest_ms = s."latestMs", stepped_at = now()
    from jsonb_to_recordset(${steps}::jsonb)
      as s (topic text, partition integer, next bigint, "latestMs" bigint)
    where p.topic = s.topic and p.partition = s.partition`.execute(transaction);
}
