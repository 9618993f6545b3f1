import type { LogRecord, RuntimeLogger } from '@aika/messaging';
import { applyBatch, type ViewsDatabase } from '@aika/views';
import { noChanges, type RecordReader } from './record-reader.js';
import type { Standing } from './standing.js';

/** SQLSTATE classes of a value that a table does not take: they fail however often they are tried. */
const DATA_FAULT = /^2[23]/;

export interface BatchProjectionOptions {
  readonly db: ViewsDatabase;
  readonly reader: RecordReader;
  readonly logger: RuntimeLogger;
}

/** Brings records into the views, rows and positions in one transaction. */
export class BatchProjection {
  /** Records that a table refused, since the start. */
  refused = 0;

  constructor(private readonly options: BatchProjectionOptions) {}

  /**
   * A record that the database refuses for its values is found by halving and passed over: it must not stop its
   * partition for ever.
   * @returns the number of records that were new
   * @throws PositionConflict; the database's own error when it is away
   */
  async project(records: readonly LogRecord[], standing: Standing): Promise<number> {
    const { fresh, moves } = standing.advance(records);
    if (fresh.length === 0) return 0;
    const changes = noChanges();
    for (const [record, latestMs] of fresh) this.options.reader.read(record, latestMs, changes);
    try {
      await applyBatch(this.options.db, { moves, ...changes });
    } catch (error) {
      if (!isDataFault(error)) throw error;
      return this.halved(
        fresh.map(([record]) => record),
        standing,
        error,
      );
    }
    standing.moved(moves);
    return fresh.length;
  }

  private async halved(
    records: readonly LogRecord[],
    standing: Standing,
    error: { readonly code: string },
  ): Promise<number> {
    const [first] = records;
    if (records.length > 1) {
      const middle = Math.ceil(records.length / 2);
      const done = await this.project(records.slice(0, middle), standing);
      return done + (await this.project(records.slice(middle), standing));
    }
    if (!first) return 0;
    const { moves } = standing.advance(records);
    await applyBatch(this.options.db, { moves, ...noChanges() });
    standing.moved(moves);
    this.refused += 1;
    const { topic, partition, offset } = first;
    // Not the database's message: it repeats values.
    this.options.logger.error('record not projected: the database refuses its values', {
      ...{ topic, partition, offset },
      code: error.code,
    });
    return 1;
  }
}

function isDataFault(error: unknown): error is { readonly code: string } {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && DATA_FAULT.test(code);
}
