/** What a commit costs however few the records are makes smaller batches useless. */
const SMALLEST = { handling: 1, commit: 500 } as const;
const GROWTH = 1.5;

type Step = keyof typeof SMALLEST;

/**
 * How many records the next batch may take. A batch that fails twice is halved until what it fails for stands
 * alone; each success doubles it again. And no more than can be handled, and committed, in `batchMs` each: so
 * long an urgent message waits for the batch before it.
 */
export class BatchLimit {
  private limit: number;
  private failures = 0;
  private readonly pace: Record<Step, number>;

  constructor(
    private readonly most: number,
    private readonly batchMs: number,
  ) {
    this.limit = most;
    this.pace = { handling: most, commit: most };
  }

  get size(): number {
    return Math.min(this.limit, this.pace.handling, this.pace.commit);
  }

  /** True while what makes a batch fail is sought among ever fewer records. */
  get isSeeking(): boolean {
    return this.limit < this.most;
  }

  /**
   * Notes how long a step took with so many records, milliseconds. Too long: fewer, in proportion. Otherwise more,
   * but only after a batch that was about as long as it could be: others tell nothing of longer ones.
   */
  took(step: Step, records: number, ms: number): void {
    const pace = this.pace[step];
    if (ms > this.batchMs && records > 0) {
      const fitting = Math.floor((records * this.batchMs) / ms);
      this.pace[step] = Math.min(pace, Math.max(SMALLEST[step], fitting));
    } else if (records >= this.size / 2 && ms * GROWTH < this.batchMs) {
      this.pace[step] = Math.min(this.most, Math.ceil(pace * GROWTH));
    }
  }

  succeeded(): void {
    this.failures = 0;
    this.limit = Math.min(this.most, this.limit * 2);
  }

  /** A batch of so many records has failed. */
  failed(records: number): void {
    this.failures++;
    if (this.failures < 2) return;
    this.limit = Math.max(1, Math.min(this.limit, Math.floor(records / 2)));
  }
}
