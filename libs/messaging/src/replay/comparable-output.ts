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
