import {
  LogError,
  type Membership,
  type MessageLog,
  type TopicPartitionOffset,
  type TransactionalWriter,
} from '../ports/index.js';
import type { DeliverySettings } from './runtime-options.js';
import { CHANGELOG_MARK } from './state-key.js';

export type WriterTimeouts = Pick<DeliverySettings, 'sessionTimeoutMs' | 'transactionTimeoutMs'>;

/** What a new owner of partitions writes before it reads them. */
export interface Marks {
  readonly stateTopic: string;
  readonly membership: Membership;
  /** Committed unchanged, one in every partition: they name the owner, and have the generation checked. */
  readonly positions: readonly TopicPartitionOffset[];
}

/**
 * Two transactional writers that take turns: while the log still writes the markers of one's transaction,
 * the other one's begins. Their ids are the process's own and stay the same over a restart, so that making
 * them again aborts what a dead predecessor left open. A third writes the marks of a new owner: they mean nothing
 * that could be lost, so that a dead one's need not be waited for.
 */
export class WriterPair {
  private turn = 0;

  private constructor(
    private readonly writers: readonly TransactionalWriter[],
    private readonly marker: TransactionalWriter,
  ) {}

  static async create(log: MessageLog, owner: string, timeouts: WriterTimeouts): Promise<WriterPair> {
    const { sessionTimeoutMs: stepTimeoutMs, transactionTimeoutMs } = timeouts;
    const lasting = { owner, stepTimeoutMs, transactionTimeoutMs };
    const passing = { owner, transactionTimeoutMs: Math.min(stepTimeoutMs, transactionTimeoutMs) };
    const made = await Promise.allSettled([
      log.createTransactionalWriter({ transactionalId: `${owner}-0`, ...lasting }),
      log.createTransactionalWriter({ transactionalId: `${owner}-1`, ...lasting }),
      log.createTransactionalWriter({ transactionalId: `${owner}-m`, ...passing }),
    ]);
    const writers = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = made.find((result) => result.status === 'rejected');
    const marker = writers.pop();
    if (failed === undefined && marker !== undefined) return new WriterPair(writers, marker);
    await Promise.allSettled([...writers, marker].map((writer) => writer?.close()));
    throw failed?.reason as Error;
  }

  next(): TransactionalWriter {
    const writer = this.writers[this.turn++ % this.writers.length];
    if (!writer) throw new Error('A pair without writers.');
    return writer;
  }

  /**
   * Writes an empty record to the changelog of each position's partition.
   *
   * @returns partition number and offset
   * @throws LogError of any step; the pair is of no further use then
   */
  async appendMarks({
    stateTopic: topic,
    membership,
    positions,
  }: Marks): Promise<ReadonlyMap<number, number>> {
    if (positions.length === 0) return new Map();
    const transaction = await this.marker.begin();
    const marks = positions.map(({ partition }) => ({ topic, partition, key: CHANGELOG_MARK, value: null }));
    const appended = await transaction.send(marks);
    await transaction.commitOffsets(membership, positions);
    await transaction.commit();
    if (appended.some(({ offset }) => offset < 0)) {
      throw new LogError('TRANSACTION_FAILED', 'The log does not tell where it has put a record.', true);
    }
    return new Map(appended.map(({ partition, offset }) => [partition, offset]));
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.writers, this.marker].map((writer) => writer.close()));
  }
}
