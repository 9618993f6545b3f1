import { type Catalogue, HEADER } from '@aika/contracts';
import type { LogRecord } from '../ports/index.js';
import { DEAD_LETTER_HEADER } from '../runtime/dead-letter.js';
import { positionId } from '../runtime/message-id.js';
import {
  type DeadLetter,
  LETTER_ACTIONS,
  LETTER_HEADER,
  type LetterCause,
  type LetterResolution,
  type LetterSummary,
} from './letter.js';

const OWN_HEADERS: ReadonlySet<string> = new Set(Object.values(DEAD_LETTER_HEADER));
const TYPE_LIKE = /^[A-Z][A-Z0-9_]{0,99}$/;
const ID_LIKE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;
const NOTHING = Buffer.alloc(0);

type Json = Readonly<Record<string, unknown>>;

/** A record of the dead letters' topic: a letter, or what was done to one. */
export type LetterRecord =
  | { readonly kind: 'letter'; readonly letter: LetterSummary }
  | { readonly kind: 'resolution'; readonly letterId: string; readonly resolution: LetterResolution };

/**
 * Reads a record of `<namespace>.dlq`. Never throws for what it contains: a letter whose headers are missing
 * is shown with what there is.
 */
export function readLetterRecord(record: LogRecord, catalogue: Catalogue): LetterRecord {
  const letterId = record.headers[LETTER_HEADER.resolves]?.toString();
  if (letterId === undefined) return { kind: 'letter', letter: summaryOf(record, catalogue) };
  return { kind: 'resolution', letterId, resolution: readResolution(record) };
}

/** Everything of a letter, given its summary and its record. */
export function fullLetter(summary: LetterSummary, record: LogRecord): DeadLetter {
  const headers = Object.entries(record.headers).filter(([name]) => !OWN_HEADERS.has(name));
  const causes = parsed(record.headers[DEAD_LETTER_HEADER.causes]);
  return {
    ...summary,
    causes: Array.isArray(causes) ? (causes as LetterCause[]) : [],
    key: record.key,
    body: record.value ?? NOTHING,
    headers: Object.fromEntries(headers),
  };
}

function summaryOf(record: LogRecord, catalogue: Catalogue): LetterSummary {
  const text = (name: string): string | undefined => record.headers[name]?.toString();
  const number = (name: string): number => Number(text(name) ?? Number.NaN);
  const origin = {
    topic: text(DEAD_LETTER_HEADER.topic) ?? '',
    partition: number(DEAD_LETTER_HEADER.partition),
    offset: number(DEAD_LETTER_HEADER.offset),
  };
  const writtenAt = timeOf(record.timestamp) ?? new Date(0).toISOString();
  const redriveOf = text(LETTER_HEADER.redriveOf);
  return {
    id: idLike(text(DEAD_LETTER_HEADER.id)) ?? positionId(record.topic, record.partition, record.offset),
    status: 'open',
    code: text(DEAD_LETTER_HEADER.code) ?? 'UNKNOWN',
    agentId: text(DEAD_LETTER_HEADER.agent) ?? 'unknown',
    ...subjectOf(record, catalogue, origin),
    origin,
    attempts: number(DEAD_LETTER_HEADER.attempts) || 0,
    at: text(DEAD_LETTER_HEADER.at) ?? writtenAt,
    recordedAt: timeOf(number(DEAD_LETTER_HEADER.recordedAt)) ?? text(DEAD_LETTER_HEADER.at) ?? writtenAt,
    ...(redriveOf === undefined ? {} : { redriveOf }),
    bytes: record.value?.length ?? 0,
    position: { partition: record.partition, offset: record.offset },
  };
}

/** Which message it was, as far as that can be told; the reading agent took the same places in the same order. */
function subjectOf(record: LogRecord, catalogue: Catalogue, origin: LetterSummary['origin']) {
  const message = objectOf(parsed(record.value));
  const payload = objectOf(message['payload']);
  const type =
    record.headers[HEADER.type]?.toString() ?? textOf(message['messageType'] ?? message['message_type']);
  const id = textOf(message['messageId'] ?? message['message_id']) || record.headers[HEADER.messageId];
  const customerId = customerOf(payload, type, catalogue) ?? idLike(record.key?.toString());
  return {
    ...(type !== undefined && TYPE_LIKE.test(type) ? { messageType: type } : {}),
    ...(customerId === undefined ? {} : { customerId }),
    messageId: idLike(id?.toString()) ?? positionId(origin.topic, origin.partition, origin.offset),
  };
}

function customerOf(payload: Json, type: string | undefined, catalogue: Catalogue): string | undefined {
  const named = idLike(payload['customerId'] ?? payload['customer_id']);
  if (named !== undefined || type === undefined) return named;
  try {
    return idLike(catalogue.get(type)?.key(payload));
  } catch (error) {
    // The payload was never checked: a key that is made of several fields may not find them.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function readResolution(record: LogRecord): LetterResolution {
  const json = objectOf(parsed(record.value));
  const reason = textOf(json['reason']);
  const newMessageId = textOf(json['newMessageId']);
  return {
    action: LETTER_ACTIONS.find((action) => action === json['action']) ?? 'drop',
    by: textOf(json['by']) ?? 'unknown',
    at: textOf(json['at']) ?? timeOf(record.timestamp) ?? new Date(0).toISOString(),
    ...(reason === undefined ? {} : { reason }),
    ...(newMessageId === undefined ? {} : { newMessageId }),
  };
}

function parsed(value: Buffer | null | undefined): unknown {
  if (!value) return undefined;
  try {
    return JSON.parse(value.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Only what looks like an id is told apart and shown: a stock client's key may be anything. */
function idLike(value: unknown): string | undefined {
  return typeof value === 'string' && ID_LIKE.test(value) ? value : undefined;
}

function timeOf(ms: number): string | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
