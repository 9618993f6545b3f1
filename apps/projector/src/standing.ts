import type { LogRecord, MessageLog, TopicPartition, TopicPartitionOffset } from '@aika/messaging';
import {
  beginPositions,
  type Position,
  type PositionMove,
  readPositions,
  type ViewsDatabase,
} from '@aika/views';

/** The log is not the one that the views were read from: they have to be built anew. */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
  readonly code = 'LOG_REPLACED';
  readonly retriable = false;
}

/** Where the views stand on the partitions that this process reads. */
export class Standing {
  private constructor(
    private readonly positions: Map<string, Position>,
    /** Where to read on: the positions, or the first record that is still kept. */
    readonly readFrom: readonly TopicPartitionOffset[],
    /** Partitions of which records were deleted before they were read. */
    readonly missed: readonly TopicPartition[],
  ) {}

  /**
   * The positions in the database; those that are not there yet are made, at the first record.
   * @throws LogReplaced when a topic is another one than before, or ends before the position
   */
  static async load(
    db: ViewsDatabase,
    log: Pick<MessageLog, 'identity' | 'offsets'>,
    partitions: readonly TopicPartition[],
  ): Promise<Standing> {
    const topics = [...new Set(partitions.map(({ topic }) => topic))];
    const ids = new Map(
      await Promise.all(
        topics.map(async (topic) => [topic, (await log.identity(topic)).topicId ?? null] as const),
      ),
    );
    const reach = await Promise.all(partitions.map(async (at) => ({ ...at, ...(await log.offsets(at)) })));
    await beginPositions(
      db,
      reach.map(({ topic, partition, start }) => ({
        topic,
        partition,
        next: start,
        latestMs: 0,
        topicId: ids.get(topic) ?? null,
      })),
    );
    const known = new Map((await readPositions(db, topics)).map((position) => [keyOf(position), position]));
    const positions = new Map<string, Position>();
    const readFrom: TopicPartitionOffset[] = [];
    const missed: TopicPartition[] = [];
    for (const { topic, partition, start, end } of reach) {
      const position = known.get(keyOf({ topic, partition }))!;
      const topicId = ids.get(topic) ?? null;
      if (
        (position.topicId !== null && topicId !== null && position.topicId !== topicId) ||
        position.next > end
      ) {
        throw new LogReplaced(`${topic} is not the topic that the views were read from: rebuild them`);
      }
      positions.set(keyOf(position), position);
      readFrom.push({ topic, partition, offset: Math.max(position.next, start) });
      if (position.next < start) missed.push({ topic, partition });
    }
    return new Standing(positions, readFrom, missed);
  }

  has(at: TopicPartition): boolean {
    return this.positions.has(keyOf(at));
  }

  of(at: TopicPartition): Position | undefined {
    return this.positions.get(keyOf(at));
  }

  /** Records that are not in the views yet, each with the latest time of the log up to it, and the steps they are. */
  advance(records: readonly LogRecord[]): {
    readonly fresh: readonly (readonly [LogRecord, number])[];
    readonly moves: readonly PositionMove[];
  } {
    const fresh: (readonly [LogRecord, number])[] = [];
    const moves = new Map<string, PositionMove>();
    for (const record of records) {
      const { topic, partition, offset, timestamp } = record;
      const key = keyOf(record);
      const position = this.positions.get(key);
      if (!position) continue;
      const before = moves.get(key) ?? { ...position, from: position.next };
      if (offset < before.next) continue;
      const latestMs = Math.max(before.latestMs, timestamp);
      moves.set(key, { topic, partition, from: position.next, next: offset + 1, latestMs });
      fresh.push([record, latestMs]);
    }
    return { fresh, moves: [...moves.values()] };
  }

  /** To be called when the steps are committed. */
  moved(moves: readonly PositionMove[]): void {
    for (const { topic, partition, next, latestMs } of moves) {
      const position = this.positions.get(keyOf({ topic, partition }));
      if (position) this.positions.set(keyOf(position), { ...position, next, latestMs });
    }
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
