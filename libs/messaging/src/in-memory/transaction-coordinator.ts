import { LogError } from '../ports/index.js';
import type { OffsetStore } from './offset-store.js';
import type { PartitionLog, TransactionState } from './partition-log.js';

/** A transaction under way, with what its end has to touch. */
export interface OpenTransaction extends TransactionState {
  readonly partitions: Set<PartitionLog>;
  readonly deadline: number;
}

export interface WriterIdentity {
  readonly transactionalId: string;
  readonly epoch: number;
}

/** Who may write under which transactional id, and the end of transactions. */
export class TransactionCoordinator {
  private readonly epochs = new Map<string, number>();
  private readonly open = new Map<string, OpenTransaction>();

  constructor(
    private readonly offsets: OffsetStore,
    private readonly clock: () => number,
  ) {}

  /** A new writer of the id: earlier ones are fenced and their open transaction is aborted. */
  register(transactionalId: string): WriterIdentity {
    this.abortOpen(transactionalId);
    const epoch = (this.epochs.get(transactionalId) ?? -1) + 1;
    this.epochs.set(transactionalId, epoch);
    return { transactionalId, epoch };
  }

  begin(writer: WriterIdentity, timeoutMs: number): OpenTransaction {
    this.assertCurrent(writer);
    const transaction: OpenTransaction = {
      status: 'open',
      partitions: new Set(),
      deadline: this.clock() + timeoutMs,
    };
    this.open.set(writer.transactionalId, transaction);
    return transaction;
  }

  /** @throws LogError `FENCED` when the id has a newer writer or the transaction ran out of time */
  assertCurrent({ transactionalId, epoch }: WriterIdentity): void {
    this.abortOverdue();
    if (this.epochs.get(transactionalId) === epoch) return;
    throw new LogError('FENCED', `a newer writer of ${transactionalId} has taken over`, false);
  }

  end(writer: WriterIdentity, transaction: OpenTransaction, status: 'committed' | 'aborted'): void {
    this.assertCurrent(writer);
    this.open.delete(writer.transactionalId);
    this.finish(transaction, status);
  }

  /** As the broker does it: the id's epoch is raised, so that the late writer is refused. */
  abortOverdue(): void {
    const now = this.clock();
    for (const [transactionalId, { deadline }] of [...this.open]) {
      if (deadline < now) this.register(transactionalId);
    }
  }

  private abortOpen(transactionalId: string): void {
    const transaction = this.open.get(transactionalId);
    this.open.delete(transactionalId);
    if (transaction !== undefined) this.finish(transaction, 'aborted');
  }

  private finish(transaction: OpenTransaction, status: 'committed' | 'aborted'): void {
    transaction.status = status;
    for (const partition of transaction.partitions) partition.appendMarker(transaction);
    this.offsets.settle(transaction);
  }
}
