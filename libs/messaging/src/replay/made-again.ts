import type { OutgoingRecord } from '../ports/index.js';
import { DEAD_LETTER_HEADER } from '../runtime/dead-letter.js';
import { idOfOutput, type ReplayedStep } from './step-replayer.js';

interface Made<T> {
  readonly made: T;
  readonly causedBy: string | undefined;
  readonly customerId: string;
}

/** What the replayed steps of one partition have made, until it is held against the record. */
export class MadeAgain {
  readonly outputs = new Map<string, Made<OutgoingRecord>>();
  /** By letter id: the code. */
  readonly letters = new Map<string, Made<string>>();
  /** By key of the changelog: the text of the entry. */
  readonly effects = new Map<string, Made<string>>();
  private readonly messages = new Set<string>();

  add({ message, customerId, records, effects }: ReplayedStep): void {
    const causedBy = message?.messageId;
    if (causedBy !== undefined) this.messages.add(causedBy);
    for (const record of records) {
      const code = record.headers?.[DEAD_LETTER_HEADER.code];
      if (code === undefined) this.outputs.set(idOfOutput(record), { made: record, causedBy, customerId });
      else this.letters.set(idOfOutput(record), { made: String(code), causedBy, customerId });
    }
    for (const [key, text] of effects) this.effects.set(key, { made: text, causedBy, customerId });
  }

  readonly wasReplayed = (messageId: string): boolean => this.messages.has(messageId);
}
