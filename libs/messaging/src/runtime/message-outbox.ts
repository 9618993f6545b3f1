import {
  AuditRecorded,
  type Catalogue,
  type Envelope,
  type MessageDefinition,
  type Metadata,
  auditObjectOf,
  messageHeaders,
  type PayloadOf,
  topicOf,
  validatePayload,
  writeMessage,
} from '@aika/contracts';
import { TerminalError } from '../agent/handler-error.js';
import { type OutgoingRecord, partitionFor } from '../ports/index.js';
import { outputId } from './message-id.js';

/** What a new message needs beside its definition and payload. */
export interface MessageDraft {
  readonly messageId: string;
  /** RFC 3339 UTC. */
  readonly timestamp: string;
  readonly targetAgentId: string | null;
  readonly priority: Envelope['priority'];
  readonly metadata: Metadata;
}

export interface OutboxOptions {
  readonly catalogue: Pick<Catalogue, 'topicFor'>;
  readonly sourceAgentId: string;
  readonly namespace: string;
  readonly maxRecordBytes: number;
  /** Partition count of a full topic name; known before the first message is handled. */
  readonly partitionCount: (topic: string) => number;
}

/** Turns drafts into records: validated, keyed by customer, with headers, and an audit line where due. */
export class MessageOutbox {
  constructor(private readonly options: OutboxOptions) {}

  /** @throws TerminalError `INVALID_OUTPUT`, `OUTPUT_TOO_LARGE` */
  records(definition: MessageDefinition, payload: object, draft: MessageDraft): readonly OutgoingRecord[] {
    this.assertValid(definition, payload);
    const message = this.record(definition, payload, draft);
    // A command's line is written by who handles it: only then has anything been done.
    if (definition.kind === 'command' || !definition.audited) return [message];
    const audit = auditLine(definition, payload, { ...draft, actor: this.options.sourceAgentId });
    return [message, this.auditRecord(audit, draft)];
  }

  /** The line of a command that was handled. */
  handled(definition: MessageDefinition, envelope: Envelope): readonly OutgoingRecord[] {
    if (definition.kind !== 'command' || !definition.audited) return [];
    const { payload, messageId, timestamp, metadata } = envelope;
    const { conversationId, sessionId, traceId, traceparent, correlationId = messageId } = metadata;
    const by = metadata['actor'];
    const actor = typeof by === 'string' && by !== '' ? by : envelope.sourceAgentId;
    // Only what is known: whatever else a sender puts there has no place, and no bound, in the trail.
    const links = { conversationId, sessionId, traceId, traceparent, correlationId, causationId: messageId };
    const draft = { ...envelope, targetAgentId: null, metadata: links };
    return [this.auditRecord(auditLine(definition, payload, { messageId, timestamp, actor }), draft)];
  }

  private auditRecord(audit: PayloadOf<typeof AuditRecorded>, draft: MessageDraft): OutgoingRecord {
    const messageId = outputId(this.options.sourceAgentId, draft.messageId, 'audit');
    return this.record(AuditRecorded, audit, { ...draft, messageId, targetAgentId: null });
  }

  /** @throws TerminalError `INVALID_OUTPUT` that names every broken rule */
  assertValid(definition: MessageDefinition, payload: object): void {
    const violations = validatePayload(definition, payload);
    if (violations.length === 0) return;
    const rules = violations.map((v) => `${v.path}: expected ${v.expected}, found ${v.found}`).join('; ');
    throw new TerminalError('INVALID_OUTPUT', `${definition.type} breaks its schema: ${rules}`);
  }

  private record(definition: MessageDefinition, payload: object, draft: MessageDraft): OutgoingRecord {
    const envelope: Envelope<unknown> = {
      messageId: draft.messageId,
      timestamp: draft.timestamp,
      sourceAgentId: this.options.sourceAgentId,
      targetAgentId: draft.targetAgentId,
      messageType: definition.type,
      priority: draft.priority,
      schemaVersion: definition.version,
      payload,
      metadata: draft.metadata,
    };
    const value = writeMessage(envelope);
    const topic = topicOf(
      this.options.namespace,
      this.options.catalogue.topicFor(definition, draft.priority),
    );
    const bytes = Buffer.byteLength(value);
    if (bytes > this.options.maxRecordBytes) {
      throw new TerminalError(
        'OUTPUT_TOO_LARGE',
        `${definition.type} would take ${bytes} bytes; a record may have ${this.options.maxRecordBytes}.`,
      );
    }
    const key = definition.key(payload);
    return {
      topic,
      partition: partitionFor(key, this.options.partitionCount(topic)),
      key,
      value,
      headers: messageHeaders(envelope, definition),
    };
  }
}

const MAX_ACTOR_LENGTH = 100;

function auditLine(
  definition: MessageDefinition,
  payload: object,
  { messageId, timestamp, actor }: Pick<MessageDraft, 'messageId' | 'timestamp'> & { readonly actor: string },
): PayloadOf<typeof AuditRecorded> {
  const { audit } = definition;
  const object = auditObjectOf(payload);
  const reason = audit?.reason?.(payload);
  return {
    customerId: definition.key(payload),
    action: definition.type,
    messageId,
    actor: (audit?.actor?.(payload) ?? actor).slice(0, MAX_ACTOR_LENGTH),
    ...(audit ? { kind: audit.kind } : {}),
    ...(object === undefined ? {} : { object }),
    at: timestamp,
    ...(reason === undefined ? {} : { reason }),
  };
}
