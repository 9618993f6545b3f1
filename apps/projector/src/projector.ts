import { setTimeout as sleep } from 'node:timers/promises';
import {
  type GroupMember,
  type LogRecord,
  type Membership,
  type MessageLog,
  type RuntimeLogger,
  type ServiceState,
  SessionLoop,
} from '@aika/messaging';
import { migrateViews, PositionConflict, requirePostgresVersion, type ViewsDatabase } from '@aika/views';
import { BatchProjection } from './batch-projection.js';
import { DirectoryReader } from './directory-reader.js';
import type { RecordReader } from './record-reader.js';
import { Standing } from './standing.js';

export interface ProjectorStatus {
  /** `STARTING`: the database or the log is not there, or the group gives out its partitions. */
  readonly state: ServiceState;
  readonly partitions: readonly number[];
  /** Fetched and not yet in the views. */
  readonly waiting: number;
  /** Records brought into the views since the start. */
  readonly projected: number;
  /** Records whose values the database refused, since the start. */
  readonly refused: number;
  /** Why it is not running: an error's code or name. */
  readonly reason?: string;
}

export interface ProjectorOptions {
  readonly db: ViewsDatabase;
  readonly log: MessageLog;
  readonly reader: RecordReader;
  readonly namespace: string;
  readonly logger: RuntimeLogger;
  /** Records in one transaction at most. */
  readonly batchSize: number;
  readonly sessionTimeoutMs: number;
  /** The group that shares the partitions out; `<namespace>-projector` by default. */
  readonly groupId?: string;
}

const WAIT_MS = 250;
/**
 * Least time from one transaction to the next after one of few records: a dozen statements for each few of them would
 * cost more than the records themselves. What comes after a rest is brought in at once.
 */
const PACE_MS = 100;
const FEW = 200;

/**
 * Keeps the views. The group only shares the partitions out: where to read on says the database, in which rows and
 * positions change together, so a projector that was frozen, or a second one, changes nothing that is done already.
 */
export class Projector {
  private readonly projection: BatchProjection;
  private readonly directory: DirectoryReader;
  private readonly loop: SessionLoop;
  private member: GroupMember | undefined;
  private membership: Membership | undefined;
  private standing: Standing | undefined;
  private projected = 0;

  constructor(private readonly options: ProjectorOptions) {
    this.projection = new BatchProjection(options);
    this.directory = new DirectoryReader(options.log, options.reader.directory);
    this.loop = new SessionLoop({
      session: () => this.session(),
      wake: () => this.member?.wake(),
      logger: options.logger,
      failed: 'the views wait',
    });
  }

  start(): void {
    this.loop.start();
  }

  /** Resolves when the batch under way is committed or given up. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  status(): ProjectorStatus {
    const { membership, standing, projected } = this;
    return {
      ...this.loop.standing(membership !== undefined && standing !== undefined),
      partitions: membership?.partitions ?? [],
      waiting: this.member?.buffered.records ?? 0,
      projected,
      refused: this.projection.refused,
    };
  }

  /** From joining the group until something fails. */
  private async session(): Promise<void> {
    const { db, log, reader, namespace, sessionTimeoutMs } = this.options;
    await requirePostgresVersion(db);
    await migrateViews(db);
    this.member = await log.joinGroup({
      groupId: this.options.groupId ?? `${namespace}-projector`,
      topics: reader.keyedTopics,
      urgentTopics: reader.urgentTopics,
      sessionTimeoutMs,
      rebalanceTimeoutMs: Math.max(sessionTimeoutMs, 30_000),
      heartbeatIntervalMs: Math.floor(sessionTimeoutMs / 5),
      maxBuffered: this.options.batchSize * 4,
      fetchEveryMs: () => PACE_MS / 2,
    });
    try {
      await this.work(this.member);
    } finally {
      this.membership = undefined;
      this.standing = undefined;
      await this.member.leave();
      this.member = undefined;
    }
  }

  private async work(member: GroupMember): Promise<void> {
    const { signal } = this.loop;
    let paceAt = 0;
    while (!signal.aborted) {
      const left = paceAt - performance.now();
      if (left > 0) await sleep(left, undefined, { signal }).catch(() => undefined);
      const records = await member.poll({ maxRecords: this.options.batchSize, waitMs: WAIT_MS });
      if (member.membership !== this.membership) {
        this.membership = undefined;
        // A poll that tells of a change brings no records.
        await this.takePlace(member);
        this.membership = member.membership;
        continue;
      }
      if (records.length > 0 && records.length < FEW) paceAt = performance.now() + PACE_MS;
      if (this.standing) await this.project(member, this.standing, records);
    }
  }

  private async project(
    member: GroupMember,
    standing: Standing,
    polled: readonly LogRecord[],
  ): Promise<void> {
    const cards = await this.directory.read(standing);
    const records = cards.length === 0 ? polled : [...polled, ...cards];
    if (records.length === 0) return;
    try {
      this.projected += await this.projection.project(records, standing);
      this.loop.succeeded();
    } catch (error) {
      if (!(error instanceof PositionConflict)) throw error;
      this.options.logger.warn('somebody else has moved the views: reading on from there', {
        reason: error.message,
      });
      await this.takePlace(member);
    }
  }

  /** Reads on from where the database says. */
  private async takePlace(member: GroupMember): Promise<void> {
    const { db, log, reader, logger } = this.options;
    this.standing = undefined;
    const numbers = member.membership?.partitions;
    if (numbers === undefined) return;
    const keyed = reader.keyedTopics.flatMap((topic) => numbers.map((partition) => ({ topic, partition })));
    const all = numbers.includes(0) ? [...keyed, { topic: reader.directory, partition: 0 }] : keyed;
    const standing = await Standing.load(db, log, all);
    for (const at of standing.missed)
      logger.error('records were deleted before they were projected', { ...at });
    await member.rewind(standing.readFrom.filter(({ topic }) => topic !== reader.directory));
    this.standing = standing;
    logger.info('reading on', { partitions: numbers });
  }
}
