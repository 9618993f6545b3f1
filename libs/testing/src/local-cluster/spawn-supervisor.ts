import { join } from 'node:path';
import { type AwaitedProgram, letGo, spawnDetached, untilRunning } from './detached-program.js';
import type { SupervisorTask } from './supervisor.js';

/**
 * Starts the detached supervisor and resolves when its brokers are up. A leased one keeps the IPC channel
 * to this process, without keeping this process alive; the channel's end is the cluster's end.
 * @throws PlatformError CLUSTER_NOT_STARTED with the supervisor's reason; the signal's reason when that is aborted, and
 * then nothing runs
 */
export async function spawnSupervisor(
  task: SupervisorTask,
  options: Pick<AwaitedProgram, 'onProgress' | 'signal'>,
): Promise<void> {
  const logFile = join(task.dataDir, 'logs', 'supervisor.log');
  const child = spawnDetached('local-cluster/supervisor.main.js', task, logFile);
  await untilRunning(child, { ...options, name: 'supervisor', failure: 'CLUSTER_NOT_STARTED', logFile });
  letGo(child, task);
}
