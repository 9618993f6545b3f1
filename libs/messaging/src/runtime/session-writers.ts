import { LogError, type Membership, type MessageLog, type TopicPartitionOffset } from '../ports/index.js';
import { pause } from '../timing.js';
import type { DeliverySettings } from './runtime-options.js';
import { WriterPair } from './writer-pair.js';

export interface SessionWritersOptions {
  readonly log: MessageLog;
  readonly stateTopic: string;
  readonly transactionalIdPrefix: string;
  readonly settings: DeliverySettings;
  readonly signal: AbortSignal;
  /** There are new writers, and those before write no more. */
  readonly onRenewed: (pair: WriterPair) => void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/** The writers of a session. After a failure they are made anew, which ends what they have left open. */
export class SessionWriters {
  private pair: WriterPair | undefined;

  constructor(private readonly options: SessionWritersOptions) {}

  /** @throws LogError */
  async renew(): Promise<void> {
    await this.close();
    const { log, transactionalIdPrefix, settings, onRenewed } = this.options;
    this.pair = await WriterPair.create(log, transactionalIdPrefix, settings);
    onRenewed(this.pair);
  }

  async close(): Promise<void> {
    await this.pair?.close();
    this.pair = undefined;
  }

  /**
   * Appends a mark to each changelog: what was committed before lies below it. The high watermark would not do: a
   * broker that leads a partition no more and has not heard of it yet still tells the end that it knew. What may pass
   * is tried again with new writers, after pauses that double: partitions without leaders refuse at once.
   *
   * @throws LogError that does not pass, or after the session's end
   */
  async changelogEnds(
    membership: Membership,
    positions: readonly TopicPartitionOffset[],
  ): Promise<ReadonlyMap<number, number>> {
    const { signal, stateTopic } = this.options;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
      try {
        return (await this.pair?.appendMarks({ stateTopic, membership, positions })) ?? new Map();
      } catch (error) {
        const isPassing = error instanceof LogError && error.retriable && error.code !== 'FENCED';
        if (!isPassing || signal.aborted) throw error;
        await pause(pauseMs, signal);
        await this.renew();
      }
    }
  }
}
