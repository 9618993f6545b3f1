import { AuditRecorded } from '@aika/contracts';
import type { OutgoingRecord } from '../ports/index.js';
import { outputId } from '../runtime/message-id.js';
import type { MessageOutbox } from '../runtime/message-outbox.js';
import { type DeadLetter, LETTER_HEADER, type LetterAction, type LetterResolution } from './letter.js';

/** What stands in `action` of the audit line. */
export const AUDIT_ACTION: Readonly<Record<LetterAction, string>> = {
  redrive: 'DEAD_LETTER_REDRIVEN',
  edit: 'DEAD_LETTER_EDITED',
  drop: 'DEAD_LETTER_DROPPED',
};

/** An audit line needs a customer; this stands there for a record that names none. */
export const UNKNOWN_CUSTOMER = 'unknown';

/** What was done to the letter, for its own partition: whoever folds the topic meets it after the letter. */
export function resolutionRecord(
  topic: string,
  letter: DeadLetter,
  resolution: LetterResolution,
): OutgoingRecord {
  return {
    topic,
    partition: letter.position.partition,
    key: letter.key,
    value: JSON.stringify(resolution),
    headers: { [LETTER_HEADER.resolves]: letter.id },
  };
}

export function auditRecords(
  outbox: MessageOutbox,
  letter: DeadLetter,
  resolution: LetterResolution,
  customerId: string | undefined = letter.customerId,
): readonly OutgoingRecord[] {
  const { action, by, at, reason, newMessageId = letter.id } = resolution;
  const audit = {
    customerId: customerId ?? UNKNOWN_CUSTOMER,
    action: AUDIT_ACTION[action],
    messageId: newMessageId,
    actor: by,
    kind: 'redrive',
    at,
    deadLetterId: letter.id,
    ...(reason === undefined ? {} : { reason }),
  };
  return outbox.records(AuditRecorded, audit, {
    messageId: outputId('audit', letter.id, action),
    timestamp: at,
    targetAgentId: null,
    priority: 'NORMAL',
    metadata: { correlationId: letter.messageId, causationId: letter.messageId },
  });
}
