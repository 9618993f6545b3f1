import kafkajs, { type Admin, type ITopicMetadata } from 'kafkajs';

import { KafkaCluster } from './kafka-cluster.js';
import { countReadable, type PartitionProgress } from './kafka-lag.js';
import { LEVELS, createLogger } from './kafkajs-internals.js';
import { deadlineAfter, pause } from '../timing.js';

const { AssignerProtocol, ConfigResourceTypes, Kafka, logLevel } = kafkajs;

const TOPIC_TIMEOUT_MS = 30_000;

export interface KafkaAdminOptions {
  /** `host:port` of one or more brokers to start from. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Milliseconds until a request without an answer fails. */
  readonly requestTimeoutMs?: number;
}

export interface ClusterDescription {
  readonly clusterId: string;
  /** Node id; null when the cluster has no controller at present. */
  readonly controller: number | null;
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[];
}

export interface TopicShape {
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Topic configuration as Kafka names it (`cleanup.policy`, `retention.ms`, ...). */
  readonly config: Readonly<Record<string, string>>;
}

export interface TopicSpec extends TopicShape {
  readonly name: string;
}

export interface EnsuredTopics {
  readonly created: readonly string[];
  readonly existing: readonly string[];
  /** Existing topics that differ from what is wanted; nothing is changed on them. */
  readonly mismatched: readonly {
    readonly topic: string;
    readonly wanted: TopicShape;
    readonly found: TopicShape;
  }[];
}

export interface TopicStatus {
  readonly name: string;
  readonly partitions: number;
  /** Partitions with fewer in-sync replicas than replicas. */
  readonly underReplicated: number;
}

export interface GroupStatus {
  readonly groupId: string;
  /** As the coordinator says it: `Stable`, `Empty`, `PreparingRebalance`, ... */
  readonly state: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly clientId: string;
    readonly host: string;
    readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
  }[];
  /**
   * `lag` counts the records left to handle; far behind, and while a transaction is open, the offsets.
   * `committed` is -1 for an owned partition without a commit; its lag counts from the first offset.
   */
  readonly lag: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly committed: number;
    readonly end: number;
    readonly lag: number;
  }[];
}

/** What operators and set-up need of a cluster. Errors are kafkajs' own. */
export interface KafkaAdmin {
  describeCluster(): Promise<ClusterDescription>;
  /** Creates what is missing and waits until every partition has a leader. Repeats are harmless. */
  ensureTopics(topics: readonly TopicSpec[]): Promise<EnsuredTopics>;
  listTopics(): Promise<readonly TopicStatus[]>;
  /** Topics that do not exist are ignored. */
  deleteTopics(names: readonly string[]): Promise<void>;
  /** Consumer groups whose id starts with the prefix. */
  groups(prefix: string): Promise<readonly GroupStatus[]>;
  /** Node id of a partition's leader at this moment. */
  leader(at: { readonly topic: string; readonly partition: number }): Promise<number>;
  close(): Promise<void>;
}

export function createKafkaAdmin(options: KafkaAdminOptions): KafkaAdmin {
  return new KafkaJsAdmin(options);
}

class KafkaJsAdmin implements KafkaAdmin {
  private readonly admin: Admin;
  private readonly cluster: KafkaCluster;
  private connecting: Promise<void> | undefined;

