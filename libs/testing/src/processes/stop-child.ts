import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** SIGTERM, and SIGKILL when it has not ended within the bound; resolves when it has. */
export async function stopChild(child: ChildProcess, boundMs: number): Promise<void> {
  if (!isRunning(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const bound = setTimeout(() => child.kill('SIGKILL'), boundMs);
  await exited;
  clearTimeout(bound);
}
