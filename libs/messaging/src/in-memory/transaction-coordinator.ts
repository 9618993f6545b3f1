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

export interface TransactionCoordinatorOptions {
  readonly offsets: OffsetStore;
  readonly clock: () => number;
  readonly markerDelayMs: () => number;
  /** Called when a marker that came later has been written. */
  readonly changed: () => void;
}

/** Who may write under which transactional id, and the end of transactions. */
export class TransactionCoordinator {
  private readonly epochs = new Map<string, number>();
  private readonly open = new Map<string, OpenTransaction>();
  /** Ids whose last transaction is decided but not yet written everywhere. */
  private readonly completing = new Map<string, Promise<void>>();

  constructor(private readonly options: TransactionCoordinatorOptions) {}

  /** A new writer of the id: earlier ones are fenced and their open transaction is aborted. */
  register(transactionalId: string): WriterIdentity {
    this.abortOpen(transactionalId);
    const epoch = (this.epochs.get(transactionalId) ?? -1) + 1;
    this.epochs.set(transactionalId, epoch);
    return { transactionalId, epoch };
  }

  /** While the last transaction of an id is being written out, the id can do nothing else. */
  async completed(transactionalId: string): Promise<void> {
    for (;;) {
      const completing = this.completing.get(transactionalId);
      if (completing === undefined) return;
      await completing;
    }
  }

  begin(writer: WriterIdentity, timeoutMs: number): OpenTransaction {
    this.assertCurrent(writer);
    const transaction: OpenTransaction = {
      status: 'open',
      partitions: new Set(),
      deadline: this.options.clock() + timeoutMs,
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
    this.finish(writer.transactionalId, transaction, status);
  }

  /** As the broker does it: the id's epoch is raised, so that the late writer is refused. */
  abortOverdue(): void {
    const now = this.options.clock();
    for (const [transactionalId, { deadline }] of [...this.open]) {
      if (deadline < now) this.register(transactionalId);
    }
  }

  private abortOpen(transactionalId: string): void {
    const transaction = this.open.get(transactionalId);
    this.open.delete(transactionalId);
    if (transaction !== undefined) this.finish(transactionalId, transaction, 'aborted');
  }

  private finish(
    transactionalId: string,
    transaction: OpenTransaction,
    status: 'committed' | 'aborted',
  ): void {
    transaction.status = status;
    const writes = [...transaction.partitions].map((partition) => () => partition.appendMarker(transaction));
    writes.push(() => this.options.offsets.settle(transaction));
    const late = writes.flatMap((write) => this.writeMarker(write) ?? []);
    if (late.length === 0) return;
    const completing = Promise.all(late).then(() => {
      this.completing.delete(transactionalId);
    });
    this.completing.set(transactionalId, completing);
  }

  /** Undefined when it is written at once. */
  private writeMarker(write: () => void): Promise<void> | undefined {
    const ms = this.options.markerDelayMs();
    if (ms > 0) {
      return new Promise((resolve) => {
        setTimeout(() => {
          write();
          this.options.changed();
          resolve();
        }, ms);
      });
    }
    write();
    return undefined;
  }
}
