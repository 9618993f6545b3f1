import {
  type Catalogue,
  EnvelopeContract,
  type Envelope,
  fields,
  readMessage,
  type Stage,
  STAGES,
} from '@aika/contracts';
import { FORWARDED_HEADER, type LogRecord, positionId } from '@aika/messaging';
import { writePositionToken } from '../http/position-token.js';

/** One message as it stands on the log. */
export class StreamEvent {
  @fields.Text({ description: 'Without the namespace.' })
  readonly topic!: string;
  @fields.Int({ min: 0 })
  readonly partition!: number;
  @fields.Int({ min: 0 })
  readonly offset!: number;
  @fields.Text({ max: 500, description: 'Hand it to a read as `aika-position` to see what the message did.' })
  readonly position!: string;
  @fields.Time({ description: "The record's timestamp." })
  readonly recordedAt!: string;
  @fields.OneOf(STAGES)
  readonly stage!: Stage;
  @fields.Nested(() => EnvelopeContract)
  readonly message!: Envelope<object>;
}

/** Which messages; every condition that is given has to hold. */
export class StreamQuery {
  @fields.Id({ optional: true })
  readonly customer?: string;
  @fields.Id({ optional: true })
  readonly conversation?: string;
  @fields.Id({ optional: true })
  readonly claim?: string;
  @fields.TextList({ optional: true, description: 'Message types, comma separated.' })
  readonly type?: readonly string[];
  @fields.Text({ optional: true, max: 100, description: 'The agent that sent it or that it is for.' })
  readonly agent?: string;
  @fields.OneOf(STAGES, { optional: true })
  readonly stage?: Stage;
  @fields.Text({
    optional: true,
    max: 4000,
    pattern: /^[A-Za-z0-9_-]+$/,
    description: 'Where to go on, for clients that cannot set the header Last-Event-ID.',
  })
  readonly lastEventId?: string;
}

/** The message of a record; undefined of forwarded copies, which stand elsewhere too, and of what is no message. */
export function streamEventOf(
  record: LogRecord,
  catalogue: Catalogue,
  namespace: string,
): StreamEvent | undefined {
  const { topic, partition, offset, value, headers, timestamp } = record;
  if (value === null || FORWARDED_HEADER in headers) return undefined;
  const recordedAt = new Date(timestamp).toISOString();
  const fallbackMessageId = positionId(topic, partition, offset);
  const read = readMessage(value, { catalogue, receivedAt: recordedAt, fallbackMessageId });
  if (!read.ok) return undefined;
  const name = topic.slice(namespace.length + 1);
  const position = writePositionToken(record);
  const { stage } = read.definition;
  return { topic: name, partition, offset, position, recordedAt, stage, message: read.envelope };
}

export function isWanted({ stage, message }: StreamEvent, query: StreamQuery): boolean {
  const { messageType, sourceAgentId, targetAgentId, metadata } = message;
  const { customerId, claimId, conversationId } = message.payload as Record<string, unknown>;
  if (query.stage !== undefined && stage !== query.stage) return false;
  if (query.type !== undefined && !query.type.includes(messageType)) return false;
  if (query.customer !== undefined && customerId !== query.customer) return false;
  if (query.claim !== undefined && claimId !== query.claim) return false;
  if (query.agent !== undefined && sourceAgentId !== query.agent && targetAgentId !== query.agent)
    return false;
  const { conversation } = query;
  return (
    conversation === undefined || conversationId === conversation || metadata.conversationId === conversation
  );
}
