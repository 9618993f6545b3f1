import type { ClusterHandle } from '../local-cluster/cluster-handle.js';
import {
  findLocalCluster,
  keptClusterId,
  startLocalCluster,
  stopLocalCluster,
} from '../local-cluster/local-cluster.js';
import { createTopics } from '../topics/create-topics.js';
import { COMPOSE_BROKERS, COMPOSE_CLUSTER_ID, composeDown, composeIsUp, composeUp } from './compose.js';
import { holdComposeLease } from './compose-lease.js';
import { resolvePlatform, type PlatformChoice } from './resolve-platform.js';
import { platformSettings, stageTopicsSetting } from './settings.js';

/** Brokers that run, and whose they are. */
export type RunningBrokers = {
  readonly kind: PlatformChoice['kind'];
  /** Bootstrap addresses, host:port. */
  readonly brokers: readonly string[];
  /** Of a cluster of this clone; absent of given brokers, which are somebody else's. */
  readonly clusterId?: string;
};

/** A running platform with all topics. */
export type Platform = RunningBrokers & {
  /** True when it ran before this start; then stop() leaves it running. */
  readonly attached: boolean;
  readonly topics: { readonly created: readonly string[]; readonly existing: readonly string[] };
  /** The local processes, if it is those: to kill and start single brokers. */
  readonly cluster?: ClusterHandle;
  /** Stops what this start brought up. */
  stop(): Promise<void>;
};

export type PlatformOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** Sizes of the topics file; "laptop" unless told otherwise. */
  readonly environment?: string;
  readonly namespace?: string;
  /** 'owner': what is started here ends with this process, however it ends. */
  readonly lease: 'owner' | 'none';
  readonly onProgress?: (line: string) => void;
  /** Aborted, a start that is under way is given up. */
  readonly signal?: AbortSignal;
};

type Brokers = Omit<Platform, 'topics'>;

/**
 * Brings up three brokers on whatever this machine has and creates the topics; repeats are harmless.
 * @throws PlatformError with a message that says what to do; the signal's reason when that is aborted; then nothing that
 * it started is left running
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const brokers = await startBrokers(options);
  try {
    options.signal?.throwIfAborted();
    const { env = process.env, environment = 'laptop', namespace } = options;
    const stageTopics = stageTopicsSetting(env);
    const topics = await createTopics({ brokers: brokers.brokers, environment, namespace, stageTopics });
    if (topics.created.length > 0) options.onProgress?.(`Created ${topics.created.length} topics`);
    return { ...brokers, topics };
  } catch (error) {
    await brokers.stop();
    throw error;
  }
}

async function startBrokers({
  env = process.env,
  lease,
  onProgress,
  signal,
}: PlatformOptions): Promise<Brokers> {
  const choice = await resolvePlatform(env, onProgress);
  signal?.throwIfAborted();
  switch (choice.kind) {
    case 'given':
      return { kind: 'given', brokers: choice.brokers, attached: true, stop: () => Promise.resolve() };
    case 'compose':
      return startCompose(lease, onProgress);
    case 'local': {
      const { dataDir, ports } = platformSettings(env);
      const cluster = await startLocalCluster({ dataDir, ports, lease, onProgress, signal });
      const { brokers, clusterId, attached } = cluster;
      return { kind: 'local', brokers, clusterId, attached, cluster, stop: () => cluster.stop() };
    }
    default:
      return choice satisfies never;
  }
}

async function startCompose(
  lease: PlatformOptions['lease'],
  onProgress?: (line: string) => void,
): Promise<Brokers> {
  onProgress?.('Starting the brokers of docker-compose.yml');
  const { wereRunning } = await composeUp();
  const release = lease === 'owner' && !wereRunning ? holdComposeLease() : undefined;
  return {
    kind: 'compose',
    brokers: COMPOSE_BROKERS,
    clusterId: COMPOSE_CLUSTER_ID,
    attached: wereRunning,
    async stop() {
      if (wereRunning) return;
      await composeDown({ wipe: false });
      release?.();
    },
  };
}

export type StoppedPlatform = {
  readonly stopped: readonly ('local' | 'compose')[];
  /** Ids of the clusters whose data are deleted. */
  readonly wiped: readonly string[];
};

/** Stops the platform of this clone, whoever started it. */
export async function stopPlatform({
  env,
  wipe,
}: {
  readonly env?: NodeJS.ProcessEnv;
  readonly wipe: boolean;
}): Promise<StoppedPlatform> {
  const { dataDir } = platformSettings(env);
  const stopped: ('local' | 'compose')[] = [];
  const clusterId = keptClusterId(dataDir);
  const found = clusterId === undefined ? [] : [clusterId];
  if (await stopLocalCluster(dataDir, { wipe })) stopped.push('local');
  if (await composeIsUp()) {
    await composeDown({ wipe });
    stopped.push('compose');
    found.push(COMPOSE_CLUSTER_ID);
  }
  return { stopped, wiped: wipe ? found : [] };
}

/** The brokers of this clone's platform if it runs: given, local or compose; undefined if none does. */
export async function findPlatform(
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningBrokers | undefined> {
  const { givenBrokers, dataDir } = platformSettings(env);
  if (givenBrokers.length > 0) return { kind: 'given', brokers: givenBrokers };
  const local = findLocalCluster(dataDir);
  if (local) {
    const brokers = local.nodes.map(({ port }) => `127.0.0.1:${port}`);
    return { kind: 'local', brokers, clusterId: local.clusterId };
  }
  return (await composeIsUp())
    ? { kind: 'compose', brokers: COMPOSE_BROKERS, clusterId: COMPOSE_CLUSTER_ID }
    : undefined;
}
