import type { Catalogue } from '@aika/contracts';
import { LogError, type MessageLog, type OutgoingRecord, partitionFor } from '../ports/index.js';
import type { MessageOutbox } from '../runtime/message-outbox.js';
import type { DeadLetter, LetterAction, LetterResolution } from './letter.js';
import type { LetterOutcome } from './letter-outcome.js';
import { type RedrivenMessage, redriveOf } from './redriven-message.js';
import { auditRecords, resolutionRecord } from './resolution-record.js';

/** What somebody wants done, the same for each letter of the call. */
export interface LetterOrder {
  readonly action: LetterAction;
  readonly by: string;
  readonly reason?: string | undefined;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** Send what breaks its contract too. */
  readonly force: boolean;
  /** The new body of an edit. */
  readonly body?: Buffer;
}

export interface DecisionOptions {
  readonly log: MessageLog;
  readonly namespace: string;
  readonly catalogue: Catalogue;
  readonly maxRecordBytes: number;
  readonly outbox: MessageOutbox;
  /** Full name of the dead letters' topic. */
  readonly topic: string;
}

/** What comes of an open letter, and the records that make it so: none when it is refused. */
export interface LetterDecision {
  readonly outcome: LetterOutcome;
  readonly records: readonly OutgoingRecord[];
}

/** Decides about one open letter. Writes nothing. */
export async function decide(
  letter: DeadLetter,
  order: LetterOrder,
  options: DecisionOptions,
): Promise<LetterDecision> {
  const { id } = letter;
  if (order.action === 'drop') {
    return { outcome: { kind: 'dropped', id, letter }, records: resolved(letter, order, options) };
  }
  const redrive = redriveOf(letter, order.body, { ...options, ...order, now: Date.parse(order.at) });
  if (!redrive.ok) return refusal(id, redrive);
  const { message } = redrive;
  const partition = await partitionOf(message, options.log);
  if (typeof partition !== 'number') return refusal(id, { ...partition, violations: [] });
  const { messageId: newMessageId, topic, key, value, headers } = message;
  return {
    outcome: { kind: 'sent', id, newMessageId, topic, partition, letter },
    records: [{ topic, partition, key, value, headers }, ...resolved(letter, order, options, message)],
  };
}

function refusal(
  id: string,
  {
    code,
    detail,
    violations,
  }: Pick<Extract<LetterOutcome, { kind: 'refused' }>, 'code' | 'detail' | 'violations'>,
): LetterDecision {
  return { outcome: { kind: 'refused', id, code, detail, violations }, records: [] };
}

function resolved(
  letter: DeadLetter,
  { action, by, at, reason }: LetterOrder,
  { outbox, topic }: DecisionOptions,
  message?: RedrivenMessage,
): readonly OutgoingRecord[] {
  const resolution: LetterResolution = {
    action,
    by,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { newMessageId: message.messageId }),
  };
  const customerId = message && 'customerId' in message.place ? message.place.customerId : undefined;
  return [
    resolutionRecord(topic, letter, resolution),
    ...auditRecords(outbox, letter, resolution, customerId),
  ];
}

type NoPartition = { readonly code: 'UNKNOWN_TOPIC'; readonly detail: string };

async function partitionOf(
  { topic, place }: RedrivenMessage,
  log: MessageLog,
): Promise<number | NoPartition> {
  try {
    const count = await log.partitionCount(topic);
    if ('customerId' in place) return partitionFor(place.customerId, count);
    if (place.partition >= 0 && place.partition < count) return place.partition;
    return { code: 'UNKNOWN_TOPIC', detail: `${topic} has no partition ${place.partition}.` };
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== 'UNKNOWN_TOPIC') throw error;
    return { code: 'UNKNOWN_TOPIC', detail: `There is no topic ${topic}.` };
  }
}
