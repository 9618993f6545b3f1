import type { OutgoingRecord } from '../ports/index.js';
import { DEAD_LETTER_HEADER } from '../runtime/dead-letter.js';
import { comparable, digestOf } from './comparable-output.js';
import { idOfOutput, type ReplayedStep } from './step-replayer.js';

interface Made<T> {
  readonly made: T;
  readonly causedBy: string | undefined;
  readonly customerId: string;
}

/** What is kept of an output: a tenth of its content, which is enough to tell that it is the same. */
interface MadeOutput {
  readonly digest: string;
  readonly name: string;
}

/** What the replayed steps of one partition have made, until it is held against the record. */
export class MadeAgain {
  readonly outputs = new Map<string, Made<MadeOutput>>();
  /** Whole outputs, of those that were asked for. */
  readonly whole = new Map<string, OutgoingRecord>();
  /** By letter id: the code. */
  readonly letters = new Map<string, Made<string>>();
  /** By key of the changelog: the text of the entry. */
  readonly effects = new Map<string, Made<string>>();
  private readonly messages = new Set<string>();

  /**
   * @param namespace in which the outputs would stand
   * @param kept ids of outputs whose content is kept too
   */
  constructor(
    private readonly namespace: string,
    private readonly kept: ReadonlySet<string> = new Set(),
  ) {}

  add({ message, customerId, records, effects }: ReplayedStep): void {
    const causedBy = message?.messageId;
    if (causedBy !== undefined) this.messages.add(causedBy);
    for (const record of records) {
      const id = idOfOutput(record);
      const code = record.headers?.[DEAD_LETTER_HEADER.code];
      if (code !== undefined) {
        this.letters.set(id, { made: String(code), causedBy, customerId });
        continue;
      }
      const output = comparable(record, this.namespace);
      const made = { digest: digestOf(output), name: output.messageType ?? '' };
      this.outputs.set(id, { made, causedBy, customerId });
      if (this.kept.has(id)) this.whole.set(id, record);
    }
    for (const [key, text] of effects) this.effects.set(key, { made: text, causedBy, customerId });
  }

  readonly wasReplayed = (messageId: string): boolean => this.messages.has(messageId);
}
