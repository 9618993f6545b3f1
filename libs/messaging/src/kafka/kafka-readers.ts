import { LogError, type FollowOptions, type LogRecord, type TopicPartition } from '../ports/index.js';
import { breath } from '../timing.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { assertNoError, toLogError } from './kafka-errors.js';
import { allPartitions, listOffsets } from './kafka-offsets.js';
import { PartitionFetcher } from './partition-fetcher.js';
import { fetchCall, type FetchedPartition } from './wire/fetch.request.js';
import { decodeRecordBatches } from './wire/record-batch.decoder.js';

/** Compressed: what one answer holds may be twenty times as much. */
const READ_BYTES = 1024 * 1024;
/** Unpacked and decoded at a stretch, but for the batch that reaches it: heartbeats wait for that long. */
const STRETCH = { records: 2000, bytes: 1024 * 1024 };
/** Reads share connections, and a waiting answer holds back the others: only as long as a marker takes. */
const READ_WAIT_MS = 20;
const READ_TIMEOUT_MS = 60_000;
const FOLLOW_BYTES = 4 * 1024 * 1024;
const FOLLOW_BYTES_PER_PARTITION = 1024 * 1024;
/** Batches that a slow reader of `follow` may leave lying before fetching pauses. */
const FOLLOW_BACKLOG = 16;

const ANY = { records: Infinity, bytes: Infinity };
const NONE = { records: 0, bytes: 0 };

export interface ReadRange {
  readonly from: number;
  readonly until: number;
  readonly signal?: AbortSignal;
}

/** See `MessageLog.read`. An open transaction before `until` is waited for: it may still commit. */
export async function* readPartition(
  cluster: KafkaCluster,
  at: TopicPartition,
  { from, until, signal }: ReadRange,
): AsyncGenerator<readonly LogRecord[]> {
  let next = from;
  while (next < until && !signal?.aborted) {
    const answer = await fetchOne(cluster, at, next, signal);
    for (let last = -1; last < next && next < until && !signal?.aborted; await breath()) {
      last = next;
      const range = decodeOrFail(at, answer, next);
      next = range.next;
      const records = range.records.filter(({ offset }) => offset < until);
      if (records.length > 0) yield records;
    }
  }
}

async function fetchOne(
  cluster: KafkaCluster,
  at: TopicPartition,
  offset: number,
  signal?: AbortSignal,
): Promise<FetchedPartition> {
  const what = `read of ${at.topic}-${at.partition}`;
  try {
    return await cluster.retrying({ what, timeoutMs: READ_TIMEOUT_MS, signal }, async () => {
      const call = fetchCall({
        positions: [{ ...at, offset }],
        maxBytes: READ_BYTES,
        maxBytesPerPartition: READ_BYTES,
        maxWaitMs: READ_WAIT_MS,
        requestTimeoutMs: cluster.requestTimeoutMs,
      });
      const [answer] = await cluster.send(await cluster.leader(at), call);
      if (answer === undefined) throw new LogError('UNAVAILABLE', `${what}: empty answer`, true);
      assertNoError(answer.errorCode, 'Fetch');
      return answer;
    });
  } catch (error) {
    throw toLogError(error, what);
  }
}

function decodeOrFail(at: TopicPartition, answer: FetchedPartition, from: number) {
  try {
    return decodeRecordBatches(at, answer.bytes, from, answer.aborted, STRETCH);
  } catch (error) {
    throw toLogError(error, `read of ${at.topic}-${at.partition}`);
  }
}

/** See `MessageLog.follow`. The cluster's connections are this reader's own and closed at its end. */
export async function* followTopics(
  cluster: KafkaCluster,
  { topics, from, signal, onReady }: FollowOptions,
  maxWaitMs: number,
): AsyncGenerator<readonly LogRecord[]> {
  const inbox = new Inbox(signal);
  const options = {
    maxBytesPerPartition: FOLLOW_BYTES_PER_PARTITION,
    maxBytes: FOLLOW_BYTES,
    maxWaitMs,
  };
  const fetcher = new PartitionFetcher(cluster, options, {
    room: () => (inbox.size < FOLLOW_BACKLOG ? ANY : NONE),
    records: (_at, records) => inbox.put(records),
    failed: (at, error) => inbox.fail(toLogError(error, `follow of ${at.topic}-${at.partition}`)),
  });
  try {
    const partitions = await allPartitions(cluster, topics);
    const position = from === 'end' ? 'stable-end' : from;
    for (const start of await listOffsets(cluster, partitions, position, signal)) fetcher.assign(start);
    if (signal.aborted) return;
    onReady?.();
    for (;;) {
      const records = await inbox.take();
      if (records === undefined) return;
      fetcher.notify();
      yield records;
    }
  } catch (error) {
    if (!signal.aborted) throw toLogError(error, 'follow');
  } finally {
    inbox.close();
    const stopped = fetcher.stop();
    await cluster.close();
    await stopped;
  }
}

/** What the fetcher brought and the reader has not taken yet. */
class Inbox {
  private batches: (readonly LogRecord[])[] = [];
  private failure: LogError | undefined;
  private arrived = Promise.withResolvers<void>();
  private readonly onAbort = (): void => this.arrived.resolve();

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.onAbort);
  }

  get size(): number {
    return this.batches.length;
  }

  put(records: readonly LogRecord[]): void {
    if (records.length === 0) return;
    this.batches.push(records);
    this.arrived.resolve();
  }

  fail(error: LogError): void {
    this.failure ??= error;
    this.arrived.resolve();
  }

  /** The oldest batch; undefined after the abort. @throws LogError what ended the reading */
  async take(): Promise<readonly LogRecord[] | undefined> {
    while (!this.signal.aborted) {
      const batch = this.batches.shift();
      if (batch !== undefined) return batch;
      if (this.failure !== undefined) throw this.failure;
      await this.arrived.promise;
      this.arrived = Promise.withResolvers();
    }
    return undefined;
  }

  close(): void {
    this.signal.removeEventListener('abort', this.onAbort);
  }
}
