import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * A process as it can be told from a later one with the same number: pids are reused, and a pid out of an
 * old file must never get a stranger killed.
 */
export type ProcessIdentity = {
  readonly pid: number;
  /** When the system started it, in the system's own notation; only compared for equality. */
  readonly startTime: string;
};

type Live = { readonly startTime: string; readonly command: string };

/** The running process with this number; undefined if there is none or it is a zombie that nobody reaped. */
function look(pid: number): Live | undefined {
  return existsSync('/proc/self/stat') ? lookInProc(pid) : lookWithPs(pid);
}

function lookInProc(pid: number): Live | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold spaces: count from its closing bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { startTime: fields[19] ?? '', command };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

function lookWithPs(pid: number): Live | undefined {
  const run = (field: string) =>
    spawnSync('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  const state = run('stat');
  if (state === '' || state.startsWith('Z')) return undefined;
  return { startTime: run('lstart'), command: run('command') };
}

/** Who `pid` is now; undefined if it does not run. */
export function identify(pid: number): ProcessIdentity | undefined {
  const live = look(pid);
  return live && { pid, startTime: live.startTime };
}

/** True when exactly this process still runs and its command line contains `marker`. */
export function isStillRunning(identity: ProcessIdentity, marker: string): boolean {
  const live = look(identity.pid);
  if (live === undefined || live.startTime !== identity.startTime) return false;
  // A process on its way out loses its command line first, and its files and ports after that.
  return live.command === '' || live.command.includes(marker);
}

/** Sends a signal; false if the process is gone already, which is what a stop wants anyway. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
