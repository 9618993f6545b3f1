import type { LogRecord, OutgoingRecord, RecordHeaders } from '../ports/index.js';

/** The part of a transaction that decides what readers see. */
export interface TransactionState {
  status: 'open' | 'committed' | 'aborted';
}

type Entry =
  | {
      readonly kind: 'record';
      readonly record: LogRecord;
      readonly transaction: TransactionState | undefined;
    }
  | { readonly kind: 'marker' };

/** One partition: records and transaction markers, each with an offset of its own, as in Kafka. */
export class PartitionLog {
  private readonly entries: Entry[] = [];
  /** First offset of each transaction that is still open, in the order of the offsets. */
  private readonly firstOffsets = new Map<TransactionState, number>();

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {}

  /** Offset after the last entry, whoever may read it. */
  get end(): number {
    return this.entries.length;
  }

  /** Readers see nothing at or above this offset: an earlier transaction is still undecided. */
  get lastStableOffset(): number {
    for (const offset of this.firstOffsets.values()) return offset;
    return this.end;
  }

  append(outgoing: OutgoingRecord, now: number, transaction?: TransactionState): number {
    const offset = this.end;
    if (transaction !== undefined && !this.firstOffsets.has(transaction)) {
      this.firstOffsets.set(transaction, offset);
    }
    const { topic, partition } = this;
    this.entries.push({
      kind: 'record',
      transaction,
      record: {
        topic,
        partition,
        offset,
        key: toBytes(outgoing.key),
        value: toBytes(outgoing.value),
        headers: toHeaders(outgoing.headers ?? {}),
        timestamp: outgoing.timestamp ?? now,
      },
    });
    return offset;
  }

  /** Ends a transaction in this partition. The marker takes an offset. */
  appendMarker(transaction: TransactionState): void {
    this.firstOffsets.delete(transaction);
    this.entries.push({ kind: 'marker' });
  }

  /** Committed records from an offset on, and where to read on: past markers and aborted records. */
  read(from: number, until: number, max: number): { readonly records: LogRecord[]; readonly next: number } {
    const records: LogRecord[] = [];
    const end = Math.min(until, this.lastStableOffset);
    let next = from;
    while (next < end && records.length < max) {
      const entry = this.entries[next];
      next += 1;
      if (entry?.kind !== 'record') continue;
      if (entry.transaction === undefined || entry.transaction.status === 'committed')
        records.push(entry.record);
    }
    return { records, next };
  }

  /** Records of aborted transactions, which no committed read returns: what a client without a filter sees. */
  aborted(from: number, until: number): readonly LogRecord[] {
    return this.entries
      .slice(from, until)
      .flatMap((entry) =>
        entry.kind === 'record' && entry.transaction?.status === 'aborted' ? [entry.record] : [],
      );
  }

  /** Records from an offset on that are committed or may still be. */
  countFrom(offset: number): number {
    return this.entries
      .slice(offset)
      .filter((entry) => entry.kind === 'record' && entry.transaction?.status !== 'aborted').length;
  }

  /** Offset of the first record at or after a time; the last stable offset when there is none. */
  offsetAt(timestamp: number): number {
    const found = this.entries.findIndex(
      (entry) => entry.kind === 'record' && entry.record.timestamp >= timestamp,
    );
    return found < 0 ? this.lastStableOffset : found;
  }
}

function toBytes(content: string | Buffer | null): Buffer | null {
  return content === null ? null : Buffer.from(content);
}

function toHeaders(headers: Readonly<Record<string, string | Buffer>>): RecordHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]));
}
