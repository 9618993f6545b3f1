import { readFileSync } from 'node:fs';

/** Linux counts a process's CPU time in hundredths of a second for programs outside the kernel. */
const MS_PER_TICK = 10;

/** User and system time of a process so far in milliseconds, from the text of /proc/<pid>/stat. */
export function cpuMsOf(stat: string): number {
  // The program's name stands in brackets and may hold blanks: fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** The most memory that a process ever held in MB, from the text of /proc/<pid>/status. */
export function peakMemoryMbOf(status: string): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? NaN : Number(kilobytes) / 1024;
}

/** CPU used up to a moment. */
export interface CpuSample {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly cpuMs: number;
}

/** CPU milliseconds used between two times, between samples in proportion. NaN without samples around them. */
export function cpuBetween(samples: readonly CpuSample[], from: number, to: number): number {
  return cpuAt(samples, to) - cpuAt(samples, from);
}

function cpuAt(samples: readonly CpuSample[], time: number): number {
  const after = samples.findIndex(({ at }) => at >= time);
  const next = samples[after];
  const last = samples[after - 1];
  if (next === undefined) return NaN;
  if (last === undefined) return next.at === time ? next.cpuMs : NaN;
  return last.cpuMs + ((next.cpuMs - last.cpuMs) * (time - last.at)) / (next.at - last.at);
}

/**
 * Follows the CPU time of processes from outside, the same way for Node and Java. Where there is no /proc, nothing
 * is sampled and figures are NaN.
 */
export class UsageSampler {
  private readonly samples: CpuSample[] = [];
  private readonly timer: NodeJS.Timeout;
  private peakMb = NaN;

  constructor(
    private readonly pids: readonly number[],
    everyMs = 50,
  ) {
    this.sample();
    this.timer = setInterval(() => this.sample(), everyMs);
  }

  /** To be called before the processes end. */
  stop(): void {
    clearInterval(this.timer);
    this.sample();
    this.peakMb = this.sum('status', peakMemoryMbOf);
  }

  /** CPU milliseconds of all processes together; times in milliseconds since 1970 UTC. */
  cpuMs(from: number, to: number): number {
    return cpuBetween(this.samples, from, to);
  }

  /** The most memory that each process ever held, added up, in MB. */
  get peakMemoryMb(): number {
    return this.peakMb;
  }

  private sample(): void {
    const cpuMs = this.sum('stat', cpuMsOf);
    if (!Number.isNaN(cpuMs)) this.samples.push({ at: Date.now(), cpuMs });
  }

  private sum(file: 'stat' | 'status', read: (text: string) => number): number {
    try {
      return this.pids.reduce((sum, pid) => sum + read(readFileSync(`/proc/${pid}/${file}`, 'utf8')), 0);
    } catch (error) {
      // No /proc here, or a process that has just ended: its end is noticed elsewhere.
      if (isSystemError(error)) return NaN;
      throw error;
    }
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
