const GROWTH = 1.5;
/** So many polled records are a backlog, and as many as could be polled. */
const MANY = 100;
/** Commits that take no longer, milliseconds, are those of brokers that have little to do. */
const QUICK_MS = 30;
/** The longest rest between two transactions, milliseconds. */
const LONGEST_REST_MS = 100;
/** Rest for each millisecond that commits take longer than quick ones. */
const REST_FACTOR = 4;
/** Weight of the last commit among those before it. */
const NEWEST = 0.2;

/**
 * How many records the next batch may take. A batch that fails twice is halved until what it fails for stands
 * alone; each success doubles it again. And no more than can be handled in `batchMs`: so long an urgent message waits
 * for the batch before it. What a commit takes says nothing here: smaller batches are more of them, not shorter ones.
 */
export class BatchLimit {
  private limit: number;
  private failures = 0;
  private pace: number;
  private polled = 0;
  private commitMs = Infinity;

  /** @param commitIntervalMs least time from one commit to the next, milliseconds; see `DeliverySettings` */
  constructor(
    private readonly most: number,
    private readonly batchMs: number,
    private readonly commitIntervalMs = 0,
  ) {
    this.limit = most;
    this.pace = most;
  }

  get size(): number {
    return Math.min(this.limit, this.pace);
  }

  /**
   * How many batches may be on their way when the next one is polled. Under a backlog, and with brokers that have little
   * to do, the next is handled while the last one commits. Otherwise all that comes meanwhile makes one batch: it is the
   * number of transactions that brokers pay for, and another one beside the first only makes both slower.
   */
  get flights(): 0 | 1 {
    return this.isBehind || (this.commitIntervalMs === 0 && this.commitMs <= QUICK_MS) ? 1 : 0;
  }

  /**
   * How long to rest after a commit, milliseconds: what is left of the interval, and more where commits are slow. Brokers
   * that take long for one have more to do than they can, and it is transactions that they have to do: with a rest, they
   * have fewer and larger ones. Nothing under a backlog, which makes large ones by itself.
   */
  get restMs(): number {
    if (this.flights > 0 || !Number.isFinite(this.commitMs)) return 0;
    const afterSlow = Math.min(LONGEST_REST_MS, REST_FACTOR * (this.commitMs - QUICK_MS));
    return Math.max(0, afterSlow, this.commitIntervalMs - this.commitMs);
  }

  private get isBehind(): boolean {
    return this.polled >= Math.min(MANY, this.size);
  }

  /** True while what makes a batch fail is sought among ever fewer records. */
  get isSeeking(): boolean {
    return this.limit < this.most;
  }

  /**
   * Notes how long so many polled records took, milliseconds, with those that were only passed over: `size` bounds
   * what is polled, and of that an agent may handle a few. Only a batch that was about as long as it could be tells
   * of long ones. Too long: fewer, in proportion; where it was a short one, half as many at most, because a process
   * that did not get the processor for a while would otherwise go on with the smallest batches. Otherwise more.
   */
  took(records: number, ms: number): void {
    this.polled = records;
    const isTelling = records >= this.size / 2;
    if (ms > this.batchMs && records > 0) {
      const fitting = Math.floor((records * this.batchMs) / ms);
      const fewest = isTelling ? 1 : Math.ceil(this.size / 2);
      this.pace = Math.min(this.pace, Math.max(fewest, fitting));
    } else if (isTelling && ms * GROWTH < this.batchMs) {
      this.pace = Math.min(this.most, Math.ceil(this.pace * GROWTH));
    }
  }

  /** A batch is committed, so long after it was handled, milliseconds. */
  succeeded(commitMs: number): void {
    this.commitMs = Number.isFinite(this.commitMs)
      ? this.commitMs + (commitMs - this.commitMs) * NEWEST
      : commitMs;
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
