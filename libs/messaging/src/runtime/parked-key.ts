import type { LogRecord } from '../ports/index.js';
import { stateKey } from './state-key.js';

/** A customer whose messages wait because the first of them failed. One entry of state, beside the queue. */
export interface ParkedKey {
  readonly customerId: string;
  /** Milliseconds since 1970 UTC: when the first message failed. */
  readonly since: number;
  /** Failed tries of the message at the head, those in place counted as one. */
  readonly attempts: number;
  /** When the head is tried again, milliseconds since 1970 UTC. */
  readonly dueAt: number;
  /** Code and text of the last failure. */
  readonly code: string;
  readonly reason: string;
  /** Sequence numbers of the first and of the last waiting message. */
  readonly first: number;
  readonly last: number;
}

/** A waiting message as it was on the log. Its value is the text of a message that could be read. */
interface ParkedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  /** Base64, as the headers' values; null = none. */
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

const HEAD = 'head';
const SEQUENCE_DIGITS = 9;

export function parkedKey(customerId: string): string {
  return stateKey('parked', customerId, HEAD);
}

export function waitingKey(customerId: string, sequence: number): string {
  return stateKey('parked', customerId, String(sequence).padStart(SEQUENCE_DIGITS, '0'));
}

export function isParkedKey(key: string): boolean {
  return key.endsWith(`/${HEAD}`);
}

export function waitingCount({ first, last }: Pick<ParkedKey, 'first' | 'last'>): number {
  return last - first + 1;
}

export function encodeRecord(record: LogRecord): string {
  const parked: ParkedRecord = {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    key: record.key?.toString('base64') ?? null,
    value: record.value?.toString() ?? '',
    headers: Object.fromEntries(
      Object.entries(record.headers).map(([name, value]) => [name, value.toString('base64')]),
    ),
  };
  return JSON.stringify(parked);
}

export function decodeRecord(text: string): LogRecord {
  const { key, value, headers, ...position } = JSON.parse(text) as ParkedRecord;
  return {
    ...position,
    key: key === null ? null : Buffer.from(key, 'base64'),
    value: Buffer.from(value),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, encoded]) => [name, Buffer.from(encoded, 'base64')]),
    ),
  };
}
