import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { sendSignal } from '../../local-cluster/process-identity.js';

/** Waits for the end of its input, which is this process' end however it dies, and lets the other one go on. */
const GUARD = 'read -r _; kill -CONT "$0" 2>/dev/null; exit 0';
const STOP_TIMEOUT_MS = 5_000;
const LOOK_EVERY_MS = 5;

const suspended = new Map<number, ChildProcess>();

/**
 * Freezes a process (SIGSTOP) and resolves when it stands still. It goes on by `resume`, or when this process
 * ends in any way, kill -9 included: nothing stays frozen behind a test that failed.
 * @throws Error when there is no such process
 */
export async function suspend(pid: number): Promise<void> {
  if (!suspended.has(pid)) suspended.set(pid, guard(pid));
  if (!sendSignal(pid, 'SIGSTOP')) {
    resume(pid);
    throw new Error(`process ${pid} does not run`);
  }
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (!isSuspended(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} did not stop in ${STOP_TIMEOUT_MS} ms`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Lets a process go on (SIGCONT). @returns false when it is gone */
export function resume(pid: number): boolean {
  const runs = sendSignal(pid, 'SIGCONT');
  suspended.get(pid)?.stdin?.end();
  suspended.delete(pid);
  return runs;
}

/** Lets everything go on that this process has frozen: for the end of a test file or campaign. */
export function resumeAll(): void {
  for (const pid of [...suspended.keys()]) resume(pid);
}

/** Freezes a process while `work` runs; it goes on whether that succeeds or fails. */
export async function whileSuspended<T>(pid: number, work: () => Promise<T>): Promise<T> {
  await suspend(pid);
  try {
    return await work();
  } finally {
    resume(pid);
  }
}

/** True when the process stands still; without /proc the signal is trusted. */
export function isSuspended(pid: number): boolean {
  if (!existsSync('/proc/self/stat')) return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may hold spaces: the state is what follows it.
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'T';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function guard(pid: number): ChildProcess {
  const child = spawn('sh', ['-c', GUARD, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  child.stdin?.on('error', () => child.kill());
  // A pipe to a child is a socket, which would keep this process alive.
  (child.stdin as Socket | null)?.unref();
  return child;
}
