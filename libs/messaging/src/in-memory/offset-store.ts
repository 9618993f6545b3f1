import type { PositionState, TopicPartition, TopicPartitionOffset } from '../ports/index.js';
import type { TransactionState } from './partition-log.js';

interface Commit {
  readonly transaction: TransactionState;
  readonly groupId: string;
  readonly offsets: readonly TopicPartitionOffset[];
  readonly owner: string | undefined;
}

interface Stored {
  readonly position: TopicPartitionOffset;
  readonly owner: string | undefined;
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
    for (const { groupId, offsets, owner, written } of settled) {
      for (const { topic, partition, offset } of offsets) {
        const key = keyOf(groupId, { topic, partition });
        if ((this.committed.get(key)?.written ?? 0) > written) continue;
        this.committed.set(key, { position: { topic, partition, offset }, owner, written });
      }
    }
  }

  /** The committed offset of one partition, whatever is pending. */
  of(groupId: string, at: TopicPartition): number | undefined {
    return this.committed.get(keyOf(groupId, at))?.position.offset;
  }

  /** Undefined while a transaction may still move one of them. Absent = never committed. */
  stable(groupId: string, partitions: readonly TopicPartition[]): TopicPartitionOffset[] | undefined {
    if (this.states(groupId, partitions).some(({ isPending }) => isPending)) return undefined;
    return partitions.flatMap((at) => this.committed.get(keyOf(groupId, at))?.position ?? []);
  }

  states(groupId: string, partitions: readonly TopicPartition[]): readonly PositionState[] {
    const pending = this.pending.filter((commit) => commit.groupId === groupId);
    const moved = new Set(pending.flatMap(({ offsets }) => offsets.map((at) => keyOf(groupId, at))));
    return partitions.map(({ topic, partition }) => {
      const key = keyOf(groupId, { topic, partition });
      return { topic, partition, owner: this.committed.get(key)?.owner, isPending: moved.has(key) };
    });
  }
}

function keyOf(groupId: string, { topic, partition }: TopicPartition): string {
  return `${groupId} ${topic}-${partition}`;
}
