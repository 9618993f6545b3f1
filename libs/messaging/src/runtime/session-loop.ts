import { pause } from '../timing.js';
import type { RuntimeLogger } from './runtime-logger.js';

/** `STARTING`: what it needs is not there, or its group gives out partitions. */
export type ServiceState = 'STARTING' | 'RUNNING' | 'STOPPED';

export interface SessionLoopOptions {
  /** Works until the loop's `signal` aborts; rejects when something fails, with all that it opened closed. */
  readonly session: () => Promise<void>;
  /** Ends the session's wait for records. */
  readonly wake: () => void;
  readonly logger: RuntimeLogger;
  /** What the log says when a session has failed. */
  readonly failed: string;
}

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

/**
 * Sessions of a process that reads the log beside the agents, one after the other until it is stopped. After one that
 * failed the next comes after a wait, which doubles with the failures in a row, less a share of up to one half.
 */
export class SessionLoop {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private failures = 0;
  private reason: string | undefined;

  constructor(private readonly options: SessionLoopOptions) {}

  /** Aborts when the loop is to stop. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Returns at once; may be called again. */
  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when the session under way has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.options.wake();
    await this.running;
  }

  /** Something was done: the next failure is the first in a row. */
  succeeded(): void {
    this.failures = 0;
  }

  /**
   * @param isRunning whether the session does its work now
   * @returns with the reason why it does not: the code or name of the last session's error
   */
  standing(isRunning: boolean): { readonly state: ServiceState; readonly reason?: string } {
    const { reason, signal } = this;
    return {
      state: signal.aborted ? 'STOPPED' : isRunning ? 'RUNNING' : 'STARTING',
      ...(reason === undefined || isRunning ? {} : { reason }),
    };
  }

  private async run(): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await this.options.session();
      } catch (error) {
        this.failed(error);
        await pause(this.backoff(), this.signal);
      }
    }
  }

  private failed(error: unknown): void {
    this.failures += 1;
    const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
    this.reason = String(code ?? name);
    // Not the message of another's error: a database's may repeat values.
    const message = error instanceof Error && 'retriable' in error ? error.message : undefined;
    const { logger, failed } = this.options;
    logger.warn(failed, { reason: this.reason, message, failures: this.failures });
  }

  private backoff(): number {
    const longest = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(this.failures, 10));
    return longest * (0.5 + Math.random() / 2);
  }
}
