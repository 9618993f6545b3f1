import { LogError, type LogRecord, type MessageLog } from '@aika/messaging';
import type { Standing } from './standing.js';

const EVERY_MS = 500;

/**
 * The live directory has one partition, so it is in no group with topics that have more: whoever owns partition 0
 * looks into it twice a second.
 */
export class DirectoryReader {
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly log: Pick<MessageLog, 'offsets' | 'read'>,
    private readonly topic: string,
  ) {}

  /** What is new in it; nothing for who does not own it, and between two looks. */
  async read(standing: Standing): Promise<readonly LogRecord[]> {
    const at = { topic: this.topic, partition: 0 };
    const position = standing.of(at);
    if (!position || performance.now() - this.lookedAt < EVERY_MS) return [];
    this.lookedAt = performance.now();
    try {
      const { start, stableEnd } = await this.log.offsets(at);
      const records: LogRecord[] = [];
      const range = { from: Math.max(position.next, start), until: stableEnd };
      if (range.from >= range.until) return [];
      for await (const batch of this.log.read(at, range)) records.push(...batch);
      return records;
    } catch (error) {
      // A view of who runs: the others do not wait for it.
      if (error instanceof LogError && error.retriable) return [];
      throw error;
    }
  }
}
