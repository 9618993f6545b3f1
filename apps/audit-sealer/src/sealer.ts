import {
  AuditError,
  type ChainHead,
  type Seal,
  type SealStore,
  type SigningKey,
  sealsTopicOf,
  writeSeal,
} from '@aika/audit';
import { topicOf } from '@aika/contracts';
import {
  type GroupMember,
  type Membership,
  type MessageLog,
  type RuntimeLogger,
  type ServiceState,
  SessionLoop,
  type TransactionalWriter,
} from '@aika/messaging';
import { headOf } from './chain-heads.js';
import { OpenRanges } from './open-ranges.js';
import { SealCopier } from './seal-copier.js';

export interface SealerOptions {
  readonly log: MessageLog;
  readonly store: SealStore;
  readonly key: SigningKey;
  readonly namespace: string;
  readonly instanceId: string;
  readonly logger: RuntimeLogger;
  /** Records in one seal at most. */
  readonly batchSize: number;
  /** A record waits for its seal for so long at most, milliseconds. */
  readonly intervalMs: number;
  /** How long the operator keeps records, milliseconds; null = for ever. */
  readonly retentionMs: number | null;
  readonly sessionTimeoutMs: number;
  readonly transactionTimeoutMs: number;
  /** Milliseconds since 1970 UTC. */
  readonly clock?: () => number;
}

export interface SealerStatus {
  readonly state: ServiceState;
  readonly partitions: readonly number[];
  /** Since the start. */
  readonly seals: number;
  readonly sealed: number;
  /** Read and not yet sealed. */
  readonly waiting: number;
  /** Partitions that are not sealed any more, and why. */
  readonly broken: Readonly<Record<number, string>>;
  /** Why the second place does not have every seal. */
  readonly copying?: string;
  /** Why it is not running: an error's code or name. */
  readonly reason?: string;
}

const WAIT_MS = 250;

/**
 * Seals the audit trail. Seals and the group's positions are one transaction, checked against the group's generation: a
 * sealer that was frozen, or a second one on the same partition, commits nothing.
 */
export class Sealer {
  private readonly clock: () => number;
  private readonly topic: string;
  private readonly groupId: string;
  private readonly copier: SealCopier;
  private readonly loop: SessionLoop;
  private ranges: OpenRanges | undefined;
  private member: GroupMember | undefined;
  private membership: Membership | undefined;
  private broken: Record<number, string> = {};
  private seals = 0;
  private sealed = 0;

  constructor(private readonly options: SealerOptions) {
    this.clock = options.clock ?? Date.now;
    this.topic = topicOf(options.namespace, 'audit');
    this.groupId = `${options.namespace}-audit-sealer`;
    this.copier = new SealCopier({ ...options, topic: this.topic });
    this.loop = new SessionLoop({
      session: () => this.session(),
      wake: () => this.member?.wake(),
      logger: options.logger,
      failed: 'nothing is sealed',
    });
  }

  start(): void {
    this.loop.start();
  }

  /** Seals what was read, and resolves when it is committed or given up. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  status(): SealerStatus {
    const { membership, seals, sealed, broken } = this;
    const copying = this.copier.problem;
    return {
      ...this.loop.standing(membership !== undefined),
      partitions: membership?.partitions ?? [],
      waiting: this.ranges?.size ?? 0,
      ...{ seals, sealed, broken },
      ...(copying === undefined ? {} : { copying }),
    };
  }

  /** From joining the group until something fails: what is not committed then is read again. */
  private async session(): Promise<void> {
    const { log, sessionTimeoutMs, transactionTimeoutMs, instanceId } = this.options;
    const writer = await log.createTransactionalWriter({
      transactionalId: `${this.groupId}-${instanceId}`,
      transactionTimeoutMs,
      owner: instanceId,
    });
    try {
      this.member = await log.joinGroup({
        groupId: this.groupId,
        topics: [this.topic],
        sessionTimeoutMs,
        rebalanceTimeoutMs: Math.max(sessionTimeoutMs, 30_000),
        heartbeatIntervalMs: Math.floor(sessionTimeoutMs / 5),
        maxBuffered: this.options.batchSize * 4,
      });
      await this.work(this.member, writer);
    } finally {
      this.membership = undefined;
      this.ranges = undefined;
      this.copier.lost();
      await this.member?.leave();
      this.member = undefined;
      await writer.close();
    }
  }

  private async work(member: GroupMember, writer: TransactionalWriter): Promise<void> {
    const { batchSize, intervalMs } = this.options;
    for (;;) {
      const { aborted } = this.loop.signal;
      const records = await member.poll({ maxRecords: batchSize, waitMs: Math.min(WAIT_MS, intervalMs) });
      if (member.membership !== this.membership) {
        // A poll that tells of a change brings no records; what was read before belongs to nobody now.
        await this.takePlace(member);
        continue;
      }
      this.ranges?.add(records, this.clock());
      if (aborted || this.ranges?.isDue(this.clock())) await this.seal(writer);
      this.copier.work(this.clock());
      if (aborted) return await this.copier.settled(this.clock());
    }
  }

  /** Goes on from the last seal of each partition. */
  private async takePlace(member: GroupMember): Promise<void> {
    this.membership = undefined;
    this.ranges = undefined;
    this.copier.lost();
    this.broken = {};
    const { membership } = member;
    if (membership === undefined) return;
    const found = await Promise.all(membership.partitions.map((partition) => this.head(partition)));
    const heads = found.filter((head) => head !== undefined);
    await member.rewind(heads.map(({ topic, partition, from }) => ({ topic, partition, offset: from })));
    this.ranges = new OpenRanges(heads, this.options);
    for (const { partition } of heads) this.copier.taken(partition);
    this.membership = membership;
    this.loop.succeeded();
    this.options.logger.info('sealing', { partitions: heads.map(({ partition }) => partition) });
  }

  /** Undefined where the chain is broken: the other partitions are sealed all the same. */
  private async head(partition: number): Promise<ChainHead | undefined> {
    const { log, store, logger } = this.options;
    try {
      return await headOf(partition, { log, store, groupId: this.groupId, topic: this.topic });
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      this.broken[partition] = error.code;
      logger.error('the chain is broken', { partition, reason: error.message });
      return undefined;
    }
  }

  private async seal(writer: TransactionalWriter): Promise<void> {
    const { ranges, membership } = this;
    if (!ranges || !membership || ranges.size === 0) return;
    const seals = ranges.seal(new Date(this.clock()).toISOString());
    const transaction = await writer.begin();
    await transaction.send(seals.map((seal) => recordOf(seal)));
    await transaction.commitOffsets(
      membership,
      seals.map(({ topic, partition, to }) => ({ topic, partition, offset: to })),
    );
    await transaction.commit();
    ranges.committed(seals);
    this.seals += seals.length;
    this.sealed += seals.reduce((sum, { count }) => sum + count, 0);
    this.copier.copy(seals);
  }
}

function recordOf(seal: Seal) {
  const { topic, partition, sequence } = seal;
  return { topic: sealsTopicOf(topic), partition, key: `${partition}/${sequence}`, value: writeSeal(seal) };
}
