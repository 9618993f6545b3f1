/** Fewer records say too little about the time that one of them takes. */
const TELLING_RECORDS = 50;
/** Weight of the latest batch in the time that a record takes. */
const LATEST = 0.3;

/**
 * How many records the next batch may take. A batch that fails twice is halved until what it fails for stands
 * alone; each success doubles it again. And no more than can be handled in `batchMs`: so long a message that is
 * urgent waits for the batch before it.
 */
export class BatchLimit {
  private limit: number;
  private failures = 0;
  private msPerRecord = 0;

  constructor(
    private readonly most: number,
    private readonly batchMs: number,
  ) {
    this.limit = most;
  }

  get size(): number {
    return Math.max(1, Math.min(this.limit, Math.floor(this.batchMs / this.msPerRecord)));
  }

  /** True while what makes a batch fail is sought among ever fewer records. */
  get isSeeking(): boolean {
    return this.limit < this.most;
  }

  /** Notes how long so many records took, milliseconds. */
  took(records: number, ms: number): void {
    if (records === 0 || (records < TELLING_RECORDS && ms < this.batchMs / 2)) return;
    const latest = ms / records;
    this.msPerRecord = this.msPerRecord === 0 ? latest : (1 - LATEST) * this.msPerRecord + LATEST * latest;
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
