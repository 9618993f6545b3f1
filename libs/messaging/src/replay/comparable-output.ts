import { hash } from 'node:crypto';
import { HEADER } from '@aika/contracts';
import type { LogRecord, OutgoingRecord } from '../ports/index.js';

/** An output as it is compared: what its readers see of it, and not where in its topic it stands. */
export interface ComparableOutput {
  /** Without namespace; tells the priority's lane too. */
  readonly topic: string;
  readonly partition: number;
  readonly key: string | undefined;
  readonly stage: string | undefined;
  readonly messageType?: string;
  readonly timestamp?: string;
  readonly metadata?: { readonly causationId?: string };
  readonly [field: string]: unknown;
}

/** The envelope's fields beside topic, partition, key and stage; the id is what both are found by. */
export function comparable(record: OutgoingRecord | LogRecord, namespace: string): ComparableOutput {
  const { topic, partition, key, value, headers = {} } = record;
  const { messageId: _id, ...envelope } = JSON.parse(String(value ?? '{}')) as Record<string, unknown>;
  return {
    topic: topic.slice(namespace.length + 1),
    partition,
    key: key?.toString(),
    stage: headers[HEADER.stage]?.toString(),
    ...envelope,
  };
}

/** The deadline of an ask counts from the clock of the moment in which it was made. */
export function isCompared(field: string, { messageType }: ComparableOutput): boolean {
  return field !== 'timestamp' || messageType !== 'ASK_TIMED_OUT';
}

const DIGEST_LENGTH = 22;

/** The same for outputs that are the same; order of an object's fields is no difference. 128 bits. */
export function digestOf(output: ComparableOutput): string {
  const compared = Object.entries(output).filter(([field]) => isCompared(field, output));
  const text = JSON.stringify(Object.fromEntries(compared), (_name, value: unknown) => sorted(value));
  return hash('sha256', text, 'base64url').slice(0, DIGEST_LENGTH);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
