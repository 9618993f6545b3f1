import type { PositionState, TopicPartition, TopicPartitionOffset } from '../ports/index.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { KAFKA_ERRORS, assertNoError, toLogError } from './kafka-errors.js';
import { type FetchedOffset, offsetFetchCall } from './wire/offset-fetch.request.js';

const EARLIEST = -2;
const LATEST = -1;
const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;
const LIST_TIMEOUT_MS = 30_000;
/** A dying transaction holds its offsets for at most its own timeout. */
const STABLE_TIMEOUT_MS = 120_000;

/**
 * 'end' is the high watermark; 'stable-end' stops before the first record of a transaction that is still open;
 * a number is a time in milliseconds since 1970 UTC and means the first record at or after it, else the end.
 */
export type ListedPosition = 'start' | 'end' | 'stable-end' | number;

interface ListOffsetsAnswer {
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly errorCode: number;
      readonly offset: string;
    }[];
  }[];
}

/** One offset for each partition asked for. @throws LogError `UNKNOWN_TOPIC`, `UNAVAILABLE` */
export async function listOffsets(
  cluster: KafkaCluster,
  partitions: readonly TopicPartition[],
  position: ListedPosition,
  signal?: AbortSignal,
): Promise<TopicPartitionOffset[]> {
  const what = 'list offsets';
  try {
    const found = await cluster.retrying({ what, timeoutMs: LIST_TIMEOUT_MS, signal }, () =>
      listOffsetsOnce(cluster, partitions, position),
    );
    const missing = found.filter(({ offset }) => offset < 0);
    if (missing.length === 0) return found;
    // No record is as young as the time that was asked for.
    const ends = await listOffsets(cluster, missing, 'stable-end', signal);
    return [...found.filter(({ offset }) => offset >= 0), ...ends];
  } catch (error) {
    throw toLogError(error, what);
  }
}

/** As `listOffsets`, without another try. @throws BrokerError and the like */
export async function listOffsetsOnce(
  cluster: KafkaCluster,
  partitions: readonly TopicPartition[],
  position: ListedPosition,
): Promise<TopicPartitionOffset[]> {
  const byLeader = new Map<number, TopicPartition[]>();
  for (const at of partitions) {
    const leader = await cluster.leader(at);
    byLeader.set(leader, [...(byLeader.get(leader) ?? []), at]);
  }
  const answers = await Promise.all(
    [...byLeader].map(([nodeId, led]) => askLeader(cluster, nodeId, led, position)),
  );
  return answers.flat();
}

async function askLeader(
  cluster: KafkaCluster,
  nodeId: number,
  partitions: readonly TopicPartition[],
  position: ListedPosition,
): Promise<TopicPartitionOffset[]> {
  const timestamp = position === 'start' ? EARLIEST : typeof position === 'number' ? position : LATEST;
  const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([topic, group]) => ({
    topic,
    partitions: group.map(({ partition }) => ({ partition, timestamp })),
  }));
  const isolationLevel = position === 'end' ? READ_UNCOMMITTED : READ_COMMITTED;
  const answer = (await cluster.call(nodeId, 'ListOffsets', { isolationLevel, topics })) as ListOffsetsAnswer;
  return answer.responses.flatMap(({ topic, partitions: answered }) =>
    answered.map(({ partition, errorCode, offset }) => {
      assertNoError(errorCode, 'ListOffsets');
      return { topic, partition, offset: Number(offset) };
    }),
  );
}

/** Stable committed offsets; partitions without a commit are left out. @throws LogError `UNAVAILABLE` */
export async function stableCommittedOffsets(
  cluster: KafkaCluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  signal?: AbortSignal,
): Promise<TopicPartitionOffset[]> {
  const what = `committed offsets of ${groupId}`;
  const options = { what, timeoutMs: STABLE_TIMEOUT_MS, longestPauseMs: 50, signal };
  try {
    return await cluster.retrying(options, async () => {
      const fetched = await fetchOffsets(cluster, groupId, partitions, { requireStable: true });
      for (const { errorCode } of fetched) assertNoError(errorCode, 'OffsetFetch');
      return fetched
        .filter(({ offset }) => offset >= 0)
        .map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    });
  } catch (error) {
    throw toLogError(error, what);
  }
}

/** Whose commits stand there, and which a transaction is about to move. @throws LogError `UNAVAILABLE` */
export async function positionStates(
  cluster: KafkaCluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  signal?: AbortSignal,
): Promise<PositionState[]> {
  const what = `positions of ${groupId}`;
  try {
    return await cluster.retrying({ what, timeoutMs: LIST_TIMEOUT_MS, signal }, async () => {
      const [stable, known] = await Promise.all(
        [true, false].map((requireStable) => fetchOffsets(cluster, groupId, partitions, { requireStable })),
      );
      const pending = new Set<string>();
      for (const { topic, partition, errorCode } of stable!) {
        if (errorCode === KAFKA_ERRORS.UNSTABLE_OFFSET_COMMIT) pending.add(`${topic}-${partition}`);
        else assertNoError(errorCode, 'OffsetFetch');
      }
      return known!.map(({ topic, partition, errorCode, metadata }) => {
        assertNoError(errorCode, 'OffsetFetch');
        const isPending = pending.has(`${topic}-${partition}`);
        return { topic, partition, owner: metadata || undefined, isPending };
      });
    });
  } catch (error) {
    throw toLogError(error, what);
  }
}

async function fetchOffsets(
  cluster: KafkaCluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  { requireStable }: { readonly requireStable: boolean },
): Promise<readonly FetchedOffset[]> {
  const call = offsetFetchCall(groupId, partitions, requireStable);
  return cluster.askCoordinator('group', groupId, async (nodeId) => {
    const answer = await cluster.send(nodeId, call);
    assertNoError(answer.errorCode, 'OffsetFetch');
    return answer.partitions;
  });
}

/** All partitions of the topics. @throws LogError `UNKNOWN_TOPIC`, `UNAVAILABLE` */
export async function allPartitions(
  cluster: KafkaCluster,
  topics: readonly string[],
): Promise<TopicPartition[]> {
  const counts = await Promise.all(topics.map((topic) => cluster.partitionCount(topic)));
  return topics.flatMap((topic, n) =>
    Array.from({ length: counts[n]! }, (_, partition) => ({ topic, partition })),
  );
}
