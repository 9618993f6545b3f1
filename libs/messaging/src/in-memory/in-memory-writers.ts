import {
  LogError,
  type Membership,
  type OutgoingRecord,
  type RecordWriter,
  type TopicPartitionOffset,
  type Transaction,
  type TransactionalWriter,
  type TransactionalWriterOptions,
} from '../ports/index.js';
import type { Broker } from './in-memory-broker.js';
import type { OpenTransaction, WriterIdentity } from './transaction-coordinator.js';

export class InMemoryWriter implements RecordWriter {
  private closed = false;

  constructor(private readonly broker: Broker) {}

  async send(records: readonly OutgoingRecord[]): Promise<readonly TopicPartitionOffset[]> {
    if (this.closed) throw new LogError('CLOSED', 'the writer is closed', false);
    this.broker.assertWritable(records);
    const now = this.broker.clock();
    const positions = records.map((record) => {
      const offset = this.broker.partition(record).append(record, now);
      return { topic: record.topic, partition: record.partition, offset };
    });
    this.broker.changed();
    return positions;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

export class InMemoryTransactionalWriter implements TransactionalWriter {
  private current: InMemoryTransaction | undefined;
  private failed = false;
  private closed = false;

  private constructor(
    private readonly broker: Broker,
    private readonly options: TransactionalWriterOptions,
    private readonly identity: WriterIdentity,
  ) {}

  /** Fences earlier writers at once; resolves when what they left open is aborted everywhere. */
  static async create(
    broker: Broker,
    options: TransactionalWriterOptions,
  ): Promise<InMemoryTransactionalWriter> {
    await broker.transactions.completed(options.transactionalId);
    const identity = broker.transactions.register(options.transactionalId);
    broker.changed();
    await broker.transactions.completed(options.transactionalId);
    return new InMemoryTransactionalWriter(broker, options, identity);
  }

  get broken(): boolean {
    return this.failed;
  }

  async begin(): Promise<Transaction> {
    const { transactionalId } = this.options;
    if (this.closed) throw new LogError('CLOSED', `writer ${transactionalId} is closed`, false);
    if (this.failed) throw new LogError('TRANSACTION_FAILED', `writer ${transactionalId} is broken`, true);
    if (this.current !== undefined) {
      throw new LogError('TRANSACTION_FAILED', `writer ${transactionalId} has an open transaction`, false);
    }
    this.current = new InMemoryTransaction(this.broker, this.identity, this.options, {
      onFailure: () => {
        this.failed = true;
      },
      onEnd: () => {
        this.current = undefined;
      },
    });
    return this.current;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.current?.abort();
  }
}

interface TransactionHooks {
  onFailure(): void;
  onEnd(): void;
}

class InMemoryTransaction implements Transaction {
  private transaction: OpenTransaction | undefined;
  private state: 'open' | 'failed' | 'ended' = 'open';

  constructor(
    private readonly broker: Broker,
    private readonly identity: WriterIdentity,
    private readonly options: TransactionalWriterOptions,
    private readonly hooks: TransactionHooks,
  ) {}

  async send(records: readonly OutgoingRecord[]): Promise<readonly TopicPartitionOffset[]> {
    if (records.length === 0) return [];
    await this.broker.transactions.completed(this.identity.transactionalId);
    return this.step(() => {
      this.broker.assertWritable(records);
      const transaction = this.begun();
      const now = this.broker.clock();
      return records.map((record) => {
        const partition = this.broker.partition(record);
        transaction.partitions.add(partition);
        const offset = partition.append(record, now, transaction);
        return { topic: record.topic, partition: record.partition, offset };
      });
    });
  }

  async commitOffsets(membership: Membership, offsets: readonly TopicPartitionOffset[]): Promise<void> {
    if (offsets.length === 0) return;
    await this.broker.transactions.completed(this.identity.transactionalId);
    this.step(() => {
      const transaction = this.begun();
      this.broker.group(membership.groupId).assertCurrent(membership);
      const { owner } = this.options;
      this.broker.offsets.add({ transaction, groupId: membership.groupId, offsets, owner });
    });
  }

  async commit(): Promise<void> {
    if (this.state !== 'open') throw this.notOpen();
    const { transactionalId } = this.identity;
    const fate = this.broker.fateOfCommit(transactionalId);
    try {
      if (fate !== 'request-lost' && this.transaction !== undefined) {
        this.broker.transactions.end(this.identity, this.transaction, 'committed');
        this.broker.changed();
      }
      if (fate !== 'answered') {
        throw new LogError('COMMIT_OUTCOME_UNKNOWN', `commit of ${transactionalId}: no answer`, true);
      }
    } catch (error) {
      this.hooks.onFailure();
      throw error;
    } finally {
      this.end();
    }
  }

  async abort(): Promise<void> {
    if (this.state === 'ended') return;
    try {
      if (this.transaction?.status === 'open') {
        this.broker.transactions.end(this.identity, this.transaction, 'aborted');
        this.broker.changed();
      }
    } catch {
      // Fenced: whoever took over has aborted it.
      this.hooks.onFailure();
    }
    this.end();
  }

  private begun(): OpenTransaction {
    this.broker.transactions.assertCurrent(this.identity);
    this.transaction ??= this.broker.transactions.begin(this.identity, this.options.transactionTimeoutMs);
    return this.transaction;
  }

  private step<T>(work: () => T): T {
    if (this.state !== 'open') throw this.notOpen();
    try {
      return work();
    } catch (error) {
      this.state = 'failed';
      this.hooks.onFailure();
      throw error;
    }
  }

  private end(): void {
    this.state = 'ended';
    this.hooks.onEnd();
  }

  private notOpen(): LogError {
    return this.state === 'failed'
      ? new LogError('TRANSACTION_FAILED', 'an earlier step of the transaction failed', true)
      : new LogError('CLOSED', 'the transaction is over', false);
  }
}
