import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { repositoryRoot } from '../repository.js';
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
  const child = spawnDetached(task);
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
  child.removeAllListeners();
  if (!task.leased) child.disconnect();
  child.unref();
  child.channel?.unref();
}

const supervisorLog = (task: SupervisorTask): string => join(task.dataDir, 'logs', 'supervisor.log');

function spawnDetached(task: SupervisorTask): ChildProcess {
  mkdirSync(join(task.dataDir, 'logs'), { recursive: true });
  const log = openSync(supervisorLog(task), 'a');
  try {
    // Always the built file: under jest this module runs from TypeScript, which a plain node cannot.
    const main = join(repositoryRoot(), 'libs/testing/dist/local-cluster/supervisor.main.js');
    return spawn(process.execPath, [main, JSON.stringify(task)], {
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      // Flags of the owner (a debugger's port, jest's loader) are not the supervisor's.
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  } finally {
    closeSync(log);
  }
}
