import type { ObjectKind } from './access-rules.js';

/** Knows whose something is. */
export interface OwnerDirectory {
  /** Customers to whom it belongs, which is one where all is well; empty = not known (yet). */
  ownersOf(kind: ObjectKind, id: string): Promise<readonly string[]>;
}
