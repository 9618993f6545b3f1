import type { AgentId } from './agents.js';

/** How urgent a message is. HIGH ones travel on lanes of their own and are handled first. */
export const PRIORITIES = ['HIGH', 'NORMAL', 'LOW'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The workflow step that a message belongs to; topics and dashboards are filtered by it. */
export const STAGES = ['intake', 'assessment', 'recommendation', 'decision', 'settlement'] as const;
export type Stage = (typeof STAGES)[number];

/** Links between messages. Keys that the system does not know are kept and handed on. */
export interface Metadata {
  /** The conversation with the customer that this message is part of. */
  readonly conversationId?: string;
  readonly sessionId?: string;
  readonly traceId?: string;
  /** Id of the message that started the workflow. */
  readonly correlationId?: string;
  /** Id of the message that directly caused this one. */
  readonly causationId?: string;
  /** Id of the request (`ask`) that this message belongs to: the answer carries it back. */
  readonly requestId?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
  readonly [other: string]: unknown;
}

/**
 * What every message on Kafka looks like, as JSON in camelCase.
 *
 * Fields that this version does not know stay on the object: what an agent passes on loses nothing.
 */
export interface Envelope<P = Record<string, unknown>> {
  /** `msg-` and an id; the same id with the same content is handled once. */
  readonly messageId: string;
  /** RFC 3339 in UTC, with `Z`. */
  readonly timestamp: string;
  readonly sourceAgentId: AgentId;
  /** The only agent that it is for; null = every agent that handles the type. */
  readonly targetAgentId: AgentId | null;
  /** SCREAMING_SNAKE, such as `FILE_CLAIM`. */
  readonly messageType: string;
  readonly priority: Priority;
  /** Version of the payload's schema, 1 or more. */
  readonly schemaVersion: number;
  readonly payload: P;
  readonly metadata: Metadata;
}
