import { sql } from 'kysely';
import type { LogRecord, MessageLog, RuntimeLogger, TopicPartition } from '@aika/messaging';
import {
  carryOver,
  migrateViews,
  openViews,
  readPositions,
  type Schemas,
  type ViewsDatabase,
  VIEWS_SCHEMA,
} from '@aika/views';
import { BatchProjection } from '../batch-projection.js';
import type { RecordReader } from '../record-reader.js';
import { Standing } from '../standing.js';

export interface ShadowOptions {
  readonly databaseUrl: string;
  readonly log: MessageLog;
  readonly reader: RecordReader;
  readonly logger: RuntimeLogger;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (projected: number) => void;
}

export const SCHEMAS: Schemas = { live: VIEWS_SCHEMA, next: `${VIEWS_SCHEMA}_next` };

/** Offsets up to which the views shall stand, by partition. */
export type Target = ReadonlyMap<string, number>;

/** Views in a schema of their own, folded from the beginning of the log. */
export class ShadowViews {
  private projected = 0;
  /** First offsets that the log kept when the rest was last carried over. */
  private readonly carried = new Map<string, number>();

  private constructor(
    readonly db: ViewsDatabase,
    /** The whole database, with the live views. */
    readonly live: ViewsDatabase,
    private readonly standing: Standing,
    private readonly partitions: readonly TopicPartition[],
    private readonly options: ShadowOptions,
    private readonly projection: BatchProjection,
  ) {}

  /** Makes empty ones in the place of what an earlier attempt left. */
  static async create(options: ShadowOptions): Promise<ShadowViews> {
    const { databaseUrl, log, reader } = options;
    const live = openViews(databaseUrl, { maxConnections: 4, applicationName: 'aika-rebuild' });
    const db = openViews(databaseUrl, {
      schema: SCHEMAS.next,
      maxConnections: 2,
      applicationName: 'aika-rebuild',
    });
    await migrateViews(live);
    await sql`drop schema if exists ${sql.id(SCHEMAS.next)} cascade`.execute(live);
    await migrateViews(db, SCHEMAS.next);
    const partitions = await allPartitions(log, reader);
    const standing = await Standing.load(db, log, partitions);
    return new ShadowViews(db, live, standing, partitions, options, new BatchProjection({ ...options, db }));
  }

  /** Where the live views stand; undefined when they were read from another log, or never. */
  async liveTarget(db: ViewsDatabase = this.live): Promise<Target | undefined> {
    const topics = [...new Set(this.partitions.map(({ topic }) => topic))];
    const positions = await readPositions(db, topics);
    const isOther = positions.some((position) => position.topicId !== this.standing.of(position)?.topicId);
    if (positions.length === 0 || isOther) return undefined;
    return new Map(positions.map((position) => [keyOf(position), position.next]));
  }

  /** The end of the log at this moment, behind which no transaction is open. */
  async logTarget(): Promise<Target> {
    const ends = await Promise.all(
      this.partitions.map(async (at) => [keyOf(at), (await this.options.log.offsets(at)).stableEnd] as const),
    );
    return new Map(ends);
  }

  /** Takes over what the log does not keep any more. */
  async carryOver(): Promise<void> {
    const starts = await Promise.all(
      this.partitions.map(async (at) => ({
        ...at,
        from: this.carried.get(keyOf(at)) ?? 0,
        start: (await this.options.log.offsets(at)).start,
      })),
    );
    await carryOver(this.db, SCHEMAS, starts);
    for (const { start, ...at } of starts) this.carried.set(keyOf(at), start);
  }

  /** Folds what is missing up to a target. @returns the number of records */
  async catchUp(target: Target): Promise<number> {
    const before = this.projected;
    for (const at of this.partitions) await this.catchUpOn(at, target.get(keyOf(at)) ?? 0);
    return this.projected - before;
  }

  async close(): Promise<void> {
    try {
      await sql`drop schema if exists ${sql.id(SCHEMAS.next)} cascade`.execute(this.live);
    } finally {
      await Promise.all([this.db.destroy(), this.live.destroy()]);
    }
  }

  private async catchUpOn(at: TopicPartition, until: number): Promise<void> {
    const { log, batchSize, signal } = this.options;
    const start = this.standing.readFrom.find((from) => keyOf(from) === keyOf(at))?.offset ?? 0;
    const from = Math.max(this.standing.of(at)?.next ?? 0, start);
    if (from >= until) return;
    let waiting: LogRecord[] = [];
    for await (const records of log.read(at, { from, until, signal })) {
      waiting.push(...records);
      while (waiting.length >= batchSize) {
        await this.project(waiting.slice(0, batchSize));
        waiting = waiting.slice(batchSize);
      }
    }
    if (waiting.length > 0) await this.project(waiting);
    signal.throwIfAborted();
  }

  private async project(records: readonly LogRecord[]): Promise<void> {
    this.projected += await this.projection.project(records, this.standing);
    this.options.onProgress?.(this.projected);
  }
}

async function allPartitions(log: MessageLog, reader: RecordReader): Promise<readonly TopicPartition[]> {
  const topics = [...reader.keyedTopics, reader.directory];
  const counts = await Promise.all(topics.map((topic) => log.partitionCount(topic)));
  return topics.flatMap((topic, index) =>
    Array.from({ length: counts[index] ?? 0 }, (_, partition) => ({ topic, partition })),
  );
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
