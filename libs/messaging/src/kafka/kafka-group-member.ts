import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import {
  LogError,
  keptPartitions,
  urgentFirst,
  type Buffered,
  type GroupMember,
  type JoinOptions,
  type LogRecord,
  type Membership,
  type TopicPartition,
  type TopicPartitionOffset,
} from '../ports/index.js';
import { BufferedReader } from './buffered-reader.js';
import { GroupSession } from './group-session.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { toLogError } from './kafka-errors.js';
import { listOffsets, stableCommittedOffsets } from './kafka-offsets.js';
import type { KafkaTuning } from './kafka-options.js';
import { pause } from '../timing.js';

const START_RETRY_MS = 500;
/** Of the others' bounds. */
const URGENT_SHARE = 0.25;

/**
 * Where the member stands. What happens in the group is told at a poll only: `joined` and `revoking` wait for
 * it, and only the poll after the one that told of a revocation joins anew, so that work under way can still be
 * committed under the old generation.
 */
type Phase = 'joining' | 'joined' | 'stable' | 'revoking' | 'revoked' | 'dead' | 'left';

export type MemberTuning = Pick<
  KafkaTuning,
  'fetchMaxBytes' | 'fetchMaxBytesPerPartition' | 'fetchWaitMs' | 'maxBufferedBytes'
>;

