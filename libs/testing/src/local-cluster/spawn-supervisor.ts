import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { letGo, spawnDetached } from './detached-program.js';
import type { SupervisorMessage } from './supervisor.main.js';
import type { SupervisorTask } from './supervisor.js';

/**
 * Starts the detached supervisor and resolves when its brokers are up. A leased one keeps the IPC channel
 * to this process, without keeping this process alive; the channel's end is the cluster's end.
 * @throws PlatformError CLUSTER_NOT_STARTED with the supervisor's reason
 */
export async function spawnSupervisor(
  task: SupervisorTask,
  onProgress: (line: string) => void,
): Promise<void> {
  const child = spawnDetached('local-cluster/supervisor.main.js', task, supervisorLog(task));
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => reject(new PlatformError('CLUSTER_NOT_STARTED', reason));
    child.on('message', (message: SupervisorMessage) => {
      switch (message.type) {
        case 'progress':
          return onProgress(message.line);
        case 'failed':
          return fail(message.message);
        case 'running':
          return resolve();
        default:
          return message satisfies never;
      }
    });
    child.once('error', (error) => fail(`the supervisor was not started: ${error.message}`));
    child.once('exit', (code) => fail(`the supervisor ended with code ${code}; see ${supervisorLog(task)}`));
  });
  letGo(child, task);
}

const supervisorLog = (task: SupervisorTask): string => join(task.dataDir, 'logs', 'supervisor.log');
