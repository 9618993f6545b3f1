import kafkajs from 'kafkajs';

import {
  LogError,
  assignPartitionNumbers,
  type AssignableMember,
  type JoinOptions,
  type Membership,
} from '../ports/index.js';
import type { KafkaCluster } from './kafka-cluster.js';
import {
  BrokerError,
  KAFKA_ERRORS,
  assertNoError,
  hasErrorCode,
  isTransient,
  toLogError,
} from './kafka-errors.js';

const { AssignerProtocol } = kafkajs;

/** Name of the assignment; all members of a group have to offer it. Its version is part of the name. */
const PROTOCOL = 'aika-partition-numbers-1';
const E = KAFKA_ERRORS;
const REJOIN = [E.REBALANCE_IN_PROGRESS, E.ILLEGAL_GENERATION, E.UNKNOWN_MEMBER_ID, E.MEMBER_ID_REQUIRED];

export type GroupOptions = Pick<
  JoinOptions,
  'groupId' | 'topics' | 'sessionTimeoutMs' | 'rebalanceTimeoutMs' | 'instanceId'
>;

interface JoinAnswer {
  readonly errorCode: number;
  readonly generationId: number;
  readonly leaderId: string;
  readonly memberId: string;
  readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[];
}

/** The group protocol as one member speaks it: join, sync, heartbeat, leave. Holds no records. */
export class GroupSession {
  private memberId = '';
  private generationId = -1;
  private owned: readonly number[] = [];
  /** The generation of `owned`: that of the last completed sync, not of a join that was overtaken. */
  private ownedIn = -1;

  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: GroupOptions,
  ) {}

  /**
   * Joins, or joins anew after a rebalance has begun, and resolves with the new generation.
   * @throws LogError `MEMBER_DEAD` when the group refuses this member for good; what the signal interrupts
   */
  async join(signal: AbortSignal): Promise<Membership> {
    const what = `join ${this.options.groupId}`;
    const retry = (error: unknown): boolean => isTransient(error) || hasErrorCode(error, ...REJOIN);
    try {
      return await this.cluster.retrying({ what, timeoutMs: Infinity, signal, retry }, () => this.joinOnce());
    } catch (error) {
      if (signal.aborted) throw toLogError(error, what);
      const { message } = toLogError(error, what);
      throw new LogError('MEMBER_DEAD', message, false, { cause: error });
    }
  }

  /**
   * Keeps the session alive. @returns 'rebalancing' when the group waits for this member to join anew, 'lost'
   * when it has been expelled; 'unknown' when no coordinator answers at the moment
   * @throws LogError `MEMBER_DEAD` when another process has joined under the same instance id: whoever joined
   * again would throw the other one out, and so on for ever
   */
  async heartbeat(): Promise<'ok' | 'rebalancing' | 'lost' | 'unknown'> {
    const { groupId, instanceId = null, sessionTimeoutMs } = this.options;
    const { memberId, generationId } = this;
    try {
      const heartbeat = { groupId, groupGenerationId: generationId, memberId, groupInstanceId: instanceId };
      // One that is lost must leave time for another within the session.
      await this.ask('Heartbeat', heartbeat, { timeoutMs: sessionTimeoutMs / 3 });
      return 'ok';
    } catch (error) {
      if (hasErrorCode(error, E.REBALANCE_IN_PROGRESS)) return 'rebalancing';
      if (isTransient(error)) return 'unknown';
      if (hasErrorCode(error, E.FENCED_INSTANCE_ID)) throw this.replaced(error);
      // Not when a join has overtaken this answer: it speaks of the generation before.
      if (this.memberId === memberId && this.generationId === generationId) this.forget();
      return 'lost';
    }
  }

  /**
   * Best effort: a group that cannot be told expels the member after its session. A static member does not tell:
   * its partitions wait for it until then.
   */
  async leave(): Promise<void> {
    const { groupId, instanceId } = this.options;
    const { memberId } = this;
    this.forget();
    if (memberId === '' || instanceId !== undefined) return;
    await this.ask('LeaveGroup', { groupId, memberId }).catch(() => undefined);
  }

  private replaced(cause: unknown): LogError {
    const { groupId, instanceId } = this.options;
    const message = `another process has joined ${groupId} as ${instanceId}`;
    return new LogError('MEMBER_DEAD', message, false, { cause });
  }

  private forget(): void {
    this.memberId = '';
    this.generationId = -1;
    this.owned = [];
    this.ownedIn = -1;
  }

  private async joinOnce(): Promise<Membership> {
    try {
      const joined = await this.sendJoin();
      this.memberId = joined.memberId;
      this.generationId = joined.generationId;
      const plan = joined.leaderId === joined.memberId ? await this.plan(joined) : [];
      this.owned = await this.sync(plan);
      this.ownedIn = this.generationId;
    } catch (error) {
      if (hasErrorCode(error, E.UNKNOWN_MEMBER_ID)) this.forget();
      throw error;
    }
    const { memberId, generationId, owned } = this;
    return { groupId: this.options.groupId, memberId, generationId, partitions: owned };
  }

  private async sendJoin(): Promise<JoinAnswer> {
    const { groupId, sessionTimeoutMs, rebalanceTimeoutMs, instanceId = null, topics } = this.options;
    const claims = Buffer.from(JSON.stringify({ owned: this.owned, generationId: this.ownedIn }));
    const metadata = AssignerProtocol.MemberMetadata.encode({
      version: 0,
      topics: [...topics],
      userData: claims,
    });
    const answer = (await this.ask(
      'JoinGroup',
      {
        groupId,
        sessionTimeout: sessionTimeoutMs,
        rebalanceTimeout: rebalanceTimeoutMs,
        memberId: this.memberId,
        groupInstanceId: instanceId,
        protocolType: 'consumer',
        groupProtocols: [{ name: PROTOCOL, metadata }],
      },
      { allowed: E.MEMBER_ID_REQUIRED },
    )) as JoinAnswer;
    if (answer.errorCode === E.MEMBER_ID_REQUIRED) this.memberId = answer.memberId;
    assertNoError(answer.errorCode, 'JoinGroup');
    return answer;
  }

  private async plan({ members }: JoinAnswer): Promise<{ memberId: string; memberAssignment: Buffer }[]> {
    const { topics } = this.options;
    const counts = await Promise.all(topics.map((topic) => this.cluster.partitionCount(topic)));
    if (new Set(counts).size > 1) {
      const found = topics.map((topic, n) => `${topic}: ${counts[n]}`).join(', ');
      throw new LogError(
        'MEMBER_DEAD',
        `topics of one group need the same partition count (${found})`,
        false,
      );
    }
    const plan = assignPartitionNumbers(members.map(toAssignable), counts[0] ?? 0);
    return [...plan].map(([memberId, numbers]) => {
      const assignment = Object.fromEntries(topics.map((topic) => [topic, [...numbers]]));
      const encode = AssignerProtocol.MemberAssignment.encode;
      return { memberId, memberAssignment: encode({ version: 0, assignment, userData: Buffer.alloc(0) }) };
    });
  }

  private async sync(groupAssignment: readonly unknown[]): Promise<readonly number[]> {
    const { groupId, instanceId = null } = this.options;
    const answer = (await this.ask('SyncGroup', {
      groupId,
      generationId: this.generationId,
      memberId: this.memberId,
      groupInstanceId: instanceId,
      groupAssignment,
    })) as { readonly memberAssignment: Buffer };
    const decoded = AssignerProtocol.MemberAssignment.decode(answer.memberAssignment);
    return [...new Set(Object.values(decoded?.assignment ?? {}).flat())].sort((a, b) => a - b);
  }

  private ask(
    api: string,
    args: Record<string, unknown>,
    { allowed = 0, timeoutMs }: { readonly allowed?: number; readonly timeoutMs?: number } = {},
  ): Promise<unknown> {
    return this.cluster.askCoordinator('group', this.options.groupId, async (nodeId) => {
      const answer = await this.cluster.call(nodeId, api, args, timeoutMs);
      const { errorCode } = answer as { readonly errorCode: number };
      if (errorCode !== 0 && errorCode !== allowed) throw new BrokerError(errorCode, api);
      return answer;
    });
  }
}

function toAssignable(member: JoinAnswer['members'][number]): AssignableMember {
  const { userData } = AssignerProtocol.MemberMetadata.decode(member.memberMetadata) ?? {};
  return { memberId: member.memberId, ...readClaims(userData) };
}

/** A member without readable claims is given its share like a new one. */
function readClaims(userData: Buffer | undefined): Pick<AssignableMember, 'owned' | 'generationId'> {
  try {
    const claims = JSON.parse(userData?.toString('utf8') ?? '') as Partial<AssignableMember>;
    const owned = Array.isArray(claims.owned) ? claims.owned.filter((n) => Number.isInteger(n)) : [];
    return { owned, generationId: claims.generationId ?? -1 };
  } catch {
    return { owned: [], generationId: -1 };
  }
}
