import type { MadeAgain } from './made-again.js';
import type { RecordedLetter } from './recorded-letters.js';
import type { ReplayTally } from './replay-tally.js';

export interface LetterComparison {
  readonly partition: number;
  readonly made: MadeAgain;
  /** Those that replayed records became then, with their customers. */
  readonly recorded: readonly (RecordedLetter & { readonly customerId: string })[];
  readonly tally: ReplayTally;
}

/** Holds dead letters against each other: the same record given up, for a reason with the same code. */
export function compareLetters({ partition, made, recorded, tally }: LetterComparison): void {
  const ids = new Set<string>();
  for (const { id, code, customerId } of recorded) {
    ids.add(id);
    const again = made.letters.get(id);
    const subject = { of: 'deadLetters' as const, id, name: code, customerId, partition };
    if (!again) tally.missing(subject);
    else
      tally.compared(subject, again.made === code ? [] : [{ path: 'code', recorded: code, now: again.made }]);
  }
  for (const [id, { made: code, causedBy, customerId }] of made.letters) {
    if (!ids.has(id)) tally.extra({ of: 'deadLetters', id, name: code, customerId, partition, causedBy });
  }
}
