import type { ClusterDescription, GroupStatus, KafkaAdmin, TopicStatus } from '@aika/messaging/kafka';

/** One card of the live directory (topic aika.agents), as far as a status display needs it. */
export type AgentCard = {
  readonly agentId: string;
  /** Which process of the agent. */
  readonly instance: string;
  readonly status: string;
  /** When the card was written, ISO 8601 UTC. */
  readonly at: string;
};

/** Reads the live directory. Optional: without one, agents are told by their consumer groups only. */
export type ReadAgentCards = (brokers: readonly string[]) => Promise<readonly AgentCard[]>;

export type AgentStatus = {
  /** The agent's consumer group. */
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

export type PlatformStatus = {
  readonly kind: string;
  readonly clusterId: string;
  readonly brokers: readonly BrokerStatus[];
  readonly topics: readonly TopicStatus[];
  readonly agents: readonly AgentStatus[];
  readonly cards: readonly AgentCard[];
  readonly groups: readonly GroupStatus[];
};

/**
 * Everything that `aika status` tells, asked of a running cluster. Not which node is the active controller:
 * KRaft brokers name any of them to clients.
 * @param expected addresses of all brokers there should be
 */
export async function readStatus(
  { kind, brokers: expected }: { readonly kind: string; readonly brokers: readonly string[] },
  admin: Pick<KafkaAdmin, 'describeCluster' | 'listTopics' | 'groups'>,
  readCards: () => Promise<readonly AgentCard[]>,
): Promise<PlatformStatus> {
  const [cluster, topics, groups, cards] = await Promise.all([
    admin.describeCluster(),
    admin.listTopics(),
    admin.groups(''),
    readCards(),
  ]);
  // Topics of Kafka's own begin with two underscores: nobody asks for those here.
  const ours = topics.filter(({ name }) => !name.startsWith('__'));
  const brokers = brokersOf(cluster.brokers, kind === 'given' ? [] : expected);
  return {
    kind,
    clusterId: cluster.clusterId,
    brokers,
    topics: ours,
    agents: groups.map(agentOf),
    cards,
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

function agentOf({ groupId, state, members, lag }: GroupStatus): AgentStatus {
  return {
    group: groupId,
    state,
    members: members.length,
    partitions: members.reduce((sum, { partitions }) => sum + partitions.length, 0),
    lag: lag.reduce((sum, partition) => sum + partition.lag, 0),
  };
}
