import {
  LogError,
  type Membership,
  type OutgoingRecord,
  type StateSession,
  type TopicPartitionOffset,
  type Transaction,
} from '../ports/index.js';
import type { Batch } from './batch.js';
import type { EffectOutcome } from './effect-runner.js';
import type { WriterPair } from './writer-pair.js';

/** A batch on its way to the log. */
export interface Flight {
  readonly batch: Batch;
  readonly outcomes: readonly EffectOutcome[];
  readonly membership: Membership;
  /** On the monotonic clock, milliseconds. */
  readonly handledAt: number;
}

export interface PipelineOptions {
  readonly stateTopic: string;
  /** Given where the stores hold entries in the form of the log. */
  readonly session?: StateSession | undefined;
  /**
   * Called in the order of submission, with the offset after the batch's last record in the state topic by partition
   * number, where it is known, and with the changelog as it was written, where a session is given.
   */
  readonly onCommitted: (
    flight: Flight,
    positions: ReadonlyMap<number, number>,
    kept: readonly OutgoingRecord[] | undefined,
  ) => void;
  /** Called when a flight has ended in any way. */
  readonly onEnded: () => void;
}

export interface PipelineFailure {
  readonly error: unknown;
  /** The batch that failed. */
  readonly batch: Batch;
  /** All flights of which nothing was committed: the one that failed and those built on it, oldest first. */
  readonly discarded: readonly Flight[];
}

/** A transaction that has written all it has to write. */
interface Sent {
  readonly transaction: Transaction;
  readonly positions: readonly TopicPartitionOffset[];
  readonly kept: readonly OutgoingRecord[] | undefined;
}

interface Airborne extends Flight {
  readonly sent: Promise<Sent>;
  readonly ended: Promise<void>;
}

/** The batch below has failed: this one was built on what never happened. */
class FellWithBelow extends Error {
  override readonly name = 'FellWithBelow';
}

/**
 * Commits batches in order while the next one is handled. A batch's transaction sends when the one before has
 * sent, so that changelog and offsets keep their order, and ends when the one before is committed, so that none
 * survives the failure of what it was built on.
 */
export class CommitPipeline {
  private flights: Airborne[] = [];
  private first: { readonly error: unknown; readonly batch: Batch } | undefined;
  private discarded: Flight[] = [];

  constructor(
    private readonly writers: WriterPair,
    private readonly options: PipelineOptions,
  ) {}

  get size(): number {
    return this.flights.length;
  }

  get failed(): boolean {
    return this.first !== undefined;
  }

  /** The newest batch that is not committed yet: the next one is built on it. */
  get newest(): Batch | undefined {
    return this.flights.at(-1)?.batch;
  }

  submit(flight: Flight): void {
    if (this.failed) {
      // Failed while this one was handled: what it was built on never happened.
      this.discarded.push(flight);
      return;
    }
    const before = this.flights.at(-1);
    const sent = this.send(flight, before?.sent);
    sent.catch(() => undefined);
    const ended = this.end(flight, sent, before?.ended);
    const airborne = { ...flight, sent, ended };
    this.flights.push(airborne);
    ended.then(
      () => this.options.onEnded(),
      () => this.options.onEnded(),
    );
  }

  /** Resolves when fewer than `limit` batches are on their way, or one has failed. Never rejects. */
  async room(limit: number): Promise<void> {
    while (this.flights.length >= limit && !this.failed) await this.oldestEnded();
  }

  /** Resolves when every batch has ended. Never rejects. */
  async drain(): Promise<void> {
    while (this.flights.length > 0) await this.oldestEnded();
  }

  /** What failed, with all that fell; to be called after `drain`. */
  failure(): PipelineFailure | undefined {
    return this.first && { ...this.first, discarded: this.discarded };
  }

  private async oldestEnded(): Promise<void> {
    await this.flights[0]?.ended.catch(() => undefined);
  }

  private async send({ batch, membership }: Flight, before: Promise<Sent> | undefined): Promise<Sent> {
    // Its failure is this one's: `end` tells which of the two it was.
    await before;
    const { session, stateTopic } = this.options;
    const changelog = batch.changelog(stateTopic);
    // Before the transaction: a store of keys that is slow must not hold one open.
    const kept = session && (await session.seal(changelog));
    const transaction = await this.writers.next().begin();
    try {
      const records = [...batch.outputs, ...(kept ?? changelog)];
      // Beside each other: either is a round trip or two.
      const sent = records.length > 0 ? transaction.send(records) : [];
      const [positions] = await Promise.all([sent, transaction.commitOffsets(membership, batch.offsets)]);
      return { transaction, positions, kept };
    } catch (error) {
      await abort(transaction);
      throw error;
    }
  }

  private async end(flight: Flight, sent: Promise<Sent>, before: Promise<void> | undefined): Promise<void> {
    let written: Sent;
    try {
      const [own, below] = await Promise.allSettled([sent, before]);
      if (below.status === 'rejected') {
        if (own.status === 'fulfilled') await abort(own.value.transaction);
        throw new FellWithBelow('The batch below failed.', { cause: below.reason });
      }
      if (own.status === 'rejected') throw own.reason as Error;
      await own.value.transaction.commit();
      written = own.value;
    } catch (error) {
      this.fell(flight, error);
      throw error;
    }
    this.remove(flight);
    const { positions, kept } = written;
    this.options.onCommitted(flight, endsOf(positions, this.options.stateTopic), kept);
  }

  private fell(flight: Flight, error: unknown): void {
    this.remove(flight);
    this.discarded.push(flight);
    if (!(error instanceof FellWithBelow)) this.first ??= { error, batch: flight.batch };
  }

  private remove({ batch }: Flight): void {
    this.flights = this.flights.filter((airborne) => airborne.batch !== batch);
  }
}

/** Offset after the last record of a topic, by partition number. What the log does not know is left out. */
function endsOf(positions: readonly TopicPartitionOffset[], of: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (const { topic, partition, offset } of positions) {
    if (topic === of && offset >= (ends.get(partition) ?? 0)) ends.set(partition, offset + 1);
  }
  return ends;
}

async function abort(transaction: Transaction): Promise<void> {
  try {
    await transaction.abort();
  } catch (error) {
    // The writer is thrown away next, and making it anew aborts what is open.
    if (!(error instanceof LogError)) throw error;
  }
}
