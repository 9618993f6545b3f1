/**
 * How many records the next batch may take. A batch that fails twice is halved until what it fails for stands
 * alone; each success doubles it again.
 */
export class BatchLimit {
  private limit: number;
  private failures = 0;

  constructor(private readonly most: number) {
    this.limit = most;
  }

  get size(): number {
    return this.limit;
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
