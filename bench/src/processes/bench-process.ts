import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRunning, stopChild } from '@aika/testing';

export interface ProcessCommand {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Standard output and error, from the beginning. */
  readonly logFile: string;
}

const STOP_BOUND_MS = 10_000;

/** A program that is measured, in a process of its own. */
export class BenchProcess {
  private port: number | undefined;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly logFile: string,
  ) {}

  static start({ name, program, args, env, logFile }: ProcessCommand): BenchProcess {
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'w');
    try {
      const child = spawn(program, args, {
        env: { ...process.env, ...env },
        // When this process is gone, Node's programs lose the channel and Java's reads the end of its input.
        stdio: ['pipe', log, log, 'ipc'],
        // A session of its own, as a service has: Linux shares the processor out by sessions first.
        detached: true,
      });
      // Said by `assertRunning`, where somebody waits for it.
      child.on('error', () => undefined);
      const started = new BenchProcess(name, child, logFile);
      child.on('message', (notice) => (started.port ??= portIn(notice)));
      return started;
    } finally {
      closeSync(log);
    }
  }

  /** @throws Error when the program could not be started */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.name} did not start: ${this.child.spawnfile}`);
    return this.child.pid;
  }

  /** Where the program answers over HTTP; undefined until it has told. */
  get url(): string | undefined {
    return this.port === undefined ? undefined : `http://127.0.0.1:${this.port}`;
  }

  get isRunning(): boolean {
    return isRunning(this.child);
  }

  /** @throws Error with the end of its log when the program has ended */
  assertRunning(): void {
    if (this.isRunning) return;
    throw new Error(`${this.name} ended (code ${this.child.exitCode}):\n${this.logTail()}`);
  }

  logTail(): string {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-20).join('\n');
  }

  /** Resolves when the program has done its work. @throws Error with the end of its log when it failed */
  async done(signal: AbortSignal): Promise<void> {
    const stop = (): void => void this.child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    if (this.isRunning) await once(this.child, 'exit');
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    if (this.child.exitCode !== 0) this.assertRunning();
  }

  /** SIGTERM, and SIGKILL after a bound. */
  stop(): Promise<void> {
    return stopChild(this.child, STOP_BOUND_MS);
  }
}

/** Nest's programs tell their address when they listen, the payment sandbox its port. */
function portIn(notice: unknown): number | undefined {
  const { type, url, port } = notice as Readonly<Record<string, unknown>>;
  if (type === 'started') return Number(new URL(String(url)).port);
  return typeof port === 'number' ? port : undefined;
}
