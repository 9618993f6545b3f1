import type { ColumnType } from 'kysely';

/**
 * Moments come as RFC 3339 in UTC, such as `2026-03-05T00:00:00Z`, with as many fraction digits as there are: never
 * as `Date`, which would round.
 */
export type Moment = string;

/** JSON that is written as text and read as what it holds. */
export type Json<T> = ColumnType<T, T | string, T | string>;

/** What every row that is folded from events has. */
export interface FoldedColumns {
  /** Time of the last event that changed the row, by the message's own clock. */
  updated_at: Moment;
  /** Number of events that the row is folded from: changes with every change, so it can stand in an `ETag`. */
  revision: number;
  /** The last event's place in the order of the fold; see `orderKey`. For the projector only. */
  order_key: string;
}

/** Where a record stands on the log. */
export interface RecordColumns {
  /** Full name, namespace included. */
  topic: string;
  partition: number;
  record_offset: number;
  /** Place in the order of all events: time of the log, topic, partition, offset. Sorts as text. */
  order_key: string;
}
