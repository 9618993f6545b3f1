import type { FaultField, FieldNeeds } from './fault-field.js';

/** Draws of one run, the same for the same seed. */
export interface Draws {
  /** 0 up to, not including, 1. */
  next(): number;
  /** 0 to `count` - 1. */
  upTo(count: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Something that goes wrong, and what is done about it. */
export interface FaultKind {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  readonly needs?: FieldNeeds;
  /** False where this machine cannot do it. Default: it can. */
  readonly possible?: () => Promise<boolean>;
  /**
   * Brings the fault about while claims are on their way, and heals what does not heal by itself. Resolves when
   * all is healed; then the work has to come to its end without a hand.
   */
  readonly strike: (field: FaultField, draws: Draws) => Promise<void>;
}