/** A consumer group member that commits nothing itself: offsets travel in the caller's transactions. */
export class KafkaGroupMember implements GroupMember {
  private phase: Phase = 'revoked';
  private told: Membership | undefined;
  private latest: Membership | undefined;
  private death: LogError | undefined;
  /** Partition numbers whose first position is known. */
  private readonly started = new Set<number>();
  /** Positions asked for by `rewind` before a partition was started. */
  private readonly startAt = new Map<string, TopicPartitionOffset>();
  private readonly failures = new Map<string, LogError>();
  private readonly urgent: BufferedReader;
  private readonly others: BufferedReader;
  private readonly session: GroupSession;
  private readonly stopping = new AbortController();
  private readonly background = new Set<Promise<void>>();
  private signal = Promise.withResolvers<void>();
  private woken = false;
  private polling = false;
  private lastPollAt = performance.now();

  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: JoinOptions,
    tuning: MemberTuning,
    private readonly urgentCluster: KafkaCluster,
  ) {
    this.session = new GroupSession(cluster, options);
    const { topics, urgentTopics = [] } = options;
    const others = topics.filter((topic) => !urgentTopics.includes(topic));
    this.others = this.newReader(cluster, others, tuning, 1);
    this.urgent = this.newReader(urgentCluster, urgentTopics, tuning, URGENT_SHARE);
    this.startJoin();
  }

  private newReader(
    cluster: KafkaCluster,
    topics: readonly string[],
    tuning: MemberTuning,
    share: number,
  ): BufferedReader {
    const { options } = this;
    const fetch = {
      maxBytesPerPartition: options.maxBytesPerPartition ?? tuning.fetchMaxBytesPerPartition,
      maxBytes: tuning.fetchMaxBytes,
      maxWaitMs: tuning.fetchWaitMs,
      fetchEveryMs: share === URGENT_SHARE ? undefined : options.fetchEveryMs,
      // Whoever handles the partition gives such a batch up by name; failing, it would stop the agent for ever.
      unreadable: 'hand-out' as const,
    };
    const buffer = {
      maxRecords: Math.ceil(options.maxBuffered * share),
      maxBytes: Math.ceil((options.maxBufferedBytes ?? tuning.maxBufferedBytes) * share),
    };
    return new BufferedReader(
      cluster,
      { topics, fetch, buffer },
      { arrived: () => this.notify(), failed: (at, error) => this.takeFailure(at, error) },
    );
  }

  private readerOf(topic: string): BufferedReader {
    return this.urgent.reads(topic) ? this.urgent : this.others;
  }

  get membership(): Membership | undefined {
    return this.told;
  }

  get buffered(): Buffered {
    const [urgent, others] = [this.urgent.buffered, this.others.buffered];
    return { records: urgent.records + others.records, bytes: urgent.bytes + others.bytes };
  }

  async poll({ maxRecords, waitMs }: { maxRecords: number; waitMs: number }): Promise<readonly LogRecord[]> {
    if (this.polling) throw new LogError('MEMBER_DEAD', 'two polls of one member at once', false);
    this.polling = true;
    try {
      if (this.phase === 'revoked') this.startJoin();
      return await this.waitForRecords(maxRecords, waitMs);
    } finally {
      this.polling = false;
      this.lastPollAt = performance.now();
    }
  }

  wake(): void {
    this.woken = true;
    this.notify();
  }

  async rewind(positions: readonly TopicPartitionOffset[]): Promise<void> {
    for (const position of positions) {
      if (!this.latest?.partitions.includes(position.partition)) continue;
      this.failures.delete(keyOf(position));
      if (this.started.has(position.partition)) this.readerOf(position.topic).assign(position);
      else this.startAt.set(keyOf(position), position);
    }
  }

  async leave(): Promise<void> {
    if (this.phase === 'left') return;
    const joining = this.phase === 'joining';
    this.phase = 'left';
    this.told = undefined;
    this.stopping.abort();
    this.notify();
    // The join's own connection would hold back the request to leave until the join is answered.
    if (joining) await this.cluster.interrupt();
    await this.session.leave();
    const stopped = [this.urgent.stop(), this.others.stop()];
    await Promise.all([this.cluster.close(), this.urgentCluster.close()]);
    await Promise.all([...stopped, ...this.background]);
  }

  private async waitForRecords(maxRecords: number, waitMs: number): Promise<readonly LogRecord[]> {
    const end = performance.now() + waitMs;
    for (;;) {
      const { promise } = this.signal;
      if (this.tellChange()) return [];
      const records = this.phase === 'stable' ? this.take(maxRecords) : [];
      const left = end - performance.now();
      if (records.length > 0 || this.woken || left <= 0) {
        this.woken = false;
        // Whoever polls in a loop without a wait must not starve the join, the fetches and the heartbeats.
        if (records.length === 0) await turnOfTheEventLoop();
        return records;
      }
      await within(promise, left);
    }
  }

  private take(maxRecords: number): readonly LogRecord[] {
    return urgentFirst(
      maxRecords,
      (max) => this.urgent.take(max),
      (max) => this.others.take(max),
    );
  }

  /** Makes a change of the group visible. Returns true when there was one. @throws LogError */
  private tellChange(): boolean {
    switch (this.phase) {
      case 'joined':
        this.phase = 'stable';
        this.told = this.latest;
        return true;
      case 'revoking':
        this.phase = 'revoked';
        this.told = undefined;
        return true;
      case 'dead':
        this.told = undefined;
        throw this.death ?? new LogError('MEMBER_DEAD', 'the member is dead', false);
      case 'left':
        throw new LogError('CLOSED', 'the member has left its group', false);
      case 'stable':
        for (const failure of this.failures.values()) throw failure;
        return false;
      case 'joining':
      case 'revoked':
        return false;
    }
  }

  private startJoin(): void {
    this.phase = 'joining';
    this.inBackground(async () => {
      try {
        this.takeMembership(await this.session.join(this.stopping.signal));
      } catch (error) {
        if (!this.stopping.signal.aborted) this.die(error);
      }
    });
  }

  private takeMembership(membership: Membership): void {
    if (this.phase !== 'joining') return;
    const kept = new Set(
      keptPartitions(this.latest, membership).filter((number) => this.started.has(number)),
    );
    for (const number of [...this.started]) if (!kept.has(number)) this.stopReading(number);
    this.startAt.clear();
    this.latest = membership;
    this.phase = 'joined';
    this.lastPollAt = performance.now();
    const gained = membership.partitions.filter((number) => !kept.has(number));
    this.inBackground(() => this.startReading(membership, gained));
    this.inBackground(() => this.heartbeats(membership));
    // What was dropped has made room.
    this.urgent.notify();
    this.others.notify();
    this.notify();
  }

  private stopReading(number: number): void {
    this.started.delete(number);
    for (const at of this.topicsOf(number)) {
      this.readerOf(at.topic).remove(at);
      this.failures.delete(keyOf(at));
    }
  }

  /** From the committed offset; from the first record where nothing was committed yet. */
  private async startReading(membership: Membership, numbers: readonly number[]): Promise<void> {
    const partitions = numbers.flatMap((number) => this.topicsOf(number));
    while (partitions.length > 0 && this.isCurrent(membership)) {
      try {
        const positions = await this.startPositions(partitions);
        if (!this.isCurrent(membership)) return;
        for (const number of numbers) this.started.add(number);
        for (const position of positions) {
          this.readerOf(position.topic).assign(this.startAt.get(keyOf(position)) ?? position);
        }
        return this.startAt.clear();
      } catch (error) {
        if (!toLogError(error, 'start').retriable && this.isCurrent(membership)) return this.die(error);
        await pause(START_RETRY_MS, this.stopping.signal);
      }
    }
  }

  private async startPositions(partitions: readonly TopicPartition[]): Promise<TopicPartitionOffset[]> {
    const { signal } = this.stopping;
    const committed = await stableCommittedOffsets(this.cluster, this.options.groupId, partitions, signal);
    const known = new Set(committed.map(keyOf));
    const fresh = partitions.filter((at) => !known.has(keyOf(at)));
    return fresh.length === 0
      ? committed
      : [...committed, ...(await listOffsets(this.cluster, fresh, 'start', signal))];
  }

  /**
   * Independent of fetching, so that a long wait for records costs no session. A member whose owner does not
   * poll any more gives its partitions up: somebody who works should have them.
   */
  private async heartbeats(membership: Membership): Promise<void> {
    const { heartbeatIntervalMs } = this.options;
    for (;;) {
      await pause(heartbeatIntervalMs, this.stopping.signal);
      if (!this.isCurrent(membership)) return;
      if (this.isAbandoned()) {
        await this.session.leave();
        return this.revoke();
      }
      const answer = await this.session.heartbeat().catch((error: unknown) => {
        this.die(error);
        return 'dead';
      });
      if (!this.isCurrent(membership)) return;
      if (answer === 'lost') return this.revoke();
      if (answer === 'rebalancing' && this.phase === 'stable') this.revoke();
    }
  }

  private isAbandoned(): boolean {
    return !this.polling && performance.now() - this.lastPollAt > this.options.rebalanceTimeoutMs;
  }

  private isCurrent(membership: Membership): boolean {
    const over = this.phase === 'joining' || this.phase === 'left' || this.phase === 'dead';
    return !over && this.latest === membership;
  }

  private revoke(): void {
    if (this.phase === 'stable' || this.phase === 'joined') this.phase = 'revoking';
    this.notify();
  }

  private die(error: unknown): void {
    if (this.phase === 'left') return;
    const { message } = toLogError(error, this.options.groupId);
    this.phase = 'dead';
    this.death = new LogError('MEMBER_DEAD', message, false, { cause: error });
    this.notify();
  }

  private takeFailure(at: TopicPartition, error: unknown): void {
    this.failures.set(keyOf(at), toLogError(error, `fetch of ${keyOf(at)}`));
    this.notify();
  }

  private topicsOf(number: number): TopicPartition[] {
    return this.options.topics.map((topic) => ({ topic, partition: number }));
  }

  private inBackground(work: () => Promise<void>): void {
    const running = work();
    this.background.add(running);
    const forget = (): void => void this.background.delete(running);
    running.then(forget, forget);
  }

  private notify(): void {
    this.signal.resolve();
    this.signal = Promise.withResolvers();
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

/** Resolves with the promise or after a time in milliseconds, and leaves no timer behind. */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  const timer = Promise.withResolvers<void>();
  const id = setTimeout(timer.resolve, ms);
  await Promise.race([promise, timer.promise]);
  clearTimeout(id);
}
