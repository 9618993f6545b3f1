import type {
  Membership,
  OutgoingRecord,
  TopicPartitionOffset,
  Transaction,
  TransactionalWriter,
} from '../ports/index.js';
import { LogError } from '../ports/index.js';
import type { OperationName } from './fault.js';
import type { SimulatedProcess } from './simulated-process.js';

/** A transactional writer whose steps can fail; broken after the first that did. */
export class SimulatedTransactionalWriter implements TransactionalWriter {
  private failed = false;
  /** Whether a commit is on its way whose outcome the process does not know: it must not be taken back. */
  private isUndecided = false;

  constructor(
    private readonly inner: TransactionalWriter,
    private readonly process: SimulatedProcess,
  ) {}

  get broken(): boolean {
    return this.failed || this.inner.broken;
  }

  async begin(): Promise<Transaction> {
    const transaction = await this.step('begin', async () => {
      this.assertWhole();
      return this.inner.begin();
    });
    return {
      send: (records: readonly OutgoingRecord[]) =>
        this.step('send', () => this.whole(() => transaction.send(records))),
      commitOffsets: (membership: Membership, offsets: readonly TopicPartitionOffset[]) =>
        this.step('commitOffsets', () => this.whole(() => transaction.commitOffsets(membership, offsets))),
      commit: () => this.commit(transaction),
      abort: () => this.step('abort', () => transaction.abort()),
    };
  }

  async close(): Promise<void> {
    if (!this.isUndecided) await this.process.outside(() => this.inner.close());
  }

  private async commit(transaction: Transaction): Promise<void> {
    this.assertWhole();
    try {
      await this.step('commit', () => transaction.commit());
    } catch (error) {
      this.isUndecided = error instanceof LogError && error.code === 'COMMIT_OUTCOME_UNKNOWN';
      throw error;
    }
  }

  private async step<T>(name: OperationName, request: () => Promise<T>): Promise<T> {
    try {
      return await this.process.operation(name, request);
    } catch (error) {
      this.failed = true;
      throw error;
    }
  }

  private async whole<T>(work: () => Promise<T>): Promise<T> {
    this.assertWhole();
    return work();
  }

  private assertWhole(): void {
    if (this.failed) throw new LogError('TRANSACTION_FAILED', 'an earlier step failed', true);
  }
}
