import { startLocalCluster } from '../local-cluster/local-cluster.js';
import { platformSettings } from './settings.js';

export type TestCluster = {
  readonly brokers: readonly string[];
  /** For attachLocalCluster; undefined when the brokers are given, which no test may kill. */
  readonly stateFile?: string;
  stop(): Promise<void>;
};

export type TestClusterOptions = {
  /** For more than a few minutes: brokers run with the optimising compiler, and are shut down as a person's are. */
  readonly longLived?: boolean;
};

/**
 * The cluster that integration tests run on: KAFKA_BROKERS if given, else three local brokers without any
 * data of earlier runs, beside the one that `aika up` runs, which end with this process. Their folder and
 * ports are moved by AIKA_TEST_DATA_DIR, AIKA_TEST_KAFKA_PORTS and AIKA_TEST_KAFKA_CONTROLLER_PORTS.
 */
export async function startTestCluster(
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
  { longLived = false }: TestClusterOptions = {},
): Promise<TestCluster> {
  const given = platformSettings(env).givenBrokers;
  if (given.length > 0) return { brokers: given, stop: () => Promise.resolve() };
  const { dataDir, ports } = platformSettings({
    AIKA_DATA_DIR: env.AIKA_TEST_DATA_DIR || '.aika/test-cluster',
    AIKA_KAFKA_PORTS: env.AIKA_TEST_KAFKA_PORTS || '29392,29393,29394',
    AIKA_KAFKA_CONTROLLER_PORTS: env.AIKA_TEST_KAFKA_CONTROLLER_PORTS || '29492,29493,29494',
  });
  const cluster = await startLocalCluster({
    dataDir,
    ports: {
      ...ports,
      clientSetting: 'AIKA_TEST_KAFKA_PORTS',
      controllerSetting: 'AIKA_TEST_KAFKA_CONTROLLER_PORTS',
    },
    wipe: true,
    throwAway: !longLived,
    lease: 'owner',
    onProgress,
  });
  return { brokers: cluster.brokers, stateFile: cluster.stateFile, stop: () => cluster.stop() };
}
