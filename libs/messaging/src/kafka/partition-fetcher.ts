import type { LogRecord, TopicPartition, TopicPartitionOffset } from '../ports/index.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { BrokerError, isLeadership, isTransient, isTransport } from './kafka-errors.js';
import { pause } from '../timing.js';
import { fetchCall, type FetchedPartition } from './wire/fetch.request.js';
import { decodeRecordBatches, type DecodeLimit, type Unreadable } from './wire/record-batch.decoder.js';

export interface FetcherOptions {
  readonly maxBytesPerPartition: number;
  /** Bytes of one answer over all partitions. */
  readonly maxBytes: number;
  /** How long a broker may hold back an empty answer, in milliseconds. */
  readonly maxWaitMs: number;
  /** Least time from one fetch of a broker to the next after one of few records, in milliseconds. Default 0. */
  readonly fetchEveryMs?: (() => number) | undefined;
  /** Default: the partition fails. */
  readonly unreadable?: Unreadable;
}

export interface FetcherHandlers {
  /** What a partition may bring; asked before each fetch and again for its answer. Nothing pauses it. */
  room(at: TopicPartition): DecodeLimit;
  /** Committed records in order; `next` is where the fetcher reads on. The list may be empty. */
  records(at: TopicPartition, records: readonly LogRecord[], next: number): void;
  /** The partition is read no further: its position is out of range, or its records are unreadable. */
  failed(at: TopicPartition, error: unknown): void;
}

interface Cursor extends TopicPartition {
  next: number;
}

const FAILURE_PAUSE_MS = 100;
/** Fewer records of all partitions together are no backlog. */
const FEW = 50;
const UNREACHABLE_PAUSE_MS = 200;

/**
 * Reads committed records of a changing set of partitions, with one request under way to each leader, so that a
 * record arrives as soon as it is readable. Moves with the leaders and outlives broker restarts.
 */
