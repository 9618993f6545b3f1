import type { Violation } from '@aika/contracts';
import type { LetterResolution, LetterSummary } from './letter.js';

/** What became of one letter that somebody wanted redriven, edited or dropped. */
export type LetterOutcome =
  | {
      readonly kind: 'sent';
      readonly id: string;
      readonly newMessageId: string;
      /** Full name. */
      readonly topic: string;
      readonly partition: number;
      readonly letter: LetterSummary;
    }
  | { readonly kind: 'dropped'; readonly id: string; readonly letter: LetterSummary }
  /** Somebody has dealt with it before: nothing was done now. */
  | { readonly kind: 'already'; readonly id: string; readonly resolution: LetterResolution }
  /** Nothing was done, and the letter stays open. `violations` names every broken rule. */
  | {
      readonly kind: 'refused';
      readonly id: string;
      /** A contract's code, `NO_ORIGIN`, `UNKNOWN_TOPIC` or `AMBIGUOUS_ID`. */
      readonly code: string;
      readonly detail: string;
      readonly violations: readonly Violation[];
    }
  /** There is no such letter, or it is not kept any more. */
  | { readonly kind: 'not-found'; readonly id: string };

export interface LetterProgress {
  readonly done: number;
  readonly total: number;
}
