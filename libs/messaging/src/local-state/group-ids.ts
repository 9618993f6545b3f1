/** What the ids of a group are kept in. */
export interface IdTable {
  get(key: string): string | undefined;
  set(key: string, value: string | null): void;
}

const IDS_PER_CHUNK = 128;

/** The last chunk, and which others there are. */
interface Head {
  readonly first: number;
  readonly last: number;
  readonly ids: readonly string[];
}

/**
 * Which ids a group has: LevelDB's ranges are asynchronous in this binding, and a handler's `list` is not. Ids lie in
 * chunks, so that a new one costs the same in a group of ten and of ten thousand; each entry keeps its chunk's number.
 *
 * `d/<group>` is `<first chunk>,<last chunk>:<ids of the last one as JSON>`, `d/<group><n>` the ids of an earlier one.
 */
export class GroupIds {
  constructor(private readonly table: IdTable) {}

  /** @returns the number of the chunk that holds the id from now on */
  insert(group: string, id: string): number {
    const head = this.head(group) ?? { first: 0, last: 0, ids: [] };
    if (head.ids.length < IDS_PER_CHUNK) {
      this.setHead(group, { ...head, ids: [...head.ids, id] });
      return head.last;
    }
    this.setChunk(group, head.last, head.ids);
    this.setHead(group, { ...head, last: head.last + 1, ids: [id] });
    return head.last + 1;
  }

  delete(group: string, id: string, chunk: number): void {
    const head = this.head(group);
    if (!head) return;
    const ids = chunk === head.last ? head.ids.filter((known) => known !== id) : head.ids;
    if (chunk !== head.last) {
      this.setChunk(
        group,
        chunk,
        this.chunk(group, chunk).filter((known) => known !== id),
      );
    }
    let { first } = head;
    while (first < head.last && this.chunk(group, first).length === 0) first += 1;
    const isEmpty = first === head.last && ids.length === 0;
    this.setHead(group, isEmpty ? undefined : { ...head, first, ids });
  }

  *list(group: string): Iterable<string> {
    const head = this.head(group);
    if (!head) return;
    for (let n = head.first; n < head.last; n += 1) yield* this.chunk(group, n);
    yield* head.ids;
  }

  private head(group: string): Head | undefined {
    const text = this.table.get(`d/${group}`);
    if (text === undefined) return undefined;
    const colon = text.indexOf(':');
    const [first = 0, last = 0] = text.slice(0, colon).split(',').map(Number);
    return { first, last, ids: JSON.parse(text.slice(colon + 1)) as string[] };
  }

  private setHead(group: string, head: Head | undefined): void {
    this.table.set(`d/${group}`, head ? `${head.first},${head.last}:${JSON.stringify(head.ids)}` : null);
  }

  private chunk(group: string, n: number): readonly string[] {
    return JSON.parse(this.table.get(`d/${group}${n}`) ?? '[]') as string[];
  }

  private setChunk(group: string, n: number, ids: readonly string[]): void {
    this.table.set(`d/${group}${n}`, ids.length === 0 ? null : JSON.stringify(ids));
  }
}
