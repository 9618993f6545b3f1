import { spawn } from 'node:child_process';

export type CommandResult = {
  /** Exit code; null when the program is missing, was killed or ran out of time. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
};

/**
 * Runs a program to its end and never throws: a missing program and a timeout are results too, because
 * whoever probes a machine goes on with the next possibility.
 * @param options.timeoutMs after this the program is killed
 * @param options.signal aborted, the program is asked to end
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: {
    readonly timeoutMs: number;
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly signal?: AbortSignal;
  },
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      signal: options.signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
      // Its own children may live on and hold the pipes open: the bound is for us, not for them.
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      finish(null);
    }, options.timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const finish = (code: number | null) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? null : code, stdout, stderr, timedOut });
    };
    child.on('error', (error) => {
      stderr += error.message;
      finish(null);
    });
    child.on('close', finish);
  });
}
