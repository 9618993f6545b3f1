import { attachLocalCluster, type ClusterHandle, startTestCluster } from '@aika/testing';

/** Below the repository: the brokers' data and logs. */
export const FAULT_CLUSTER_DIR = '.aika/faults-cluster';

const PORTS = '29692,29693,29694';
const CONTROLLER_PORTS = '29792,29793,29794';

export interface FaultCluster {
  readonly cluster: ClusterHandle;
  close(): Promise<void>;
}

/**
 * Brokers that may be killed: a throw-away cluster of local processes, never one that somebody uses. Its ports
 * are AIKA_FAULTS_KAFKA_PORTS and AIKA_FAULTS_KAFKA_CONTROLLER_PORTS.
 */
export async function openFaultCluster(
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FaultCluster> {
  const started = await startTestCluster(onProgress, {
    AIKA_TEST_DATA_DIR: FAULT_CLUSTER_DIR,
    AIKA_TEST_KAFKA_PORTS: env['AIKA_FAULTS_KAFKA_PORTS'] ?? PORTS,
    AIKA_TEST_KAFKA_CONTROLLER_PORTS: env['AIKA_FAULTS_KAFKA_CONTROLLER_PORTS'] ?? CONTROLLER_PORTS,
  });
  if (started.stateFile === undefined) throw new Error('The cluster of the campaign has no state file.');
  return { cluster: attachLocalCluster(started.stateFile), close: () => started.stop() };
}