export class PartitionFetcher {
  private readonly cursors = new Map<string, Cursor>();
  private readonly loops = new Map<number, Promise<void>>();
  private readonly stopping = new AbortController();
  private changed = Promise.withResolvers<void>();
  private relocating: Promise<void> | undefined;
  private turn = 0;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: FetcherOptions,
    private readonly handlers: FetcherHandlers,
  ) {
    // Whoever asked: a loop that had nothing to do may lead partitions again.
    this.unsubscribe = cluster.onRefresh(() => this.notify());
  }

  /** Starts to read a partition, or moves on from another offset; answers under way are dropped. */
  assign({ topic, partition, offset }: TopicPartitionOffset): void {
    this.cursors.set(keyOf({ topic, partition }), { topic, partition, next: offset });
    this.notify();
  }

  remove(at: TopicPartition): void {
    this.cursors.delete(keyOf(at));
  }

  clear(): void {
    this.cursors.clear();
  }

  /** Where the partition is read on, or undefined when it is not read. */
  position(at: TopicPartition): number | undefined {
    return this.cursors.get(keyOf(at))?.next;
  }

  /** To be called when a partition has room again. */
  notify(): void {
    this.changed.resolve();
    this.changed = Promise.withResolvers();
    this.startLoops();
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.stopping.abort();
    this.changed.resolve();
    await Promise.all(this.loops.values());
  }

  private startLoops(): void {
    if (this.stopping.signal.aborted) return;
    let homeless = false;
    for (const cursor of this.cursors.values()) {
      const leader = this.cluster.knownLeader(cursor);
      if (leader === undefined) homeless = true;
      else if (!this.loops.has(leader)) this.loops.set(leader, this.runLoop(leader));
    }
    if (homeless) this.relocating ??= this.relocate();
  }

  /** Asks for leaders until every partition has one. */
  private async relocate(): Promise<void> {
    const { signal } = this.stopping;
    await Promise.resolve();
    while (!signal.aborted && this.homeless().length > 0) {
      await this.refreshOrPause([...new Set(this.homeless().map(({ topic }) => topic))]);
      if (this.homeless().length > 0) await pause(FAILURE_PAUSE_MS, signal);
    }
    this.relocating = undefined;
    this.notify();
  }

  private homeless(): Cursor[] {
    return [...this.cursors.values()].filter((cursor) => this.cluster.knownLeader(cursor) === undefined);
  }

  private async runLoop(nodeId: number): Promise<void> {
    const { signal } = this.stopping;
    // What is assigned together is asked for together: a second request would wait for the first one's answer.
    await Promise.resolve();
    while (!signal.aborted) {
      const { promise } = this.changed;
      const cursors = this.ledBy(nodeId);
      if (cursors.length === 0) {
        await promise;
        continue;
      }
      try {
        const begunAt = performance.now();
        const brought = await this.fetch(nodeId, cursors);
        const pace = brought < FEW ? (this.options.fetchEveryMs?.() ?? 0) : 0;
        const left = begunAt + pace - performance.now();
        if (left > 0) await pause(left, signal);
      } catch (error) {
        if (signal.aborted) break;
        await this.afterFailure(error);
      }
    }
  }

  private ledBy(nodeId: number): Cursor[] {
    const led = [...this.cursors.values()].filter(
      (cursor) => this.cluster.knownLeader(cursor) === nodeId && hasRoom(this.handlers.room(cursor)),
    );
    // The first one that has records gets a whole batch, whatever its length; the others what fits then.
    this.turn += 1;
    const first = led.length === 0 ? 0 : this.turn % led.length;
    return [...led.slice(first), ...led.slice(0, first)];
  }

  /** @returns the number of records that it has brought */
  private async fetch(nodeId: number, cursors: readonly Cursor[]): Promise<number> {
    const call = fetchCall({
      ...this.options,
      positions: cursors.map(({ topic, partition, next }) => ({ topic, partition, offset: next })),
      requestTimeoutMs: this.cluster.requestTimeoutMs,
    });
    const answers = await this.cluster.send(nodeId, call);
    if (this.stopping.signal.aborted) return 0;
    let failure: unknown;
    let brought = 0;
    for (const answer of answers) {
      const cursor = cursors.find(
        ({ topic, partition }) => topic === answer.topic && partition === answer.partition,
      );
      // A cursor that was replaced or removed meanwhile is at another place now.
      if (cursor === undefined || this.cursors.get(keyOf(cursor)) !== cursor) continue;
      const before = cursor.next;
      failure = this.take(cursor, answer) ?? failure;
      brought += cursor.next - before;
    }
    if (failure !== undefined) throw failure;
    return brought;
  }

  /** Returns an error that is worth another try. */
  private take(cursor: Cursor, answer: FetchedPartition): unknown {
    if (answer.errorCode !== 0) {
      const error = new BrokerError(answer.errorCode, 'Fetch');
      if (isTransient(error)) return error;
      this.giveUp(cursor, error);
      return undefined;
    }
    const room = this.handlers.room(cursor);
    // What other brokers have answered meanwhile has filled it: asked for again when there is room.
    if (!hasRoom(room)) return undefined;
    try {
      const { bytes, aborted } = answer;
      const { unreadable } = this.options;
      const { records, next } = decodeRecordBatches(cursor, bytes, cursor.next, aborted, room, unreadable);
      const moved = next !== cursor.next;
      cursor.next = next;
      if (moved) this.handlers.records(cursor, records, next);
    } catch (error) {
      this.giveUp(cursor, error);
    }
    return undefined;
  }

  private giveUp(cursor: Cursor, error: unknown): void {
    this.cursors.delete(keyOf(cursor));
    this.handlers.failed({ topic: cursor.topic, partition: cursor.partition }, error);
  }

  private async afterFailure(error: unknown): Promise<void> {
    const moved = isTransport(error) || (error instanceof BrokerError && isLeadership(error.errorCode));
    await pause(FAILURE_PAUSE_MS, this.stopping.signal);
    if (moved) await this.refreshOrPause();
  }

  private async refreshOrPause(topics: readonly string[] = []): Promise<void> {
    try {
      await this.cluster.refresh(topics);
    } catch {
      // No broker answers at the moment: reading goes on when one does.
      await pause(UNREACHABLE_PAUSE_MS, this.stopping.signal);
    }
  }
}

function hasRoom({ records, bytes }: DecodeLimit): boolean {
  return records > 0 && bytes > 0;
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
