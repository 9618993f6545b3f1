import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '../platform-error.js';
import { isRunning, stopChild } from './stop-child.js';

export interface ProcessSpec {
  readonly name: string;
  /** Absolute path of the program. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** Standard output and error go here, from the beginning. */
  readonly logFile: string;
}

const STOP_BOUND_MS = 15_000;

/**
 * A child process with an IPC channel: it stops when this process is gone, however this process ended.
 */
export class ManagedProcess {
  private constructor(
    readonly spec: ProcessSpec,
    private readonly child: ChildProcess,
  ) {}

  static start(spec: ProcessSpec): ManagedProcess {
    mkdirSync(dirname(spec.logFile), { recursive: true });
    const log = openSync(spec.logFile, 'w');
    try {
      const child = fork(spec.program, [], {
        env: { ...process.env, ...spec.env },
        execArgv: ['--enable-source-maps', '--no-warnings'],
        stdio: ['ignore', log, log, 'ipc'],
        // A terminal's Ctrl-C goes to the whole group: the parent decides the order in which to stop.
        detached: true,
      });
      return new ManagedProcess(spec, child);
    } finally {
      closeSync(log);
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isRunning(): boolean {
    return isRunning(this.child);
  }

  /**
   * Waits until `check` is true.
   * @throws PlatformError `PROCESS_NOT_READY` with the end of the log when the process ends before, or is late; the
   * signal's reason when that is aborted
   */
  async until(check: () => Promise<boolean>, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await check())) {
      signal?.throwIfAborted();
      if (!this.isRunning) throw this.notReady('ended at its start');
      if (Date.now() > deadline) throw this.notReady(`was not ready after ${timeoutMs / 1000} s`);
      await delay(50);
    }
  }

  /** What the process tells over IPC. */
  onMessage(listener: (message: unknown) => void): void {
    this.child.on('message', listener);
  }

  /** Resolves with the exit code when the process is gone; null when a signal ended it. */
  async exited(): Promise<number | null> {
    if (this.isRunning) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** SIGKILL; resolves when the process is gone. */
  async killed(): Promise<void> {
    if (!this.isRunning) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  /** SIGTERM, and SIGKILL after a bound. */
  stop(): Promise<void> {
    return stopChild(this.child, STOP_BOUND_MS);
  }

  private notReady(why: string): PlatformError {
    const { name, logFile } = this.spec;
    return new PlatformError(
      'PROCESS_NOT_READY',
      `${name} ${why}; the end of ${logFile}:\n${this.logTail()}`,
    );
  }

  /** The end of what it has written to its log. */
  logTail(): string {
    return readFileSync(this.spec.logFile, 'utf8').split('\n').slice(-15).join('\n');
  }
}
