import { AuditRecorded, type AuditRecordedPayload, type Catalogue, readMessage } from '@aika/contracts';
import type { LogRecord } from '@aika/messaging';

/** One line of the audit trail, with where it stands. */
export interface AuditLine extends AuditRecordedPayload {
  /** When the brokers took it, RFC 3339 UTC. */
  readonly recordedAt: string;
  readonly traceId?: string;
  readonly conversationId?: string;
  readonly partition: number;
  readonly offset: number;
}

/** Undefined for a record that is no line: it is sealed as any other, but says nothing that can be searched. */
export function auditLineOf(record: LogRecord, catalogue: Catalogue): AuditLine | undefined {
  if (record.value === null) return undefined;
  const recordedAt = new Date(record.timestamp).toISOString();
  const read = readMessage(record.value, { catalogue, receivedAt: recordedAt });
  if (!read.ok || read.definition.type !== AuditRecorded.type) return undefined;
  const { traceId, conversationId } = read.envelope.metadata;
  return {
    ...(read.envelope.payload as unknown as AuditRecordedPayload),
    recordedAt,
    ...(traceId === undefined ? {} : { traceId }),
    ...(conversationId === undefined ? {} : { conversationId }),
    partition: record.partition,
    offset: record.offset,
  };
}
