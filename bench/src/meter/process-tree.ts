import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for programs outside the kernel. */
const MS_PER_TICK = 10;

/** What /proc/<pid>/stat says of a process. */
export interface ProcessStat {
  readonly parent: number;
  /** User and system time in milliseconds: its own, and that of children that have ended and were waited for. */
  readonly cpuMs: number;
}

export function processStatOf(text: string): ProcessStat {
  // The program's name stands in brackets and may hold blanks: fields are counted behind it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = [11, 12, 13, 14].reduce((sum, n) => sum + (fields[n] ?? NaN), 0);
  return { parent: fields[1] ?? NaN, cpuMs: ticks * MS_PER_TICK };
}

/**
 * CPU that a process and all that it has started have used so far in milliseconds: PostgreSQL has a process for each
 * connection, and they come and go. NaN where there is no /proc, or no such process.
 */
export function cpuOfTree(root: number, stats: ReadonlyMap<number, ProcessStat> = allStats()): number {
  const own = stats.get(root);
  if (own === undefined) return NaN;
  const children = [...stats].filter(([, { parent }]) => parent === root);
  return children.reduce((sum, [pid]) => sum + cpuOfTree(pid, stats), own.cpuMs);
}

/** Every process of this machine as it stands now. */
export function allStats(): ReadonlyMap<number, ProcessStat> {
  const stats = new Map<number, ProcessStat>();
  for (const name of namesIn('/proc').filter((name) => /^\d+$/.test(name))) {
    const text = textOf(`/proc/${name}/stat`);
    if (text !== undefined) stats.set(Number(name), processStatOf(text));
  }
  return stats;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Undefined for a process that has just ended. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
