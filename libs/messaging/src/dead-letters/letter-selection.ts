/** A shorter beginning of an id selects nothing: it could be any letter's. */
export const SHORTEST_PREFIX = 8;

export type Selected =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly count: number };

/** Ids of letters as people give them: whole, or their first characters. */
export class LetterSelection {
  private readonly whole: ReadonlySet<string>;
  private readonly prefixes: readonly string[];

  constructor(readonly asked: readonly string[]) {
    this.whole = new Set(asked);
    // Whole ids are found by the set; only what is shorter has to be compared with every letter.
    this.prefixes = asked.filter((id) => id.length >= SHORTEST_PREFIX && id.length < FULL_LENGTH);
  }

  wants(id: string): boolean {
    return this.whole.has(id) || this.prefixes.some((prefix) => id.startsWith(prefix));
  }

  /** Which of the letters found an asked id means. */
  select(asked: string, found: ReadonlyMap<string, unknown>): Selected {
    if (found.has(asked)) return { kind: 'one', id: asked };
    if (!this.prefixes.includes(asked)) return { kind: 'none' };
    const alike = [...found.keys()].filter((id) => id.startsWith(asked));
    if (alike.length > 1) return { kind: 'several', count: alike.length };
    return alike[0] === undefined ? { kind: 'none' } : { kind: 'one', id: alike[0] };
  }
}

/** `msg-` and 32 hexadecimal digits. */
const FULL_LENGTH = 36;
