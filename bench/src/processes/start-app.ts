import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { type BenchCluster, benchFolder } from '../cluster/bench-cluster.js';
import { BenchProcess } from './bench-process.js';

/** Such as --cpu-prof. */
const NODE_OPTIONS = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');

/** Starts one of the apps as it is built; its log is named after the namespace and the app. */
export function startApp(
  app: string,
  namespace: string,
  env: Readonly<Record<string, string>>,
): BenchProcess {
  return BenchProcess.start({
    name: app,
    program: process.execPath,
    args: [...NODE_OPTIONS, '--no-warnings', join(repositoryRoot(), 'apps', app, 'dist', 'main.js')],
    env,
    logFile: benchFolder('logs', `${namespace}-${app}.log`),
  });
}

/** Starts an agent, the projector or the gateway on the cluster, on a port of the system's choice. It is not ready yet. */
export function startService(
  app: string,
  { brokers, namespace }: Pick<BenchCluster, 'brokers' | 'namespace'>,
  env: Readonly<Record<string, string>>,
): BenchProcess {
  return startApp(app, namespace, {
    KAFKA_BROKERS: brokers.join(','),
    AIKA_NAMESPACE: namespace,
    AIKA_INSTANCE_ID: app,
    AIKA_HTTP_PORT: '0',
    ...env,
  });
}
