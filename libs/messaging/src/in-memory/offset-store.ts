import type { TopicPartition, TopicPartitionOffset } from '../ports/index.js';
import type { TransactionState } from './partition-log.js';

interface PendingCommit {
  readonly transaction: TransactionState;
  readonly groupId: string;
  readonly offsets: readonly TopicPartitionOffset[];
}

/** Committed offsets of all groups, and those that open transactions are about to commit. */
export class OffsetStore {
  private readonly committed = new Map<string, TopicPartitionOffset>();
  private pending: PendingCommit[] = [];

  add(commit: PendingCommit): void {
    this.pending.push(commit);
  }

  /** Applies or drops what the transaction brought, by how it ended. */
  settle(transaction: TransactionState): void {
    const settled = this.pending.filter((commit) => commit.transaction === transaction);
    this.pending = this.pending.filter((commit) => commit.transaction !== transaction);
    if (transaction.status !== 'committed') return;
    for (const { groupId, offsets } of settled) {
      for (const { topic, partition, offset } of offsets) {
        this.committed.set(keyOf(groupId, { topic, partition }), { topic, partition, offset });
      }
    }
  }

  /** Undefined while a transaction may still move one of them. Absent = never committed. */
  stable(groupId: string, partitions: readonly TopicPartition[]): TopicPartitionOffset[] | undefined {
    const wanted = new Set(partitions.map((at) => keyOf(groupId, at)));
    const unstable = this.pending.some(
      (commit) => commit.groupId === groupId && commit.offsets.some((at) => wanted.has(keyOf(groupId, at))),
    );
    if (unstable) return undefined;
    return [...wanted].flatMap((key) => this.committed.get(key) ?? []);
  }
}

function keyOf(groupId: string, { topic, partition }: TopicPartition): string {
  return `${groupId} ${topic}-${partition}`;
}
