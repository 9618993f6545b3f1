import { ContractError, topicOf } from '@aika/contracts';
import { HandlerError } from '../agent/handler-error.js';
import type { LogRecord, OutgoingRecord } from '../ports/index.js';
import { outputId } from './message-id.js';

/** Header names of a dead letter. Its key and value are the original's bytes. */
export const DEAD_LETTER_HEADER = {
  id: 'aika-dlq-id',
  code: 'aika-dlq-code',
  /** JSON: the chain of causes, each `{ name, code?, message }`, outermost first. */
  causes: 'aika-dlq-causes',
  agent: 'aika-dlq-agent',
  topic: 'aika-dlq-topic',
  partition: 'aika-dlq-partition',
  offset: 'aika-dlq-offset',
  /** Milliseconds since 1970 UTC: the original's timestamp, which is the time of a message that names none. */
  recordedAt: 'aika-dlq-recorded-at',
  attempts: 'aika-dlq-attempts',
  /** RFC 3339 UTC: when it was given up. */
  at: 'aika-dlq-at',
} as const;

interface Cause {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly violations?: unknown;
}

const MAX_CAUSES = 10;
const MAX_TEXT = 2000;

/** The error and what caused it, outermost first. */
export function causeChain(error: unknown): readonly Cause[] {
  const chain: Cause[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && chain.length < MAX_CAUSES;) {
    if (!(at instanceof Error)) {
      chain.push({ name: typeof at, message: messageOf(at) });
      break;
    }
    const { code, violations } = at as { code?: unknown; violations?: unknown };
    chain.push({
      name: at.name,
      ...(typeof code === 'string' ? { code } : {}),
      message: at.message.slice(0, MAX_TEXT),
      ...(Array.isArray(violations) ? { violations: violations.slice(0, 20) } : {}),
    });
    at = at.cause;
  }
  return chain;
}

/** An error's message; what is no Error may hold anything, and is not repeated. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'something that is no Error was thrown';
}

/** The stable code of an error: its own, or `HANDLER_FAILED`. */
export function codeOf(error: unknown): string {
  if (error instanceof HandlerError || error instanceof ContractError) return error.code;
  return 'HANDLER_FAILED';
}

export interface DeadLetterOrigin {
  readonly namespace: string;
  readonly agentId: string;
  readonly partition: number;
  readonly attempts: number;
  /** RFC 3339 UTC. */
  readonly at: string;
}

/** The record that carries `record` and why it was given up to `<namespace>.dlq`. */
export function deadLetter(record: LogRecord, error: unknown, origin: DeadLetterOrigin): OutgoingRecord {
  return {
    topic: topicOf(origin.namespace, 'dlq'),
    partition: origin.partition,
    key: record.key,
    value: record.value,
    headers: {
      ...record.headers,
      [DEAD_LETTER_HEADER.id]: outputId(
        origin.agentId,
        `${record.topic}/${record.partition}/${record.offset}`,
        'dlq',
      ),
      [DEAD_LETTER_HEADER.code]: codeOf(error),
      [DEAD_LETTER_HEADER.causes]: JSON.stringify(causeChain(error)),
      [DEAD_LETTER_HEADER.agent]: origin.agentId,
      [DEAD_LETTER_HEADER.topic]: record.topic,
      [DEAD_LETTER_HEADER.partition]: String(record.partition),
      [DEAD_LETTER_HEADER.offset]: String(record.offset),
      [DEAD_LETTER_HEADER.recordedAt]: String(record.timestamp),
      [DEAD_LETTER_HEADER.attempts]: String(origin.attempts),
      [DEAD_LETTER_HEADER.at]: origin.at,
    },
  };
}
