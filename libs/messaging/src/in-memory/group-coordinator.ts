import { LogError, assignPartitionNumbers, type Membership } from '../ports/index.js';

interface Member {
  readonly memberId: string;
  readonly rebalanceTimeoutMs: number;
  /** Numbers of its last generation, which it claims again. */
  owned: readonly number[];
  ownedIn: number;
  /** Whether it has joined the generation that is being formed, or is in the present one. */
  joined: boolean;
  membership: Membership | undefined;
}

export interface Newcomer {
  readonly memberId: string;
  readonly topics: readonly string[];
  readonly rebalanceTimeoutMs: number;
}

/**
 * One group. A change of its members begins a rebalance; when all members have joined anew, or were dropped for
 * not doing so in time, the next generation begins.
 */
export class GroupCoordinator {
  private readonly members = new Map<string, Member>();
  private generationId = 0;
  private rebalancing = false;
  private rebalanceBegan = 0;
  private topics: readonly string[] = [];

  constructor(
    private readonly groupId: string,
    private readonly partitionCount: (topics: readonly string[]) => number,
    private readonly clock: () => number,
  ) {}

  /** A new member, or one that joins anew because of a rebalance. */
  join({ memberId, topics, rebalanceTimeoutMs }: Newcomer): void {
    this.topics = topics;
    const known = this.members.get(memberId);
    if (known === undefined) {
      const member = {
        memberId,
        rebalanceTimeoutMs,
        owned: [],
        ownedIn: -1,
        joined: true,
        membership: undefined,
      };
      this.beginRebalance();
      this.members.set(memberId, member);
    } else {
      if (!this.rebalancing) this.beginRebalance();
      known.joined = true;
    }
    this.completeRebalance();
  }

  /** What the group says to a member that asks: its generation, or that it has to join anew, or is unknown. */
  state(memberId: string): 'unknown' | 'rebalancing' | 'joining' | Membership {
    this.completeRebalance();
    const member = this.members.get(memberId);
    if (member === undefined) return 'unknown';
    if (this.rebalancing) return member.joined ? 'joining' : 'rebalancing';
    return member.membership ?? 'joining';
  }

  remove(memberId: string): void {
    if (!this.members.delete(memberId)) return;
    this.beginRebalance();
    this.completeRebalance();
  }

  has(memberId: string): boolean {
    return this.members.has(memberId);
  }

  /**
   * As Kafka's coordinator: who names neither member nor generation is not checked at all.
   * @throws LogError `FENCED` unless this is the present generation of a present member
   */
  assertCurrent({ memberId, generationId }: Membership): void {
    if (memberId === '' && generationId === -1) return;
    if (this.members.has(memberId) && generationId === this.generationId) return;
    throw new LogError(
      'FENCED',
      `generation ${generationId} of ${memberId} in ${this.groupId} is over`,
      false,
    );
  }

  private beginRebalance(): void {
    if (this.rebalancing) return;
    this.rebalancing = true;
    this.rebalanceBegan = this.clock();
    for (const member of this.members.values()) member.joined = false;
  }

  private completeRebalance(): void {
    if (!this.rebalancing) return;
    const waited = this.clock() - this.rebalanceBegan;
    for (const { memberId, joined, rebalanceTimeoutMs } of [...this.members.values()]) {
      if (!joined && waited > rebalanceTimeoutMs) this.members.delete(memberId);
    }
    const members = [...this.members.values()];
    if (members.some(({ joined }) => !joined)) return;
    this.rebalancing = false;
    this.generationId += 1;
    if (members.length > 0) this.assign(members);
  }

  private assign(members: readonly Member[]): void {
    const claims = members.map(({ memberId, owned, ownedIn }) => ({
      memberId,
      owned,
      generationId: ownedIn,
    }));
    const plan = assignPartitionNumbers(claims, this.partitionCount(this.topics));
    for (const member of members) {
      member.owned = plan.get(member.memberId) ?? [];
      member.ownedIn = this.generationId;
      member.membership = {
        groupId: this.groupId,
        memberId: member.memberId,
        generationId: this.generationId,
        partitions: member.owned,
      };
    }
  }
}
