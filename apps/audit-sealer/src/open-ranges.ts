import { type ChainHead, headAfter, makeSeal, type Seal, type SealOptions } from '@aika/audit';
import type { LogRecord } from '@aika/messaging';

export interface RangeOptions extends Pick<SealOptions, 'key' | 'retentionMs'> {
  readonly instanceId: string;
  readonly batchSize: number;
  readonly intervalMs: number;
}

/** What was read of each partition since its last seal. */
export class OpenRanges {
  private readonly heads: Map<number, ChainHead>;
  private readonly records = new Map<number, LogRecord[]>();
  private since = Infinity;

  constructor(
    heads: readonly ChainHead[],
    private readonly options: RangeOptions,
  ) {
    this.heads = new Map(heads.map((head) => [head.partition, head]));
  }

  /** Records that wait for their seal. */
  get size(): number {
    return [...this.records.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Records of partitions whose chain is broken are passed over. */
  add(records: readonly LogRecord[], now: number): void {
    for (const record of records) {
      if (!this.heads.has(record.partition)) continue;
      const range = this.records.get(record.partition);
      if (range) range.push(record);
      else this.records.set(record.partition, [record]);
      this.since = Math.min(this.since, now);
    }
  }

  isDue(now: number): boolean {
    const { batchSize, intervalMs } = this.options;
    return this.size >= batchSize || now - this.since >= intervalMs;
  }

  /** One seal for each partition that has records. The heads stay where they are until these are committed. */
  seal(sealedAt: string): readonly Seal[] {
    const { key, retentionMs, instanceId } = this.options;
    return [...this.records].map(([partition, records]) =>
      makeSeal(this.heads.get(partition)!, records, { key, retentionMs, sealedAt, sealer: instanceId }),
    );
  }

  committed(seals: readonly Seal[]): void {
    for (const seal of seals) this.heads.set(seal.partition, headAfter(seal));
    this.records.clear();
    this.since = Infinity;
  }
}
