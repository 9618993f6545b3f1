import type { MessageDefinition } from '@aika/contracts';

/** An event as a projection sees it: read from the log, or out of the table `events`. */
export interface ViewEvent {
  readonly messageId: string;
  readonly type: string;
  readonly customerId: string;
  /** The message's own time, RFC 3339 UTC, in the form of `uniformMoment`. */
  readonly occurredAt: string;
  /** Newest version. */
  readonly payload: object;
  readonly orderKey: string;
}

export interface OrderPlace {
  /** Latest time of the log in this partition up to the record, in milliseconds since 1970 UTC. */
  readonly latestMs: number;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/**
 * A record's place among all others, as text that sorts. Within a partition it is the order of the log, also where
 * a new leader's clock is behind; between partitions, which have no order, the time of the log decides.
 */
export function orderKey({ latestMs, topic, partition, offset }: OrderPlace): string {
  return `${padded(latestMs, 14)}/${topic}/${padded(partition, 5)}/${padded(offset, 16)}`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

export function byOrder(a: { readonly orderKey: string }, b: { readonly orderKey: string }): number {
  if (a.orderKey === b.orderKey) return 0;
  return a.orderKey < b.orderKey ? -1 : 1;
}

/** A rule for one type of event, with its payload typed by the definition. */
export interface Rule<Result, Row> {
  readonly type: string;
  readonly apply: (payload: never, event: ViewEvent, row: Row) => Result;
}

export function on<P extends object, Result, Row>(
  definition: MessageDefinition<string, P>,
  apply: (payload: P, event: ViewEvent, row: Row) => Result,
): Rule<Result, Row> {
  return { type: definition.type, apply };
}
