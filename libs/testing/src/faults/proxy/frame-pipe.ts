import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { FrameSplitter } from './frame-splitter.js';

/** Bytes held back by delays and a slow receiver before the sender is made to wait. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** What becomes of a frame: at the earliest `delayMs` after it has arrived, `deliver` gives what is passed on. */
export interface Handling {
  readonly delayMs: number;
  /** The bytes to pass on; undefined when there are none. */
  deliver(): Promise<Buffer | undefined>;
}

interface Waiting {
  readonly bytes: number;
  /** By performance.now(). */
  readonly notBefore: number;
  readonly deliver: Handling['deliver'];
}

/**
 * One direction of a connection. Frames keep their order, a delayed one holds back those behind it, and the
 * source is paused while much is waiting: the proxy's memory is bounded and each side feels the other's pace.
 */
export class FramePipe {
  private readonly splitter = new FrameSplitter();
  private readonly waiting: Waiting[] = [];
  private waitingBytes = 0;
  private running = false;
  private ended = false;

  constructor(
    private readonly source: Socket,
    private readonly sink: Socket,
    private readonly options: {
      /** Judges a frame in the moment when it arrives. */
      readonly judge: (frame: Buffer) => Handling;
      readonly onError: (error: unknown) => void;
      /** Ends what a delay or a slow receiver holds up. */
      readonly signal: AbortSignal;
    },
  ) {
    source.on('data', (chunk: Buffer) => this.take(chunk));
    source.on('end', () => {
      this.ended = true;
      this.run();
    });
  }

  private take(chunk: Buffer): void {
    try {
      for (const frame of this.splitter.push(chunk)) {
        const { delayMs, deliver } = this.options.judge(frame);
        this.waiting.push({ bytes: frame.length, notBefore: performance.now() + delayMs, deliver });
        this.waitingBytes += frame.length;
      }
    } catch (error) {
      return this.options.onError(error);
    }
    if (this.waitingBytes > MOST_WAITING_BYTES) this.source.pause();
    this.run();
  }

  private run(): void {
    if (this.running) return;
    this.running = true;
    this.passOn().catch((error: unknown) => {
      if (!this.options.signal.aborted) this.options.onError(error);
    });
  }

  private async passOn(): Promise<void> {
    try {
      await this.passOnWaiting();
    } finally {
      this.running = false;
    }
  }

  private async passOnWaiting(): Promise<void> {
    const { signal } = this.options;
    for (let next = this.waiting.shift(); next && !signal.aborted; next = this.waiting.shift()) {
      const wait = next.notBefore - performance.now();
      if (wait > 0) await delay(wait, undefined, { signal });
      const bytes = await next.deliver();
      if (bytes !== undefined && !signal.aborted) await this.write(bytes);
      this.waitingBytes -= next.bytes;
      if (this.waitingBytes <= MOST_WAITING_BYTES) this.source.resume();
    }
    // The sender has said all: what is passed on ends there too, and answers may still come back.
    if (this.ended && !signal.aborted) this.sink.end();
  }

  private async write(bytes: Buffer): Promise<void> {
    if (this.sink.destroyed || this.sink.write(bytes)) return;
    await once(this.sink, 'drain', { signal: this.options.signal });
  }
}
