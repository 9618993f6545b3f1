import type { ValueSealer } from '../sealing/sealer.js';

/** Owner of the key that seals what belongs to no customer; no customer's id looks like it. */
export const NOBODY = '-';

/** What is to be done with one record, once the keys are at hand. */
export interface SealPlan {
  readonly customerId: string;
  /** Under the key of nobody when the customer has none: whose it is was only guessed. */
  readonly isGuess?: true;
  /** @returns the record's value; undefined = as it was */
  apply(sealer: ValueSealer): string | Buffer | undefined;
}
