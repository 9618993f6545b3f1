import { ReplayError } from './replay-error.js';

/** Where a replay begins or ends. */
export type ReplayPoint =
  /** Milliseconds since 1970 UTC: the first transaction at or after it. */
  | { readonly kind: 'time'; readonly at: number }
  /** The record there, or the next one of the partition that was handled. The topic has its namespace or not. */
  | { readonly kind: 'position'; readonly topic: string; readonly partition: number; readonly offset: number }
  | { readonly kind: 'message'; readonly messageId: string };

const POSITION = /^(?<topic>[a-z0-9._-]+)\/(?<partition>\d{1,6})@(?<offset>\d{1,15})$/i;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;
const MESSAGE_ID = /^[\w.:-]{1,200}$/;

/**
 * Reads `<RFC 3339>`, `<topic>/<partition>@<offset>` or a message id.
 *
 * @throws ReplayError `POINT_INVALID`
 */
export function parseReplayPoint(text: string): ReplayPoint {
  const position = POSITION.exec(text)?.groups;
  if (position) {
    const { topic = '', partition, offset } = position;
    return { kind: 'position', topic, partition: Number(partition), offset: Number(offset) };
  }
  if (TIME.test(text) && !Number.isNaN(Date.parse(text))) return { kind: 'time', at: Date.parse(text) };
  if (MESSAGE_ID.test(text) && !/^\d{4}-\d\d/.test(text)) return { kind: 'message', messageId: text };
  throw new ReplayError(
    'POINT_INVALID',
    `"${text}" is neither a time such as 2026-03-01T09:00:00Z, nor topic/partition@offset, nor a message id.`,
  );
}

/** The point as it is written. */
export function pointText(point: ReplayPoint): string {
  switch (point.kind) {
    case 'time':
      return new Date(point.at).toISOString();
    case 'position':
      return `${point.topic}/${point.partition}@${point.offset}`;
    case 'message':
      return point.messageId;
  }
}
