import { setTimeout as delay } from 'node:timers/promises';
import type { LogRecord, MessageLog } from '@aika/messaging';

/** One output as a reader of committed records finds it. */
export interface Output {
  /** When the broker appended it, milliseconds since 1970 UTC. */
  readonly appendedAt: number;
  readonly value: string;
}

export interface WaitOptions {
  readonly signal: AbortSignal;
  /** Without one more record for this long, the peer is given up, milliseconds. */
  readonly stallMs: number;
  /** @throws Error when there is nobody left who could write */
  readonly assertAlive: () => void;
}

const POLL_MS = 100;

/**
 * The independent meter of all peers: finds a topic's committed records by reading it, without a part of any peer.
 * While a peer runs it only asks for the end of the partitions, so that it takes no CPU from what it measures.
 */
export class OutputMeter {
  private constructor(
    private readonly log: MessageLog,
    private readonly topic: string,
    private readonly next: number[],
  ) {}

  /** Counts what is written from now on. */
  static async open(log: MessageLog, topic: string): Promise<OutputMeter> {
    return new OutputMeter(log, topic, await ends(log, topic));
  }

  /**
   * Waits for so many committed records and returns all there are then, in order within a partition.
   * @throws Error when none comes any more, or the wait is interrupted
   */
  async collect(count: number, { signal, stallMs, assertAlive }: WaitOptions): Promise<readonly Output[]> {
    const outputs: Output[] = [];
    let seen = 0;
    let seenAt = Date.now();
    for (;;) {
      signal.throwIfAborted();
      const last = await ends(this.log, this.topic);
      const written = last.reduce((sum, end, partition) => sum + end - (this.next[partition] ?? 0), 0);
      // Markers take offsets too: enough offsets are read, and may not be enough records yet.
      if (outputs.length + written >= count) await this.readInto(outputs, last, signal);
      if (outputs.length >= count) return outputs;
      const now = outputs.length + written;
      if (now !== seen) [seen, seenAt] = [now, Date.now()];
      assertAlive();
      if (Date.now() - seenAt > stallMs) {
        throw new Error(`${this.topic}: ${seen} of ${count} outputs, and no more for ${stallMs / 1000} s.`);
      }
      await delay(POLL_MS);
    }
  }

  private async readInto(outputs: Output[], last: readonly number[], signal: AbortSignal): Promise<void> {
    for (const [partition, until] of last.entries()) {
      const range = { from: this.next[partition] ?? 0, until, signal };
      for await (const records of this.log.read({ topic: this.topic, partition }, range)) {
        for (const record of records) outputs.push(toOutput(record));
      }
      this.next[partition] = until;
    }
  }
}

function toOutput({ timestamp, value }: LogRecord): Output {
  return { appendedAt: timestamp, value: value?.toString() ?? '' };
}

async function ends(log: MessageLog, topic: string): Promise<number[]> {
  const partitions = Array.from({ length: await log.partitionCount(topic) }, (_, partition) => partition);
  return Promise.all(partitions.map(async (partition) => (await log.offsets({ topic, partition })).end));
}
