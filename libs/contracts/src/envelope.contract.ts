import type { Envelope, Metadata, Priority } from './envelope.js';
import { PRIORITIES } from './envelope.js';
import { ID_PATTERN, MAX_MESSAGE_ID_LENGTH } from './ids.js';
import { AnyObject, Int, Nested, OneOf, Text, Time } from './schema/field.decorators.js';

const AGENT_ID_LENGTH = 100;

class MetadataContract implements Metadata {
  readonly [other: string]: unknown;
  @Text({ optional: true })
  readonly conversationId?: string;
  @Text({ optional: true })
  readonly sessionId?: string;
  @Text({ optional: true })
  readonly traceId?: string;
  @Text({ optional: true, description: 'Id of the message that started the workflow.' })
  readonly correlationId?: string;
  @Text({ optional: true, description: 'Id of the message that directly caused this one.' })
  readonly causationId?: string;
  @Text({
    optional: true,
    description: 'Id of the request that this message belongs to; the answer carries it.',
  })
  readonly requestId?: string;
  @Text({ optional: true, description: 'W3C trace context.' })
  readonly traceparent?: string;
}

/**
 * The contract of `Envelope`. Required is what no reader can guess; everything else has a default, so
 * that a small program may send three fields. The system itself always writes all of them.
 */
export class EnvelopeContract implements Envelope<object> {
  @Text({
    optional: true,
    max: MAX_MESSAGE_ID_LENGTH,
    pattern: ID_PATTERN,
    description: "Same id and content: handled once. Default: derived from the record's position.",
  })
  readonly messageId!: string;
  @Time({ optional: true, description: "RFC 3339, UTC. Default: the record's timestamp." })
  readonly timestamp!: string;
  @Text({ max: AGENT_ID_LENGTH, default: 'unknown' })
  readonly sourceAgentId!: string;
  @Text({ nullable: true, default: null, max: AGENT_ID_LENGTH, description: 'null = broadcast.' })
  readonly targetAgentId!: string | null;
  @Text({ max: 100, description: 'SCREAMING_SNAKE, such as FILE_CLAIM.' })
  readonly messageType!: string;
  @OneOf(PRIORITIES, { default: 'NORMAL' })
  readonly priority!: Priority;
  @Int({ min: 1, default: 1, description: "Version of the payload's schema." })
  readonly schemaVersion!: number;
  @AnyObject({ description: 'By the schema of the message type and version.' })
  readonly payload!: object;
  @Nested(() => MetadataContract, { default: {} })
  readonly metadata!: Metadata;
}