  constructor({ brokers, clientId, requestTimeoutMs = 15_000 }: KafkaAdminOptions) {
    const kafka = new Kafka({
      brokers: [...brokers],
      clientId,
      requestTimeout: requestTimeoutMs,
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 100, retries: 8 },
    });
    this.admin = kafka.admin();
    const logger = createLogger({ level: LEVELS.NOTHING, logCreator: () => () => undefined });
    this.cluster = new KafkaCluster({ brokers, clientId, requestTimeoutMs, logger });
  }

  async describeCluster(): Promise<ClusterDescription> {
    const { clusterId, controller, brokers } = await (await this.connected()).describeCluster();
    return {
      clusterId,
      controller: controller === null || controller < 0 ? null : controller,
      brokers: [...brokers].sort((a, b) => a.nodeId - b.nodeId),
    };
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<EnsuredTopics> {
    const admin = await this.connected();
    const before = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !before.has(name));
    if (missing.length > 0) await createMissing(admin, missing);
    await this.untilLeadersAreElected(topics.map(({ name }) => name));
    const existing = topics.filter(({ name }) => before.has(name));
    return {
      created: missing.map(({ name }) => name),
      existing: existing.map(({ name }) => name),
      mismatched: await findMismatches(admin, existing),
    };
  }

  async listTopics(): Promise<readonly TopicStatus[]> {
    const { topics } = await (await this.connected()).fetchTopicMetadata();
    return topics.map(toTopicStatus).sort((a, b) => a.name.localeCompare(b.name));
  }

  async deleteTopics(names: readonly string[]): Promise<void> {
    const admin = await this.connected();
    const known = new Set(await admin.listTopics());
    const topics = names.filter((name) => known.has(name));
    if (topics.length > 0) await admin.deleteTopics({ topics, timeout: TOPIC_TIMEOUT_MS });
  }

  async groups(prefix: string): Promise<readonly GroupStatus[]> {
    const admin = await this.connected();
    const listed = await admin.listGroups();
    const ids = listed.groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));
    if (ids.length === 0) return [];
    const { groups } = await admin.describeGroups(ids.sort());
    const found = await Promise.all(
      groups.map(async ({ groupId, state, members: described }) => {
        const members = described.map((member) => ({
          memberId: member.memberId,
          clientId: member.clientId,
          host: member.clientHost.replace(/^\//, ''),
          partitions: ownedPartitions(member.memberAssignment),
        }));
        const owned = members.flatMap(({ partitions }) => partitions);
        return { groupId, state, members, committed: await committedOf(admin, groupId, owned) };
      }),
    );
    const ends = await endsOf(admin, new Set(found.flatMap(({ committed }) => [...committed.keys()])));
    return Promise.all(
      found.map(async ({ committed, ...group }) => ({
        ...group,
        lag: await countReadable(this.cluster, progressOf(committed, ends)),
      })),
    );
  }

  async leader(at: { readonly topic: string; readonly partition: number }): Promise<number> {
    await this.cluster.refresh([at.topic]);
    return this.cluster.leader(at);
  }

  async close(): Promise<void> {
    await Promise.all([this.admin.disconnect(), this.cluster.close()]);
    this.connecting = undefined;
  }

  private async connected(): Promise<Admin> {
    this.connecting ??= this.admin.connect();
    try {
      await this.connecting;
    } catch (error) {
      this.connecting = undefined;
      throw error;
    }
    return this.admin;
  }

  private async untilLeadersAreElected(names: readonly string[]): Promise<void> {
    const admin = await this.connected();
    const deadline = deadlineAfter(TOPIC_TIMEOUT_MS);
    for (;;) {
      const failure = await leaderless(admin, names);
      if (failure === undefined) return;
      if (deadline.passed()) throw new Error('topics have no leaders in time', { cause: failure });
      await pause(100);
    }
  }
}

/** Why a topic is not ready, or undefined when all partitions of all topics have a leader. */
async function leaderless(admin: Admin, names: readonly string[]): Promise<unknown> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
    const without = topics.filter(({ partitions }) => partitions.some(({ leader }) => leader < 0));
    return without.length === 0 ? undefined : new Error(without.map(({ name }) => name).join(', '));
  } catch (error) {
    // A topic just created is unknown to brokers that have not caught up with the controller.
    return error;
  }
}

/** Somebody else may create some of them at the same moment, which fails the whole request for kafkajs. */
async function createMissing(admin: Admin, topics: readonly TopicSpec[], attempts = 3): Promise<void> {
  try {
    await createTopics(admin, topics);
  } catch (error) {
    if (attempts <= 1) throw error;
    const present = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !present.has(name));
    if (missing.length > 0) await createMissing(admin, missing, attempts - 1);
  }
}

