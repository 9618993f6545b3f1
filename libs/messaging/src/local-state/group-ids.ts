/** What the ids of a group are kept in. */
export interface IdTable {
  get(key: string): string | undefined;
  set(key: string, value: string | null): void;
}

const IDS_PER_CHUNK = 128;

/**
 * Which ids a group has: LevelDB's ranges are asynchronous in this binding, and a handler's `list` is not. Ids lie in
 * chunks, so that a new one costs the same in a group of ten and of ten thousand; each entry keeps its chunk's number.
 *
 * `h/<group>` is `<first chunk>,<last chunk>`, `d/<group><n>` the ids of chunk n as JSON.
 */
export class GroupIds {
  constructor(private readonly table: IdTable) {}

  /** @returns the number of the chunk that holds the id from now on */
  insert(group: string, id: string): number {
    const bounds = this.bounds(group);
    if (!bounds) {
      this.put(group, 0, [id]);
      this.setBounds(group, 0, 0);
      return 0;
    }
    const { first, last } = bounds;
    const ids = this.chunk(group, last);
    if (ids.length < IDS_PER_CHUNK) {
      this.put(group, last, [...ids, id]);
      return last;
    }
    this.put(group, last + 1, [id]);
    this.setBounds(group, first, last + 1);
    return last + 1;
  }

  delete(group: string, id: string, chunk: number): void {
    const rest = this.chunk(group, chunk).filter((known) => known !== id);
    this.put(group, chunk, rest);
    const bounds = this.bounds(group);
    if (rest.length > 0 || !bounds) return;
    let { first } = bounds;
    while (first <= bounds.last && this.chunk(group, first).length === 0) first += 1;
    if (first > bounds.last) this.table.set(`h/${group}`, null);
    else if (first !== bounds.first) this.setBounds(group, first, bounds.last);
  }

  *list(group: string): Iterable<string> {
    const bounds = this.bounds(group);
    if (!bounds) return;
    for (let n = bounds.first; n <= bounds.last; n += 1) yield* this.chunk(group, n);
  }

  private bounds(group: string): { readonly first: number; readonly last: number } | undefined {
    const text = this.table.get(`h/${group}`);
    if (text === undefined) return undefined;
    const [first = 0, last = 0] = text.split(',').map(Number);
    return { first, last };
  }

  private setBounds(group: string, first: number, last: number): void {
    this.table.set(`h/${group}`, `${first},${last}`);
  }

  private chunk(group: string, n: number): readonly string[] {
    return JSON.parse(this.table.get(`d/${group}${n}`) ?? '[]') as string[];
  }

  private put(group: string, n: number, ids: readonly string[]): void {
    this.table.set(`d/${group}${n}`, ids.length === 0 ? null : JSON.stringify(ids));
  }
}
