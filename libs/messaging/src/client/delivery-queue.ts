import { LogError, type OutgoingRecord, type RecordWriter, type TopicPartition } from '../ports/index.js';

/** What became of a message that was enqueued. `topic` and `partition` are those of the message itself. */
export type DeliveryReport =
  | (TopicPartition & {
      readonly messageId: string;
      readonly ok: true;
      /** -1 where the log does not know it any more: an earlier try had been written. */
      readonly offset: number;
    })
  | {
      readonly messageId: string;
      readonly ok: false;
      /** A LogError of the log, or a TerminalError for a message that can never be written. */
      readonly error: Error;
    };

export interface QueueLimits {
  /** Messages without a report. */
  readonly maxMessages: number;
  /** Bytes of their records' values. */
  readonly maxBytes: number;
}

/** The queue is at its bound: wait for `flush()`, or for reports, and enqueue again. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly code = 'QUEUE_FULL';
  readonly retriable = true;

  constructor(readonly limits: QueueLimits) {
    const { maxMessages, maxBytes } = limits;
    super(`${maxMessages} messages or ${maxBytes} bytes wait for delivery: await flush() before more`);
  }
}

export interface QueuedMessage {
  readonly messageId: string;
  /** The message's own record comes first. */
  readonly records: () => Promise<readonly OutgoingRecord[]>;
  readonly bytes: number;
  readonly onDelivery?: ((report: DeliveryReport) => void) | undefined;
}

/** Sends messages in the order in which they came, many at once, and reports each one's delivery. */
export class DeliveryQueue {
  private messages = 0;
  private bytes = 0;
  private tail: Promise<void> = Promise.resolve();
  private readonly open = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly writer: RecordWriter,
    private readonly limits: QueueLimits,
  ) {}

  /** @throws QueueFullError */
  add(message: QueuedMessage): void {
    const { maxMessages, maxBytes } = this.limits;
    const isFull = this.messages >= maxMessages || this.bytes + message.bytes > maxBytes;
    if (isFull && this.messages > 0) throw new QueueFullError(this.limits);
    this.messages += 1;
    this.bytes += message.bytes;
    const delivered = this.deliver(message);
    this.open.add(delivered);
    void delivered.then(() => this.open.delete(delivered));
  }

  /** Resolves when all that was added has been reported. @throws what a callback has thrown since the last call */
  async flush(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open);
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure.error;
  }

  private async deliver(message: QueuedMessage): Promise<void> {
    const report = await this.reportOf(message);
    this.messages -= 1;
    this.bytes -= message.bytes;
    try {
      message.onDelivery?.(report);
    } catch (error) {
      this.failure ??= { error };
    }
  }

  private async reportOf({ messageId, records }: QueuedMessage): Promise<DeliveryReport> {
    try {
      const sending = this.inTurn(async () => {
        const ready = await records();
        // Not awaited in turn: the writer keeps the order, and what waits travels together.
        return { sent: this.writer.send(ready) };
      });
      const [position] = await (await sending).sent;
      if (position === undefined) throw new LogError('UNAVAILABLE', 'the log told no position', true);
      return { messageId, ok: true, ...position };
    } catch (error) {
      return { messageId, ok: false, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work);
    this.tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