async function createTopics(admin: Admin, topics: readonly TopicSpec[]): Promise<void> {
  await admin.createTopics({
    waitForLeaders: false,
    timeout: TOPIC_TIMEOUT_MS,
    topics: topics.map(({ name, partitions, replicationFactor, config }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
    })),
  });
}

async function findMismatches(
  admin: Admin,
  wanted: readonly TopicSpec[],
): Promise<EnsuredTopics['mismatched']> {
  if (wanted.length === 0) return [];
  const found = await topicShapes(admin, wanted);
  return wanted.flatMap(({ name, ...shape }) => {
    const present = found.get(name);
    return present === undefined || sameShape(shape, present)
      ? []
      : [{ topic: name, wanted: shape, found: present }];
  });
}

async function topicShapes(admin: Admin, wanted: readonly TopicSpec[]): Promise<Map<string, TopicShape>> {
  const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ name }) => name) });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: wanted.map(({ name, config }) => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configNames: Object.keys(config),
    })),
  });
  const configs = new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]));
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      {
        partitions: partitions.length,
        replicationFactor: partitions[0]?.replicas.length ?? 0,
        config: Object.fromEntries(
          (configs.get(name) ?? []).map(({ configName, configValue }) => [configName, configValue]),
        ),
      },
    ]),
  );
}

function sameShape(wanted: TopicShape, found: TopicShape): boolean {
  return (
    wanted.partitions === found.partitions &&
    wanted.replicationFactor === found.replicationFactor &&
    Object.entries(wanted.config).every(([key, value]) => found.config[key] === value)
  );
}

function toTopicStatus({ name, partitions }: ITopicMetadata): TopicStatus {
  return {
    name,
    partitions: partitions.length,
    underReplicated: partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length,
  };
}

function ownedPartitions(assignment: Buffer): { topic: string; partition: number }[] {
  if (assignment.length === 0) return [];
  const decoded = AssignerProtocol.MemberAssignment.decode(assignment);
  return Object.entries(decoded?.assignment ?? {}).flatMap(([topic, partitions]) =>
    partitions.map((partition) => ({ topic, partition })),
  );
}

/** Offsets by partition number, by topic; -1 where nothing is committed. */
type CommittedOffsets = ReadonlyMap<string, ReadonlyMap<number, number>>;
type TopicEnds = ReadonlyMap<string, Awaited<ReturnType<Admin['fetchTopicOffsets']>>>;

async function committedOf(
  admin: Admin,
  groupId: string,
  owned: readonly { readonly topic: string; readonly partition: number }[],
): Promise<CommittedOffsets> {
  const committed = new Map<string, Map<number, number>>();
  const put = (topic: string, partition: number, offset: number): void => {
    const partitions = committed.get(topic) ?? new Map<number, number>();
    committed.set(topic, partitions.set(partition, offset));
  };
  for (const { topic, partition } of owned) put(topic, partition, -1);
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
    for (const { partition, offset } of partitions)
      if (Number(offset) >= 0) put(topic, partition, Number(offset));
  }
  return committed;
}

/**
 * One topic after the other: kafkajs keeps one set of metadata, and lookups of several topics at the same time
 * replace it under each other, so that a topic has no partitions all of a sudden.
 */
async function endsOf(admin: Admin, topics: ReadonlySet<string>): Promise<TopicEnds> {
  const ends = new Map<string, Awaited<ReturnType<Admin['fetchTopicOffsets']>>>();
  for (const topic of topics) ends.set(topic, await admin.fetchTopicOffsets(topic));
  return ends;
}

function progressOf(committed: CommittedOffsets, ends: TopicEnds): PartitionProgress[] {
  const rows = [...committed].flatMap(([topic, offsets]) =>
    (ends.get(topic) ?? []).flatMap(({ partition, high, low }) => {
      const offset = offsets.get(partition);
      if (offset === undefined) return [];
      const end = Number(high);
      const lag = Math.max(0, end - Math.max(offset, Number(low)));
      return [{ topic, partition, committed: offset, end, lag }];
    }),
  );
  return rows.sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}
