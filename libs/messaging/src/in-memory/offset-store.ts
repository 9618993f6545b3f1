import type { TopicPartition, TopicPartitionOffset } from '../ports/index.js';
import type { TransactionState } from './partition-log.js';

interface Commit {
  readonly transaction: TransactionState;
  readonly groupId: string;
  readonly offsets: readonly TopicPartitionOffset[];
}

interface Stored {
  readonly position: TopicPartitionOffset;
  /** When it was written: markers may come in another order, and the later commit stays. */
  readonly written: number;
}

/** Committed offsets of all groups, and those that open transactions are about to commit. */
export class OffsetStore {
  private readonly committed = new Map<string, Stored>();
  private pending: (Commit & { readonly written: number })[] = [];
  private written = 0;

  add(commit: Commit): void {
    this.written += 1;
    this.pending.push({ ...commit, written: this.written });
  }

  /** Applies or drops what the transaction brought, by how it ended. */
  settle(transaction: TransactionState): void {
    const settled = this.pending.filter((commit) => commit.transaction === transaction);
    this.pending = this.pending.filter((commit) => commit.transaction !== transaction);
    if (transaction.status !== 'committed') return;
    for (const { groupId, offsets, written } of settled) {
      for (const { topic, partition, offset } of offsets) {
        const key = keyOf(groupId, { topic, partition });
        if ((this.committed.get(key)?.written ?? 0) > written) continue;
        this.committed.set(key, { position: { topic, partition, offset }, written });
      }
    }
  }

  /** The committed offset of one partition, whatever is pending. */
  of(groupId: string, at: TopicPartition): number | undefined {
    return this.committed.get(keyOf(groupId, at))?.position.offset;
  }

  /** Undefined while a transaction may still move one of them. Absent = never committed. */
  stable(groupId: string, partitions: readonly TopicPartition[]): TopicPartitionOffset[] | undefined {
    const wanted = new Set(partitions.map((at) => keyOf(groupId, at)));
    const unstable = this.pending.some(
      (commit) => commit.groupId === groupId && commit.offsets.some((at) => wanted.has(keyOf(groupId, at))),
    );
    if (unstable) return undefined;
    return [...wanted].flatMap((key) => this.committed.get(key)?.position ?? []);
  }
}

function keyOf(groupId: string, { topic, partition }: TopicPartition): string {
  return `${groupId} ${topic}-${partition}`;
}
