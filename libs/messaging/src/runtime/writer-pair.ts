import { LogError, type MessageLog, type TransactionalWriter } from '../ports/index.js';
import { CHANGELOG_MARK } from './state-key.js';

/**
 * Two transactional writers that take turns: while the log still writes the markers of one's transaction,
 * the other one's begins. Their ids are the process's own and stay the same over a restart, so that making
 * them again aborts what a dead predecessor left open.
 */
export class WriterPair {
  private turn = 0;

  private constructor(private readonly writers: readonly TransactionalWriter[]) {}

  static async create(log: MessageLog, idPrefix: string, transactionTimeoutMs: number): Promise<WriterPair> {
    const made = await Promise.allSettled(
      [0, 1].map((n) =>
        log.createTransactionalWriter({ transactionalId: `${idPrefix}-${n}`, transactionTimeoutMs }),
      ),
    );
    const writers = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = made.find((result) => result.status === 'rejected');
    if (failed) {
      await Promise.allSettled(writers.map((writer) => writer.close()));
      throw failed.reason as Error;
    }
    return new WriterPair(writers);
  }

  next(): TransactionalWriter {
    const writer = this.writers[this.turn++ % this.writers.length];
    if (!writer) throw new Error('A pair without writers.');
    return writer;
  }

  /**
   * Writes an empty record to each of the partitions.
   *
   * @returns partition number and offset
   * @throws LogError of any step; the pair is of no further use then
   */
  async appendMarks(
    topic: string,
    partitions: readonly number[],
  ): Promise<readonly (readonly [number, number])[]> {
    if (partitions.length === 0) return [];
    const transaction = await this.next().begin();
    const marks = partitions.map((partition) => ({ topic, partition, key: CHANGELOG_MARK, value: null }));
    const positions = await transaction.send(marks);
    await transaction.commit();
    if (positions.some(({ offset }) => offset < 0)) {
      throw new LogError('TRANSACTION_FAILED', 'The log does not tell where it has put a record.', true);
    }
    return positions.map(({ partition, offset }) => [partition, offset]);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.writers.map((writer) => writer.close()));
  }
}
