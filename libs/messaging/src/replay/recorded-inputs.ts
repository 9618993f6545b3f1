import type { LogRecord, MessageLog } from '../ports/index.js';
import type { HandledStep } from '../runtime/handling-order.js';

/**
 * The records of one partition in the order in which they were handled, which is nearly that of the log: each topic
 * is read once, and only what was handled later than what came behind it is kept for a while.
 */
export class RecordedInputs {
  private readonly topics = new Map<string, TopicInputs>();

  constructor(log: MessageLog, partition: number, steps: Iterable<HandledStep>, signal: AbortSignal) {
    const needed = new Map<string, Set<number>>();
    for (const step of steps) {
      if (step.kind !== 'record') continue;
      const offsets = needed.get(step.topic);
      if (offsets) offsets.add(step.offset);
      else needed.set(step.topic, new Set([step.offset]));
    }
    for (const [topic, offsets] of needed) {
      this.topics.set(topic, new TopicInputs(log, { topic, partition }, offsets, signal));
    }
  }

  /** Undefined when the log does not have it any more. Each record is given once. */
  async take(topic: string, offset: number): Promise<LogRecord | undefined> {
    return this.topics.get(topic)?.take(offset);
  }

  async close(): Promise<void> {
    for (const topic of this.topics.values()) await topic.close();
  }
}

class TopicInputs {
  private readonly waiting = new Map<number, LogRecord>();
  private readonly batches: AsyncIterator<readonly LogRecord[]>;

  constructor(
    log: MessageLog,
    at: { readonly topic: string; readonly partition: number },
    private readonly needed: ReadonlySet<number>,
    signal: AbortSignal,
  ) {
    let [from, until] = [Infinity, 0];
    for (const offset of needed) [from, until] = [Math.min(from, offset), Math.max(until, offset + 1)];
    this.batches = log.read(at, { from, until, signal })[Symbol.asyncIterator]();
  }

  async take(offset: number): Promise<LogRecord | undefined> {
    while (!this.waiting.has(offset)) {
      const { done, value } = await this.batches.next();
      if (done) return undefined;
      for (const record of value) if (this.needed.has(record.offset)) this.waiting.set(record.offset, record);
    }
    const record = this.waiting.get(offset);
    this.waiting.delete(offset);
    return record;
  }

  async close(): Promise<void> {
    await this.batches.return?.();
  }
}
