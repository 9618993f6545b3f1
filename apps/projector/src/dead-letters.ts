import { fullLetter, type LetterRecord, type LogRecord } from '@aika/messaging';
import type { LetterChange } from '@aika/views';

/** A record of the dead letters' topic as the view keeps it. */
export function letterChangeOf(record: LogRecord, read: LetterRecord): LetterChange {
  if (read.kind === 'resolution') {
    const { action, by, at, reason = null, newMessageId = null } = read.resolution;
    const resolution = {
      action,
      resolved_by: by,
      resolved_at: at,
      resolution_reason: reason,
      new_message_id: newMessageId,
    };
    return { kind: 'resolution', letterId: read.letterId, resolution };
  }
  const letter = fullLetter(read.letter, record);
  return {
    kind: 'letter',
    row: {
      letter_id: letter.id,
      code: letter.code,
      causes: [...letter.causes],
      agent_id: letter.agentId,
      message_type: letter.messageType ?? null,
      customer_id: letter.customerId ?? null,
      message_id: letter.messageId,
      origin_topic: letter.origin.topic,
      origin_partition: whole(letter.origin.partition),
      origin_offset: whole(letter.origin.offset),
      attempts: letter.attempts,
      died_at: letter.at,
      recorded_at: letter.recordedAt,
      redrive_of: letter.redriveOf ?? null,
      bytes: letter.bytes,
      letter_topic: record.topic,
      letter_partition: letter.position.partition,
      letter_offset: letter.position.offset,
    },
  };
}

function whole(number: number): number | null {
  return Number.isSafeInteger(number) ? number : null;
}
