import {
  LogError,
  keptPartitions,
  urgentFirst,
  type Buffered,
  type GroupMember,
  type JoinOptions,
  type LogRecord,
  type Membership,
  type TopicPartitionOffset,
} from '../ports/index.js';
import type { Broker } from './in-memory-broker.js';

/** While a transaction is open, or somebody else is awaited, time alone may change things. */
const RECHECK_MS = 50;

/** A member as the Kafka adapter's: told of changes at a poll only, and joins anew with the poll after. */
export class InMemoryMember implements GroupMember {
  private memberId: string;
  private told: Membership | undefined;
  private latest: Membership | undefined;
  private phase: 'joining' | 'stable' | 'revoked' | 'left' = 'joining';
  private readonly positions = new Map<string, TopicPartitionOffset>();
  private readonly startAt = new Map<string, TopicPartitionOffset>();
  private turn = 0;
  private woken = false;

  constructor(
    private readonly broker: Broker,
    private readonly clientId: string,
    private readonly options: JoinOptions,
  ) {
    this.memberId = broker.newMemberId(clientId);
    this.join();
  }

  get membership(): Membership | undefined {
    return this.told;
  }

  /** Nothing: the log itself is in memory, and a poll reads from it. */
  get buffered(): Buffered {
    return { records: 0, bytes: 0 };
  }

  async poll({ maxRecords, waitMs }: { maxRecords: number; waitMs: number }): Promise<readonly LogRecord[]> {
    if (this.phase === 'revoked') this.join();
    const end = performance.now() + waitMs;
    for (;;) {
      if (this.phase === 'left') throw new LogError('CLOSED', 'the member has left its group', false);
      if (this.tellChange()) return [];
      const records = this.phase === 'stable' ? this.take(maxRecords) : [];
      if (records.length > 0 || this.woken || performance.now() >= end) {
        this.woken = false;
        // Whoever polls in a loop without a wait must not starve everybody else.
        if (records.length === 0) await turnOfTheEventLoop();
        return records;
      }
      await this.broker.nextChange(Math.min(RECHECK_MS, end - performance.now()));
    }
  }

  wake(): void {
    this.woken = true;
    this.broker.changed();
  }

  rewind(positions: readonly TopicPartitionOffset[]): Promise<void> {
    for (const position of positions) {
      if (!this.latest?.partitions.includes(position.partition)) continue;
      const key = keyOf(position);
      if (this.positions.has(key)) this.positions.set(key, position);
      else this.startAt.set(key, position);
    }
    this.broker.changed();
    return Promise.resolve();
  }

  leave(): Promise<void> {
    if (this.phase !== 'left') {
      this.phase = 'left';
      this.told = undefined;
      this.group.remove(this.memberId);
      this.broker.changed();
    }
    return Promise.resolve();
  }

  private get group() {
    return this.broker.group(this.options.groupId);
  }

  private join(): void {
    this.phase = 'joining';
    if (this.latest !== undefined && !this.group.has(this.memberId)) {
      this.memberId = this.broker.newMemberId(this.clientId);
    }
    const { topics, rebalanceTimeoutMs } = this.options;
    this.group.join({ memberId: this.memberId, topics, rebalanceTimeoutMs });
    this.broker.changed();
  }

  /** Returns true when the membership that the caller sees has changed. */
  private tellChange(): boolean {
    const state = this.group.state(this.memberId);
    if (typeof state === 'object') {
      if (state === this.told) return false;
      this.takeMembership(state);
      return true;
    }
    if (state === 'joining') return false;
    if (this.phase === 'stable') {
      this.phase = 'revoked';
      this.told = undefined;
      return true;
    }
    this.join();
    return false;
  }

  private takeMembership(membership: Membership): void {
    const kept = keptPartitions(this.latest, membership);
    for (const [key, { partition }] of this.positions)
      if (!kept.includes(partition)) this.positions.delete(key);
    this.startAt.clear();
    this.latest = membership;
    this.told = membership;
    this.phase = 'stable';
  }

  private take(max: number): LogRecord[] {
    this.broker.transactions.abortOverdue();
    this.startPartitions();
    this.turn += 1;
    return urgentFirst(
      max,
      (count) => this.takeOf((topic) => this.isUrgent(topic), count),
      (count) => this.takeOf((topic) => !this.isUrgent(topic), count),
    );
  }

  private isUrgent(topic: string): boolean {
    return this.options.urgentTopics?.includes(topic) === true;
  }

  private takeOf(isMeant: (topic: string) => boolean, max: number): LogRecord[] {
    const taken: LogRecord[] = [];
    const positions = [...this.positions].filter(([, { topic }]) => isMeant(topic));
    for (let n = 0; n < positions.length && taken.length < max; n += 1) {
      const [key, position] = positions[(n + this.turn) % positions.length]!;
      const { records, next } = this.broker
        .partition(position)
        .read(position.offset, Infinity, max - taken.length);
      this.positions.set(key, { ...position, offset: next });
      taken.push(...records);
    }
    return taken;
  }

  /** At the committed offsets, once no transaction can move them any more. */
  private startPartitions(): void {
    const { groupId, topics } = this.options;
    const owned = (this.latest?.partitions ?? []).flatMap((partition) =>
      topics.map((topic) => ({ topic, partition })),
    );
    const fresh = owned.filter((at) => !this.positions.has(keyOf(at)));
    if (fresh.length === 0) return;
    const committed = this.broker.offsets.stable(groupId, fresh);
    if (committed === undefined) return;
    const known = new Map(committed.map((position) => [keyOf(position), position]));
    for (const at of fresh) {
      const key = keyOf(at);
      this.positions.set(key, this.startAt.get(key) ?? known.get(key) ?? { ...at, offset: 0 });
    }
  }
}

function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function keyOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}-${partition}`;
}
