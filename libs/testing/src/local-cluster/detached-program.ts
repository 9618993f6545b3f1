import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlatformError, type PlatformErrorCode } from '../platform-error.js';
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

/** What such a program tells whoever started it, until it runs. */
export type DetachedMessage =
  | { readonly type: 'progress'; readonly line: string }
  | { readonly type: 'running' }
  | { readonly type: 'failed'; readonly message: string };

/** Who is waited for, for messages. */
export interface AwaitedProgram {
  /** Such as `supervisor`. */
  readonly name: string;
  readonly failure: PlatformErrorCode;
  readonly logFile: string;
  readonly onProgress?: (line: string) => void;
  /** Aborted, the program is asked to end, with all that it started. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves when the program runs.
 *
 * @throws PlatformError `failure` with the program's reason; the signal's reason when that is aborted, and then the
 * program has ended
 */
export async function untilRunning(child: ChildProcess, program: AwaitedProgram): Promise<void> {
  const { name, failure, logFile, onProgress, signal } = program;
  const end = (): void => void child.kill('SIGTERM');
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: string) => reject(new PlatformError(failure, reason));
      child.on('message', (message: DetachedMessage) => {
        if (message.type === 'progress') return onProgress?.(message.line);
        // What it says of its start counts no more: it has to end first.
        if (signal?.aborted) return;
        if (message.type === 'running') resolve();
        else fail(message.message);
      });
      child.once('error', (error) => fail(`the ${name} was not started: ${error.message}`));
      child.once('exit', (code) => {
        if (signal?.aborted) reject(signal.reason as Error);
        else fail(`the ${name} ended with code ${code}; see ${logFile}`);
      });
    });
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/** Once it runs: it no longer keeps this process alive. A leased one keeps the channel, whose end is its end. */
export function letGo(child: ChildProcess, { leased }: { readonly leased: boolean }): void {
  child.removeAllListeners();
  if (!leased) child.disconnect();
  child.unref();
  child.channel?.unref();
}
