import {
  type Catalogue,
  type ContractError,
  type Envelope,
  HEADER,
  laneOf,
  type MessageDefinition,
  messageHeaders,
  type Metadata,
  readMessage,
  topicOf,
  type Violation,
  withoutLane,
} from '@aika/contracts';
import { outputId } from '../runtime/message-id.js';
import { FORWARDED_HEADER } from '../runtime/record-intake.js';
import { type DeadLetter, LETTER_HEADER, type LetterSummary } from './letter.js';

export interface RedriveRules {
  readonly catalogue: Catalogue;
  readonly namespace: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly maxRecordBytes: number;
  /** Send what breaks its contract too, as it is. */
  readonly force: boolean;
}

/** A message to send, all but its partition. */
export interface RedrivenMessage {
  readonly messageId: string;
  readonly topic: string;
  /** The customer whose partition it belongs on, or the partition itself where the customer is not known. */
  readonly place: { readonly customerId: string } | { readonly partition: number };
  readonly key: string | Buffer | null;
  readonly value: string | Buffer;
  readonly headers: Readonly<Record<string, string | Buffer>>;
}

export type Redrive =
  | { readonly ok: true; readonly message: RedrivenMessage }
  | {
      readonly ok: false;
      readonly code: string;
      readonly detail: string;
      readonly violations: readonly Violation[];
    };

/** The id of the message that a letter becomes. One letter makes one id: a second one would be a duplicate. */
export function redrivenId(letterId: string): string {
  return outputId('redrive', letterId, 0);
}

/**
 * The message that sends a letter back, as it was or with a new body.
 *
 * It is for the agent that gave the letter up and no other: others that read the topic have handled the
 * original, and know the copy by no id.
 */
export function redriveOf(letter: DeadLetter, edited: Buffer | undefined, rules: RedriveRules): Redrive {
  const { catalogue, namespace, maxRecordBytes } = rules;
  if (!letter.origin.topic.startsWith(`${namespace}.`)) {
    const detail = `It names no topic of ${namespace} that it came from.`;
    return { ok: false, code: 'NO_ORIGIN', detail, violations: [] };
  }
  const body = edited ?? letter.body;
  const read = readMessage(body, {
    catalogue,
    receivedAt: new Date(rules.now).toISOString(),
    fallbackMessageId: redrivenId(letter.id),
    limits: { maxBytes: maxRecordBytes },
  });
  if (read.ok) return { ok: true, message: typed(letter, body, read, rules) };
  const isKnownToItsAgent = edited === undefined && isForeignType(letter, read.error);
  if (!rules.force && !isKnownToItsAgent) {
    const { code, message, violations } = read.error;
    return { ok: false, code, detail: message, violations };
  }
  return { ok: true, message: bare(letter, body, read.error.code === 'TOO_DEEP', isKnownToItsAgent) };
}

/** Agents that others add have types of their own. Their agent could read it: it is not for us to judge. */
function isForeignType(letter: LetterSummary, error: ContractError): boolean {
  return error.code === 'UNKNOWN_MESSAGE_TYPE' && !CONTRACT_CODES.has(letter.code);
}

const CONTRACT_CODES: ReadonlySet<string> = new Set<ContractError['code']>([
  'TOO_LARGE',
  'NOT_JSON',
  'TOO_DEEP',
  'NOT_AN_ENVELOPE',
  'UNKNOWN_MESSAGE_TYPE',
  'UNSUPPORTED_VERSION',
  'INVALID_PAYLOAD',
  'UPCAST_FAILED',
  'TIMESTAMP_IN_FUTURE',
]);

type Read = { readonly envelope: Envelope; readonly definition: MessageDefinition };

function typed(
  letter: DeadLetter,
  body: Buffer,
  { envelope, definition }: Read,
  rules: RedriveRules,
): RedrivenMessage {
  const messageId = redrivenId(letter.id);
  const { topic, target: targetAgentId } = addressOf(letter, { envelope, definition }, rules);
  const metadata = linked(envelope.metadata, letter);
  const raw = objectIn(body) ?? {};
  const customerId = definition.key(envelope.payload);
  const schemaVersion = Number(raw['schemaVersion'] ?? raw['schema_version'] ?? 1);
  const sent = { ...envelope, messageId, targetAgentId, metadata, schemaVersion };
  return {
    messageId,
    topic,
    place: { customerId },
    key: customerId,
    value: relabelled(raw, { messageId, targetAgentId, metadata, timestamp: letter.recordedAt }),
    headers: { ...keptHeaders(letter), ...messageHeaders(sent, definition) },
  };
}

/**
 * A message of the type that its agent knows goes where it came from, in the lane of its priority, to that agent.
 * What was no known type was kept by whoever looks after such records: edited into one, it goes the way of any
 * message of its type.
 */
function addressOf(
  letter: DeadLetter,
  { envelope, definition }: Read,
  { catalogue, namespace }: RedriveRules,
) {
  const { priority } = envelope;
  if (letter.messageType === definition.type && letter.code !== 'UNKNOWN_MESSAGE_TYPE') {
    const name = withoutLane(letter.origin.topic).slice(namespace.length + 1);
    return { topic: topicOf(namespace, laneOf(name, priority)), target: letter.agentId };
  }
  const owner = definition.kind === 'command' && definition.owner !== 'any' ? definition.owner : null;
  return {
    topic: topicOf(namespace, catalogue.topicFor(definition, priority)),
    target: envelope.targetAgentId ?? owner,
  };
}

/** The body as it is, with a new id where it can carry one. Stays on the partition where it stood. */
function bare(letter: DeadLetter, body: Buffer, isTooDeep: boolean, isForItsAgent: boolean): RedrivenMessage {
  const messageId = redrivenId(letter.id);
  const raw = isTooDeep ? undefined : objectIn(body);
  const metadata = raw && linked(objectOf(raw['metadata']), letter);
  const target = isForItsAgent ? { targetAgentId: letter.agentId } : {};
  return {
    messageId,
    topic: letter.origin.topic,
    place: { partition: letter.origin.partition },
    key: letter.key,
    value: raw ? relabelled(raw, { messageId, metadata, timestamp: letter.recordedAt, ...target }) : body,
    headers: {
      ...keptHeaders(letter),
      [HEADER.messageId]: messageId,
      ...(isForItsAgent ? { [HEADER.target]: letter.agentId } : {}),
    },
  };
}

/** A copy that was forwarded may have to be forwarded again. */
function keptHeaders(letter: DeadLetter): Record<string, string | Buffer> {
  const { [FORWARDED_HEADER]: _forwarded, ...headers } = letter.headers;
  return { ...headers, [LETTER_HEADER.redriveOf]: letter.id };
}

function linked(metadata: Metadata, letter: DeadLetter): Metadata {
  return {
    ...metadata,
    correlationId: metadata.correlationId ?? letter.messageId,
    causationId: letter.messageId,
  };
}

type JsonObject = Record<string, unknown>;

/** The sender's own JSON with other labels: what we do not know of it is not lost, nor its version raised. */
function relabelled(
  raw: JsonObject,
  { timestamp, ...labels }: { readonly timestamp: string; readonly [label: string]: unknown },
): string {
  const { message_id: _id, target_agent_id: target, ...rest } = raw;
  const isSpoken = Object.hasOwn(raw, 'targetAgentId') || target === undefined;
  return JSON.stringify({
    ...rest,
    timestamp: raw['timestamp'] ?? timestamp,
    ...(isSpoken ? {} : { targetAgentId: target }),
    ...labels,
  });
}

function objectIn(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function objectOf(value: unknown): Metadata {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Metadata) : {};
}
