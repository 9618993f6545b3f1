import type { ClusterHandle } from '../local-cluster/cluster-handle.js';
import { findLocalCluster, startLocalCluster, stopLocalCluster } from '../local-cluster/local-cluster.js';
import { createTopics } from '../topics/create-topics.js';
import { COMPOSE_BROKERS, composeDown, composeIsUp, composeUp } from './compose.js';
import { holdComposeLease } from './compose-lease.js';
import { resolvePlatform, type PlatformChoice } from './resolve-platform.js';
import { platformSettings, stageTopicsSetting } from './settings.js';

/** A running platform with all topics. */
export type Platform = {
  readonly kind: PlatformChoice['kind'];
  /** Bootstrap addresses, host:port. */
  readonly brokers: readonly string[];
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
      const { brokers, attached } = cluster;
      return { kind: 'local', brokers, attached, cluster, stop: () => cluster.stop() };
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
    attached: wereRunning,
    async stop() {
      if (wereRunning) return;
      await composeDown({ wipe: false });
      release?.();
    },
  };
}

/**
 * Stops the platform of this clone, whoever started it.
 * @returns what was stopped
 */
export async function stopPlatform(options: {
  readonly env?: NodeJS.ProcessEnv;
  readonly wipe: boolean;
}): Promise<readonly ('local' | 'compose')[]> {
  const { dataDir } = platformSettings(options.env);
  const stopped: ('local' | 'compose')[] = [];
  if (await stopLocalCluster(dataDir, { wipe: options.wipe })) stopped.push('local');
  if (await composeIsUp()) {
    await composeDown({ wipe: options.wipe });
    stopped.push('compose');
  }
  return stopped;
}

/** The brokers of this clone's platform if it runs: given, local or compose; undefined if none does. */
export async function findPlatform(
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly kind: PlatformChoice['kind']; readonly brokers: readonly string[] } | undefined> {
  const { givenBrokers, dataDir } = platformSettings(env);
  if (givenBrokers.length > 0) return { kind: 'given', brokers: givenBrokers };
  const local = findLocalCluster(dataDir);
  if (local) return { kind: 'local', brokers: local.nodes.map(({ port }) => `127.0.0.1:${port}`) };
  return (await composeIsUp()) ? { kind: 'compose', brokers: COMPOSE_BROKERS } : undefined;
}
