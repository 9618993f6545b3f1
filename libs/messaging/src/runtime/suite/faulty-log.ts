import type {
  MessageLog,
  OutgoingRecord,
  Transaction,
  TransactionalWriter,
  TransactionalWriterOptions,
} from '../../ports/index.js';
import { CHANGELOG_MARK } from '../state-key.js';

/** Called around the step: a promise holds it up, a throw is the log's failure. */
export interface TransactionFaults {
  readonly beforeSend?: (records: readonly OutgoingRecord[]) => Promise<void> | void;
  readonly beforeCommit?: () => Promise<void> | void;
  /** A throw is an answer that was lost. */
  readonly afterCommit?: () => Promise<void> | void;
}

/** A log whose transactions meet faults. */
export function withFaults(log: MessageLog, faults: TransactionFaults): MessageLog {
  return Object.assign(Object.create(log) as MessageLog, {
    async createTransactionalWriter(options: TransactionalWriterOptions): Promise<TransactionalWriter> {
      const writer = await log.createTransactionalWriter(options);
      return Object.assign(Object.create(writer) as TransactionalWriter, {
        begin: async () => faultyTransaction(await writer.begin(), faults),
      });
    },
  });
}

/** Batches meet the faults; the marks that a new owner writes before it reads do not. */
function faultyTransaction(transaction: Transaction, batchFaults: TransactionFaults): Transaction {
  let faults = batchFaults;
  return {
    send: async (records) => {
      if (records.every(({ key }) => key === CHANGELOG_MARK)) faults = {};
      await faults.beforeSend?.(records);
      return transaction.send(records);
    },
    commitOffsets: (membership, offsets) => transaction.commitOffsets(membership, offsets),
    commit: async () => {
      await faults.beforeCommit?.();
      await transaction.commit();
      await faults.afterCommit?.();
    },
    abort: () => transaction.abort(),
  };
}
