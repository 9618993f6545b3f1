import type { MessageLog, OutgoingRecord } from '@aika/messaging';

const TICK_MS = 20;

/** Messages at an even rate until `stop`, beside what is measured. */
export class Load {
  private sent = 0;
  private readonly startedAt = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private failure: unknown;

  private constructor(
    private readonly perSecond: number,
    private readonly send: (from: number, count: number) => Promise<unknown>,
    private readonly close: () => Promise<void>,
  ) {
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Records made by number, `perSecond` of them. */
  static async ofRecords(
    log: MessageLog,
    perSecond: number,
    make: (n: number) => OutgoingRecord,
  ): Promise<Load> {
    const writer = await log.createWriter();
    const send = (from: number, count: number): Promise<unknown> =>
      writer.send(Array.from({ length: count }, (_, n) => make(from + n)));
    return new Load(perSecond, send, () => writer.close());
  }

  /** One call a message. */
  static ofCalls(perSecond: number, call: (n: number) => Promise<unknown>): Load {
    const send = (from: number, count: number): Promise<unknown> =>
      Promise.all(Array.from({ length: count }, (_, n) => call(from + n)));
    return new Load(perSecond, send, () => Promise.resolve());
  }

  /** @throws what a send has thrown: figures under a load that was not there are none */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.close();
    if (this.failure !== undefined) throw this.failure as Error;
  }

  private tick(): void {
    const due = Math.floor(((performance.now() - this.startedAt) / 1000) * this.perSecond);
    if (due <= this.sent) return;
    const [from, count] = [this.sent, due - this.sent];
    this.sent = due;
    this.send(from, count).catch((error: unknown) => (this.failure ??= error));
  }
}
