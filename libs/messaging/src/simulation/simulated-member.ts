import type { Buffered, GroupMember, LogRecord, Membership, TopicPartitionOffset } from '../ports/index.js';
import type { SimulatedProcess } from './simulated-process.js';

/** While nothing changes, only time can bring something: a session that ends, a transaction that is overdue. */
const RECHECK_MS = 100;

/**
 * A member that asks the log again and again instead of leaving a wait there: what stands still or is dead
 * asks nothing, so the group gives it up.
 */
export class SimulatedMember implements GroupMember {
  private told: Membership | undefined;
  private woken = Promise.withResolvers<void>();
  private isWoken = false;

  constructor(
    private readonly inner: GroupMember,
    private readonly process: SimulatedProcess,
    private readonly nextChange: (ms: number) => Promise<void>,
  ) {}

  get membership(): Membership | undefined {
    return this.told;
  }

  get buffered(): Buffered {
    return this.inner.buffered;
  }

  async poll(options: {
    readonly maxRecords: number;
    readonly waitMs: number;
  }): Promise<readonly LogRecord[]> {
    const answer = await this.process.operation('poll', () => this.ask(options));
    this.told = answer.membership;
    return answer.records;
  }

  wake(): void {
    this.isWoken = true;
    this.woken.resolve();
  }

  rewind(positions: readonly TopicPartitionOffset[]): Promise<void> {
    return this.process.outside(() => this.inner.rewind(positions));
  }

  async leave(): Promise<void> {
    await this.process.operation('leave', () => this.inner.leave());
    this.told = undefined;
  }

  private async ask({ maxRecords, waitMs }: { readonly maxRecords: number; readonly waitMs: number }) {
    const end = performance.now() + waitMs;
    for (;;) {
      const before = this.inner.membership;
      const records = await this.inner.poll({ maxRecords, waitMs: 0 });
      const { membership } = this.inner;
      const isOver = this.isWoken || performance.now() >= end;
      if (records.length > 0 || membership !== before || isOver) {
        this.slept();
        return { records, membership };
      }
      await Promise.race([
        this.nextChange(Math.min(RECHECK_MS, end - performance.now())),
        this.woken.promise,
      ]);
      await this.process.wait(this.process.latency());
    }
  }

  private slept(): void {
    this.isWoken = false;
    this.woken = Promise.withResolvers();
  }
}
