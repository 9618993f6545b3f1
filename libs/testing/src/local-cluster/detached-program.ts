import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../repository.js';

/**
 * Starts a program of this package that outlives its caller, with its task as the argument and a channel to tell how it
 * went; what it prints goes to the end of `logFile`.
 *
 * @param main below `libs/testing/dist`
 */
export function spawnDetached(main: string, task: object, logFile: string): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    // Always the built file: under jest this module runs from TypeScript, which a plain node cannot.
    const program = join(repositoryRoot(), 'libs/testing/dist', main);
    return spawn(process.execPath, [program, JSON.stringify(task)], {
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      // Flags of the owner (a debugger's port, jest's loader) are not the program's.
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  } finally {
    closeSync(log);
  }
}

/** Once it runs: it no longer keeps this process alive. A leased one keeps the channel, whose end is its end. */
export function letGo(child: ChildProcess, { leased }: { readonly leased: boolean }): void {
  child.removeAllListeners();
  if (!leased) child.disconnect();
  child.unref();
  child.channel?.unref();
}
