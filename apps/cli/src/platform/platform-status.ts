import type { AgentCard } from '@aika/messaging';
import type { ClusterDescription, GroupStatus, KafkaAdmin, TopicStatus } from '@aika/messaging/kafka';

/** A card of the live directory, held against the members of its agent's group. */
export type DirectoryEntry = AgentCard & {
  /** `gone`: the group has no such member; the process ended without taking its card back. */
  readonly status: 'running' | 'gone';
};

export type AgentStatus = {
  readonly agentId: string;
  /** The agent's consumer group: the namespace and the agent's id. */
  readonly group: string;
  readonly state: string;
  readonly members: number;
  readonly partitions: number;
  /** Records between the committed offsets and the ends, over all partitions. */
  readonly lag: number;
};

export type BrokerStatus = {
  /** host:port */
  readonly address: string;
  /** Undefined for a broker that is expected and does not take part. */
  readonly nodeId?: number;
  readonly status: 'up' | 'down';
};

/** Projector or gateway, as its health tells. */
export type EdgeStatus = {
  readonly app: string;
  readonly url: string;
  readonly status: 'up' | 'down';
};

export type PlatformStatus = {
  readonly kind: string;
  readonly namespace: string;
  readonly clusterId: string;
  readonly brokers: readonly BrokerStatus[];
  readonly topics: readonly TopicStatus[];
  readonly agents: readonly AgentStatus[];
  readonly cards: readonly DirectoryEntry[];
  readonly groups: readonly GroupStatus[];
  /** PostgreSQL of the views: `given` by DATABASE_URL, or this clone's own. */
  readonly database?: 'given' | 'up' | 'down';
  /** How it is kept, in a sentence. */
  readonly personalData?: string;
  /** Projector and gateway on the ports of the settings. */
  readonly edge?: readonly EdgeStatus[];
};

/**
 * Everything that `aika status` tells, asked of a running cluster: of topics and groups those of the
 * namespace, for the cluster may be shared. Not which node is the active controller: KRaft brokers name any
 * of them to clients.
 * @param installation `brokers`: addresses of all brokers there should be
 */
export async function readStatus(
  installation: { readonly kind: string; readonly brokers: readonly string[]; readonly namespace: string },
  admin: Pick<KafkaAdmin, 'describeCluster' | 'listTopics' | 'groups'>,
  readCards: () => Promise<readonly AgentCard[]>,
): Promise<PlatformStatus> {
  const { kind, brokers: expected, namespace } = installation;
  const prefix = `${namespace}.`;
  const [cluster, topics, found, cards] = await Promise.all([
    admin.describeCluster(),
    admin.listTopics(),
    admin.groups(prefix),
    readCards(),
  ]);
  const groups = [...found].sort((a, b) => a.groupId.localeCompare(b.groupId));
  return {
    kind,
    namespace,
    clusterId: cluster.clusterId,
    brokers: brokersOf(cluster.brokers, kind === 'given' ? [] : expected),
    topics: topics.filter(({ name }) => name.startsWith(prefix)),
    agents: groups.map((group) => agentOf(group, prefix)),
    cards: cards.map((card) => entryOf(card, groups, prefix)),
    groups,
  };
}

function brokersOf(
  live: ClusterDescription['brokers'],
  expected: readonly string[],
): readonly BrokerStatus[] {
  const up = live.map(({ nodeId, host, port }) => ({
    nodeId,
    address: `${host}:${port}`,
    status: 'up' as const,
  }));
  const missing = expected.filter((address) => !up.some((broker) => broker.address === address));
  return [...up, ...missing.map((address) => ({ address, status: 'down' as const }))];
}

/** Agents connect under the id of their instance, so that a member can be told from its card. */
function entryOf(card: AgentCard, groups: readonly GroupStatus[], prefix: string): DirectoryEntry {
  const group = groups.find(({ groupId }) => groupId === `${prefix}${card.agentId}`);
  const isMember = group?.members.some(({ clientId }) => clientId === card.instanceId) ?? false;
  return { ...card, status: isMember ? 'running' : 'gone' };
}

function agentOf({ groupId, state, members, lag }: GroupStatus, prefix: string): AgentStatus {
  return {
    agentId: groupId.slice(prefix.length),
    group: groupId,
    state,
    members: members.length,
    partitions: members.reduce((sum, { partitions }) => sum + partitions.length, 0),
    lag: lag.reduce((sum, partition) => sum + partition.lag, 0),
  };
}
