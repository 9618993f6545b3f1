import type { Envelope } from './envelope.js';
import type { MessageDefinition } from './message-definition.js';

/** Names of the record headers that let a reader filter without parsing the value. */
export const HEADER = {
  messageId: 'aika-message-id',
  type: 'aika-type',
  version: 'aika-version',
  /** Empty for a broadcast. */
  target: 'aika-target',
  source: 'aika-source',
  priority: 'aika-priority',
  stage: 'aika-stage',
  conversation: 'aika-conversation',
  /** The request that the message belongs to, so that who waits for an answer need not parse the others. */
  request: 'aika-request',
  /** W3C trace context, under its standard name. */
  traceparent: 'traceparent',
} as const;

/** The headers of a message; conversation, request and trace only where the message has them. */
export function messageHeaders(
  envelope: Envelope<unknown>,
  definition: Pick<MessageDefinition, 'stage'>,
): Record<string, string> {
  const { conversationId, requestId, traceparent } = envelope.metadata;
  const headers: Record<string, string> = {
    [HEADER.messageId]: envelope.messageId,
    [HEADER.type]: envelope.messageType,
    [HEADER.version]: String(envelope.schemaVersion),
    [HEADER.target]: envelope.targetAgentId ?? '',
    [HEADER.source]: envelope.sourceAgentId,
    [HEADER.priority]: envelope.priority,
    [HEADER.stage]: definition.stage,
  };
  if (conversationId !== undefined) headers[HEADER.conversation] = conversationId;
  if (requestId !== undefined) headers[HEADER.request] = requestId;
  if (traceparent !== undefined) headers[HEADER.traceparent] = traceparent;
  return headers;
}

/** The message as it stands in a record's value: JSON in camelCase, unknown fields included. */
export function writeMessage(envelope: Envelope<unknown>): string {
  return JSON.stringify(envelope);
}
