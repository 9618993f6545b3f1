import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { benchFolder } from '../cluster/bench-cluster.js';
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
