import { join } from 'node:path';
import type { MessageLog } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog, type KafkaAdmin } from '@aika/messaging/kafka';
import {
  attachLocalCluster,
  createTopics,
  loadTopics,
  readTopicsFile,
  repositoryRoot,
  startTestCluster,
} from '@aika/testing';

/** Three brokers that nobody else uses, with the product's topics in the benchmark's namespace. */
export interface BenchCluster {
  readonly brokers: readonly string[];
  readonly namespace: string;
  /** Of the topics with a customer's key. */
  readonly partitions: number;
  /** Process ids of the brokers; none when the brokers are given. */
  readonly brokerPids: readonly number[];
  readonly log: MessageLog;
  readonly admin: KafkaAdmin;
  close(): Promise<void>;
}

const NAMESPACE = 'bench';
const CLIENT_ID = 'aika-bench';
const ENVIRONMENT = 'laptop';
const PORTS = '29892,29893,29894';
const CONTROLLER_PORTS = '29992,29993,29994';

/**
 * Brings the brokers up, without data of earlier runs; KAFKA_BROKERS gives others. Ports of the local ones are
 * AIKA_BENCH_KAFKA_PORTS and AIKA_BENCH_KAFKA_CONTROLLER_PORTS.
 */
export async function openBenchCluster(
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<BenchCluster> {
  const settings = {
    KAFKA_BROKERS: env['KAFKA_BROKERS'],
    AIKA_TEST_DATA_DIR: '.aika/bench-cluster',
    AIKA_TEST_KAFKA_PORTS: env['AIKA_BENCH_KAFKA_PORTS'] ?? PORTS,
    AIKA_TEST_KAFKA_CONTROLLER_PORTS: env['AIKA_BENCH_KAFKA_CONTROLLER_PORTS'] ?? CONTROLLER_PORTS,
  };
  const started = await startTestCluster(onProgress, settings, { longLived: true });
  const { brokers, stateFile } = started;
  // Given brokers may have served an earlier run: its records are none of this one's.
  const namespace = stateFile === undefined ? `${NAMESPACE}-${Date.now()}` : NAMESPACE;
  const log = createKafkaLog({ brokers, clientId: CLIENT_ID });
  const admin = createKafkaAdmin({ brokers: [...brokers], clientId: CLIENT_ID });
  return {
    brokers,
    namespace,
    partitions: readTopicsFile().environments[ENVIRONMENT]?.keyedPartitions ?? 0,
    brokerPids: stateFile === undefined ? [] : brokerPids(stateFile),
    log,
    admin,
    close: async () => {
      await log.close();
      await admin.close();
      await started.stop();
    },
  };
}

/** Where Nest's request-reply asks and answers. */
export function requestTopicOf(namespace: string): string {
  return `${namespace}.requests`;
}

function requestTopics(namespace: string): ReturnType<typeof loadTopics> {
  const model = loadTopics({ environment: ENVIRONMENT, namespace }).find(({ name }) =>
    name.endsWith('.notifications'),
  );
  if (!model) throw new Error('There is no topic of notifications to take the shape from.');
  const request = requestTopicOf(namespace);
  return [request, `${request}.reply`].map((name) => ({ ...model, name }));
}

function brokerPids(stateFile: string): readonly number[] {
  return attachLocalCluster(stateFile).nodes.flatMap(({ pid }) => (pid === null ? [] : [pid]));
}

/**
 * Runs something on the same brokers with the product's topics in a namespace of its own: nothing of another benchmark
 * stands there. The topics go with it: each fetch of a follower looks at all partitions that it has of a leader, so
 * those of benchmarks that are over would slow the ones to come.
 */
export async function inNamespace<T>(
  cluster: BenchCluster,
  part: string,
  run: (cluster: BenchCluster) => Promise<T>,
): Promise<T> {
  const { brokers } = cluster;
  const namespace = `${cluster.namespace}-${part}`;
  await createTopics({ brokers, environment: ENVIRONMENT, namespace });
  await cluster.admin.ensureTopics(requestTopics(namespace));
  // A log of its own: one that has known topics which are gone fails when it looks up the others.
  const log = createKafkaLog({ brokers, clientId: CLIENT_ID });
  try {
    return await run({ ...cluster, namespace, log });
  } finally {
    await log.close();
    const topics = await cluster.admin.listTopics();
    await cluster.admin.deleteTopics(
      topics.map(({ name }) => name).filter((name) => name.startsWith(`${namespace}.`)),
    );
  }
}

/** Inbox and state of an agent that exists for one run: its own topics, shaped as the customer agent's. */
export async function createAgentTopics({ admin, namespace }: BenchCluster, name: string): Promise<void> {
  const models = loadTopics({ environment: ENVIRONMENT, namespace });
  const topics = models
    .filter((topic) => /\.(agent|state)\.customer(\.|$)/.test(topic.name))
    .map((topic) => ({ ...topic, name: topic.name.replace('.customer', `.${name}`) }));
  await admin.ensureTopics(topics);
}

/** Where logs, profiles and stores of a run are kept. */
export function benchFolder(...parts: readonly string[]): string {
  return join(repositoryRoot(), '.aika', 'bench', ...parts);
}
