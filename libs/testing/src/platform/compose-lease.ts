import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.js';

/**
 * Ties broker containers to this process: a detached watcher stops them when the process is gone, however it
 * went (the system then closes the watcher's IPC channel).
 * @returns lets the watcher go without stopping anything, for an owner that has stopped them itself
 */
export function holdComposeLease(): () => void {
  const main = join(repositoryRoot(), 'libs/testing/dist/platform/compose-lease.main.js');
  const watcher = spawn(process.execPath, [main], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  watcher.unref();
  watcher.channel?.unref();
  return () => {
    watcher.kill('SIGKILL');
  };
}
