import {
  ClaimInformationProvided,
  ConversationMessageRecorded,
  type Envelope,
  type MessageDefinition,
} from '@aika/contracts';
import type { Insertable } from 'kysely';
import type { CommandsTable, EventsTable } from '../tables/history.tables.js';
import { uniformMoment } from './moment.js';
import { orderKey, type OrderPlace, type ViewEvent } from './view-event.js';

/** A message of the log with its place. */
export interface LoggedMessage extends OrderPlace {
  readonly envelope: Envelope;
  readonly definition: MessageDefinition;
  /** The record's own time, in milliseconds since 1970 UTC. */
  readonly recordedMs: number;
}

/** An event for the folds, with its row for `events`. */
export interface LoggedEvent extends ViewEvent {
  readonly row: EventRow;
}

export type EventRow = Insertable<EventsTable>;
export type CommandRow = Insertable<CommandsTable>;

export function eventOf(message: LoggedMessage): LoggedEvent {
  const { envelope, definition } = message;
  const { payload } = envelope;
  const place = placeOf(message);
  const occurredAt = uniformMoment(envelope.timestamp);
  return {
    messageId: envelope.messageId,
    type: envelope.messageType,
    customerId: definition.key(payload),
    occurredAt,
    payload,
    orderKey: place.order_key,
    row: {
      ...place,
      message_id: envelope.messageId,
      type: envelope.messageType,
      schema_version: definition.version,
      customer_id: definition.key(payload),
      claim_id: idIn(payload, 'claimId'),
      policy_id: idIn(payload, 'policyId'),
      quote_id: idIn(payload, 'quoteId'),
      conversation_id: idIn(payload, 'conversationId') ?? envelope.metadata.conversationId ?? null,
      notification_id: idIn(payload, 'notificationId'),
      occurred_at: occurredAt,
      source_agent_id: envelope.sourceAgentId,
      target_agent_id: envelope.targetAgentId,
      priority: envelope.priority,
      stage: definition.stage,
      correlation_id: envelope.metadata.correlationId ?? null,
      causation_id: envelope.metadata.causationId ?? null,
      request_id: envelope.metadata.requestId ?? null,
      metadata: envelope.metadata,
      payload: kept(payload, definition.type),
    },
  };
}

export function commandOf(message: LoggedMessage): CommandRow {
  const { envelope, definition } = message;
  return {
    ...placeOf(message),
    message_id: envelope.messageId,
    type: envelope.messageType,
    customer_id: definition.key(envelope.payload),
    conversation_id: idIn(envelope.payload, 'conversationId') ?? envelope.metadata.conversationId ?? null,
    occurred_at: envelope.timestamp,
    source_agent_id: envelope.sourceAgentId,
    priority: envelope.priority,
    correlation_id: envelope.metadata.correlationId ?? null,
  };
}

/** The event that a row of `events` stands for. */
export function eventFromRow(row: {
  readonly message_id: string;
  readonly type: string;
  readonly customer_id: string;
  readonly occurred_at: string;
  readonly payload: object;
  readonly order_key: string;
}): ViewEvent {
  return {
    messageId: row.message_id,
    type: row.type,
    customerId: row.customer_id,
    occurredAt: uniformMoment(row.occurred_at),
    payload: row.payload,
    orderKey: row.order_key,
  };
}

function placeOf(message: LoggedMessage) {
  return {
    topic: message.topic,
    partition: message.partition,
    record_offset: message.offset,
    recorded_at: new Date(message.recordedMs).toISOString(),
    order_key: orderKey(message),
  };
}

function idIn(payload: object, field: string): string | null {
  const value = (payload as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : null;
}

/** Events with a `text` that a customer may have written. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  ClaimInformationProvided.type,
  ConversationMessageRecorded.type,
]);

/** Free text of people stands in one table only, where it can be found and erased. */
function kept(payload: Record<string, unknown>, type: string): Record<string, unknown> {
  if (!FREE_TEXT.has(type)) return payload;
  const { text: _text, ...rest } = payload;
  return rest;
}
