import type { LogRecord, MessageLog } from '../ports/index.js';
import { LogError } from '../ports/index.js';
import { pause } from '../timing.js';

export interface ReplyReaderOptions {
  readonly log: MessageLog;
  /** Full names. */
  readonly topics: readonly string[];
  readonly onRecord: (record: LogRecord) => void;
  /** Since when answers are waited for, milliseconds since 1970 UTC; undefined when nobody waits. */
  readonly waitingSince: () => number | undefined;
  /** The reader can go on no more: what waits will not be answered. */
  readonly onEnd: (error: unknown) => void;
}

const RESTART_PAUSE_MS = 200;
/** Brokers date the records: by how much their clocks may be ahead of this one. */
const CLOCK_SLACK_MS = 30_000;

/**
 * One reader of the reply topics for all asks of a process, started with the first of them. It belongs to no group:
 * a group would move its partitions, and with them the answers, to other processes. After a failure it reads on
 * from when the oldest waiting ask began, so that no answer is missed.
 */
export class ReplyReader {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private positioned = Promise.withResolvers<void>();

  constructor(private readonly options: ReplyReaderOptions) {}

  /** Resolves when what is written from now on will be seen. @throws LogError when the topics cannot be read */
  async ready(): Promise<void> {
    this.running ??= this.run();
    await this.positioned.promise;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    try {
      for (let from = await this.follow('end'); from !== undefined; from = await this.follow(from)) {
        await pause(RESTART_PAUSE_MS, signal);
      }
      throw new LogError('CLOSED', 'The reader of answers is closed.', false);
    } catch (error) {
      this.options.onEnd(error);
      this.positioned.reject(error);
      // Nobody may be waiting for it: that is no fault of the process.
      this.positioned.promise.catch(() => undefined);
    }
    // The next ask tries anew.
    this.positioned = Promise.withResolvers();
    this.running = undefined;
  }

  /** Reads until the end, or until a failure that may pass. @returns where to go on after such a failure */
  private async follow(from: 'end' | number): Promise<'end' | number | undefined> {
    const { log, topics, onRecord, waitingSince } = this.options;
    const { signal } = this.stopping;
    try {
      const onReady = (): void => this.positioned.resolve();
      for await (const records of log.follow({ topics, from, signal, onReady })) records.forEach(onRecord);
      return undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof LogError && !error.retriable) throw error;
      // Whoever asks from now on waits until the reader stands again.
      this.positioned = Promise.withResolvers();
      const since = waitingSince();
      return since === undefined ? 'end' : since - CLOCK_SLACK_MS;
    }
  }
}
