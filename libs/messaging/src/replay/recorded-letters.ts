import { topicOf } from '@aika/contracts';
import type { MessageLog } from '../ports/index.js';
import { DEAD_LETTER_HEADER } from '../runtime/dead-letter.js';

/** A dead letter of one agent, as far as a replay compares it. */
export interface RecordedLetter {
  readonly id: string;
  readonly code: string;
}

/** The dead letters of one agent and partition, by where their originals stand (`positionKey`). */
export async function readLetters(
  log: MessageLog,
  { namespace, partition, agentId }: { namespace: string; partition: number; agentId: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RecordedLetter>> {
  const at = { topic: topicOf(namespace, 'dlq'), partition };
  const { start, end } = await log.offsets(at);
  const letters = new Map<string, RecordedLetter>();
  for await (const records of log.read(at, { from: start, until: end, signal })) {
    for (const { headers } of records) {
      const text = (name: keyof typeof DEAD_LETTER_HEADER): string =>
        headers[DEAD_LETTER_HEADER[name]]?.toString() ?? '';
      if (text('agent') !== agentId || Number(text('partition')) !== partition) continue;
      const where = positionKey({ topic: text('topic'), offset: Number(text('offset')) });
      letters.set(where, { id: text('id'), code: text('code') });
    }
  }
  return letters;
}

/** A record within its partition number. */
export function positionKey({ topic, offset }: { readonly topic: string; readonly offset: number }): string {
  return `${topic}@${offset}`;
}
