import { findJava, findMaven } from '../kafka-distribution/java.js';
import { kafkaIsInstalled } from '../kafka-distribution/kafka-distribution.js';
import { findLocalCluster } from '../local-cluster/local-cluster.js';
import { PlatformError } from '../platform-error.js';
import { composeObstacle } from './compose.js';
import { platformSettings, type PlatformSettings } from './settings.js';

/** What the brokers run on. */
export type PlatformChoice =
  | { readonly kind: 'given'; readonly brokers: readonly string[] }
  | { readonly kind: 'compose' }
  | { readonly kind: 'local' };

/** The questions to the machine; each answers with the obstacle, or undefined if there is none. */
export type PlatformProbes = {
  readonly localClusterRuns: (settings: PlatformSettings) => boolean;
  readonly composeObstacle: (onProgress: (line: string) => void) => Promise<string | undefined>;
  readonly localObstacle: () => Promise<string | undefined>;
};

const machine: PlatformProbes = {
  localClusterRuns: ({ dataDir }) => findLocalCluster(dataDir) !== undefined,
  composeObstacle,
  localObstacle,
};

async function localObstacle(): Promise<string | undefined> {
  try {
    await findJava();
    // Maven only fetches: a machine that has the verified jars can do without.
    if (!(await kafkaIsInstalled())) await findMaven();
    return undefined;
  } catch (error) {
    if (error instanceof PlatformError) return error.message;
    throw error;
  }
}

/**
 * Decides what the brokers run on: given ones, else containers, else local processes. A local cluster that
 * runs already comes before containers, so that a repeated start finds it.
 * @throws PlatformError NO_PLATFORM saying what to install; SETTING_INVALID
 */
export async function resolvePlatform(
  env: NodeJS.ProcessEnv = process.env,
  onProgress: (line: string) => void = () => {},
  probes: PlatformProbes = machine,
): Promise<PlatformChoice> {
  const settings = platformSettings(env);
  if (settings.givenBrokers.length > 0) return { kind: 'given', brokers: settings.givenBrokers };
  if (settings.prefer !== 'compose' && probes.localClusterRuns(settings)) return { kind: 'local' };

  const obstacles: string[] = [];
  if (settings.prefer !== 'local') {
    const obstacle = await probes.composeObstacle(onProgress);
    if (obstacle === undefined) return { kind: 'compose' };
    obstacles.push(`Docker: ${obstacle}`);
    if (settings.prefer === 'auto') onProgress(`Not with Docker (${obstacle}); trying Java`);
  }
  if (settings.prefer !== 'compose') {
    const obstacle = await probes.localObstacle();
    if (obstacle === undefined) return { kind: 'local' };
    obstacles.push(`Java: ${obstacle}`);
  }
  throw new PlatformError(
    'NO_PLATFORM',
    'There is nothing here to run Kafka on. Install Java 17 or newer and Maven 3.8 or newer, or Docker with ' +
      `compose; or set KAFKA_BROKERS to a cluster you have.\n  ${obstacles.join('\n  ')}`,
  );
}
