/** Fewer records say too little about the time that one of them takes. */
const TELLING_RECORDS = 50;
/** Weight of the latest batch in the time that a record takes. */
const LATEST = 0.3;

/**
 * How many records the next batch may take. A batch that fails twice is halved until what it fails for stands
 * alone; each success doubles it again. And no more than can be handled, and committed, in `batchMs` each: so
 * long an urgent message waits for the batch before it.
 */
export class BatchLimit {
  private limit: number;
  private failures = 0;
  private readonly msPerRecord = { handling: 0, commit: 0 };

  constructor(
    private readonly most: number,
    private readonly batchMs: number,
  ) {
    this.limit = most;
  }

  get size(): number {
    const { handling, commit } = this.msPerRecord;
    return Math.max(1, Math.min(this.limit, Math.floor(this.batchMs / Math.max(handling, commit))));
  }

  /** True while what makes a batch fail is sought among ever fewer records. */
  get isSeeking(): boolean {
    return this.limit < this.most;
  }

  /** Notes how long a step took with so many records, milliseconds. */
  took(step: 'handling' | 'commit', records: number, ms: number): void {
    if (records === 0 || (records < TELLING_RECORDS && ms < this.batchMs / 2)) return;
    const latest = ms / records;
    const before = this.msPerRecord[step] || latest;
    this.msPerRecord[step] = (1 - LATEST) * before + LATEST * latest;
  }

  succeeded(): void {
    this.failures = 0;
    this.limit = Math.min(this.most, this.limit * 2);
  }

  /** @returns true when a single record has failed twice: it is the culprit, if the error is about content */
  failed(records: number): boolean {
    this.failures++;
    if (this.failures < 2) return false;
    this.limit = Math.max(1, Math.min(this.limit, Math.floor(records / 2)));
    return records === 1;
  }
}
