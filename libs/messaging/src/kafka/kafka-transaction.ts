import {
  LogError,
  type Membership,
  type OutgoingRecord,
  type Transaction,
  type TopicPartitionOffset,
} from '../ports/index.js';
import { IdempotentAppender } from './idempotent-appender.js';
import type { KafkaCluster } from './kafka-cluster.js';
import {
  KAFKA_ERRORS,
  assertNoError,
  describe,
  hasErrorCode,
  isFencing,
  toLogError,
} from './kafka-errors.js';
import { txnOffsetCommitCall } from './wire/txn-offset-commit.request.js';

/** The coordinator writes the last transaction's markers while the next one begins: a few milliseconds. */
const BUSY_COORDINATOR = { firstPauseMs: 2, longestPauseMs: 20 };
const ABORT_TIMEOUT_MS = 5_000;
const OPERATION_NOT_ATTEMPTED = 55;

export interface TransactionContext {
  readonly cluster: KafkaCluster;
  readonly appender: IdempotentAppender;
  readonly transactionalId: string;
  /** Kept beside the positions; undefined = nothing. */
  readonly owner: string | undefined;
  /** Bound of every step before the commit, milliseconds. */
  readonly stepTimeoutMs: number;
  /** Bound of the commit, milliseconds: the broker aborts the transaction after it anyway. */
  readonly commitTimeoutMs: number;
  /** Called at the first error: the writer is of no further use. */
  readonly onFailure: () => void;
  /** Called once when the transaction is over in any way. */
  readonly onEnd: () => void;
}

interface CoordinatorAnswer {
  readonly errorCode?: number;
  /** AddPartitionsToTxn answers for each partition. */
  readonly errors?: readonly { readonly partitionErrors: readonly { readonly errorCode: number }[] }[];
}

type State = 'open' | 'failed' | 'ended';

export class KafkaTransaction implements Transaction {
  private readonly partitions = new Set<string>();
  private readonly groups = new Set<string>();
  private sending: Promise<unknown> = Promise.resolve();
  /** The coordinator takes one addition at a time, and refuses another one meanwhile. */
  private adding: Promise<unknown> = Promise.resolve();
  private readonly running = new Set<Promise<unknown>>();
  private state: State = 'open';

  constructor(private readonly context: TransactionContext) {}

  send(records: readonly OutgoingRecord[]): Promise<readonly TopicPartitionOffset[]> {
    if (records.length === 0) return Promise.resolve([]);
    // One after the other: sequence numbers of a partition have to arrive in their order.
    const sent = this.sending.then(() => this.step('send', () => this.append(records)));
    this.sending = sent.catch(() => undefined);
    this.track(sent);
    return sent;
  }

  commitOffsets(membership: Membership, offsets: readonly TopicPartitionOffset[]): Promise<void> {
    if (offsets.length === 0) return Promise.resolve();
    const added = this.step('commit offsets', () => this.addOffsets(membership, offsets));
    this.track(added);
    return added;
  }

  /**
   * Asks until it is told. A coordinator that dies with the commit may come back and have some partitions commit, and
   * then lose its place to one that knows of none: whoever made the writer anew would have the others abort.
   */
  async commit(): Promise<void> {
    await Promise.allSettled(this.running);
    if (this.state !== 'open') throw this.notOpen();
    if (this.isEmpty) return this.end();
    let unanswered = false;
    try {
      const attempt = (): Promise<void> =>
        this.endOnCoordinator(true).catch((error: unknown) => {
          unanswered ||= mayHaveCommitted(error);
          throw error;
        });
      await this.retrying('commit', attempt, this.context.commitTimeoutMs);
      this.end();
    } catch (error) {
      this.fail();
      this.end();
      if (!unanswered) throw toTransactionError(error, 'commit');
      const message = `commit of ${this.context.transactionalId}: no answer (${describe(error)})`;
      throw new LogError('COMMIT_OUTCOME_UNKNOWN', message, true, { cause: error });
    }
  }

  /**
   * Resolves also when the coordinator cannot be told: the next writer of the id aborts what is left, and the
   * broker does so after the transaction timeout.
   */
  async abort(): Promise<void> {
    await Promise.allSettled(this.running);
    if (this.state === 'ended') return;
    try {
      const what = { what: 'abort', timeoutMs: Math.min(ABORT_TIMEOUT_MS, this.context.stepTimeoutMs) };
      if (!this.isEmpty) {
        await this.context.cluster.retrying({ ...what, ...BUSY_COORDINATOR }, () =>
          this.endOnCoordinator(false),
        );
      }
    } catch {
      this.fail();
    }
    this.end();
  }

  private get isEmpty(): boolean {
    return this.partitions.size === 0 && this.groups.size === 0;
  }

  private async append(records: readonly OutgoingRecord[]): Promise<readonly TopicPartitionOffset[]> {
    await this.addPartitions(records);
    return this.context.appender.append(records, this.context.stepTimeoutMs);
  }

  /** All partitions of a send in one request: each request is a replicated write of the coordinator. */
  private async addPartitions(records: readonly OutgoingRecord[]): Promise<void> {
    const added = new Map<string, Set<number>>();
    for (const { topic, partition } of records) {
      if (this.partitions.has(`${topic}-${partition}`)) continue;
      added.set(topic, (added.get(topic) ?? new Set()).add(partition));
    }
    if (added.size === 0) return;
    const topics = [...added].map(([topic, partitions]) => ({ topic, partitions: [...partitions] }));
    // Before the request: the coordinator may have taken it although its answer is lost.
    for (const { topic, partitions } of topics) {
      for (const partition of partitions) this.partitions.add(`${topic}-${partition}`);
    }
    await this.addingAlone(() =>
      this.retrying('add partitions', () => this.ask('AddPartitionsToTxn', { topics })),
    );
  }

  private addingAlone(add: () => Promise<void>): Promise<void> {
    const added = this.adding.then(add);
    this.adding = added.catch(() => undefined);
    return added;
  }

  private async addOffsets(membership: Membership, offsets: readonly TopicPartitionOffset[]): Promise<void> {
    const { cluster, appender, transactionalId } = this.context;
    const { groupId } = membership;
    if (!this.groups.has(groupId)) {
      this.groups.add(groupId);
      await this.addingAlone(() =>
        this.retrying('add offsets', () => this.ask('AddOffsetsToTxn', { groupId })),
      );
    }
    const metadata = this.context.owner ?? null;
    const call = txnOffsetCommitCall({
      ...appender.identity,
      transactionalId,
      membership,
      offsets,
      metadata,
    });
    await this.retrying('commit offsets', () =>
      cluster.askCoordinator('group', groupId, async (nodeId) => {
        for (const { errorCode } of await cluster.send(nodeId, call))
          assertNoError(errorCode, 'TxnOffsetCommit');
      }),
    );
  }

  private endOnCoordinator(transactionResult: boolean): Promise<void> {
    return this.ask('EndTxn', { transactionResult });
  }

  private ask(api: string, args: Record<string, unknown>): Promise<void> {
    const { cluster, transactionalId, appender } = this.context;
    return cluster.askCoordinator('transaction', transactionalId, async (nodeId) => {
      const answer = await cluster.call(nodeId, api, { ...appender.identity, transactionalId, ...args });
      assertNoError(firstErrorCode(answer as CoordinatorAnswer), api);
    });
  }

  private retrying<T>(
    what: string,
    attempt: () => Promise<T>,
    timeoutMs = this.context.stepTimeoutMs,
  ): Promise<T> {
    const { cluster, transactionalId } = this.context;
    return cluster.retrying(
      { what: `${what} of ${transactionalId}`, timeoutMs, ...BUSY_COORDINATOR },
      attempt,
    );
  }

  private async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.state !== 'open') throw this.notOpen();
    try {
      return await work();
    } catch (error) {
      this.fail();
      throw toTransactionError(error, `${what} of ${this.context.transactionalId}`);
    }
  }

  private track(step: Promise<unknown>): void {
    this.running.add(step);
    const forget = (): void => void this.running.delete(step);
    step.then(forget, forget);
  }

  private fail(): void {
    if (this.state === 'open') this.state = 'failed';
    this.context.onFailure();
  }

  private end(): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.context.onEnd();
  }

  private notOpen(): LogError {
    return this.state === 'failed'
      ? new LogError('TRANSACTION_FAILED', 'an earlier step of the transaction failed', true)
      : new LogError('CLOSED', 'the transaction is over', false);
  }
}

/** 0 without one. A partition that was only not attempted says nothing of the cause. */
function firstErrorCode({ errorCode = 0, errors = [] }: CoordinatorAnswer): number {
  const codes = errors.flatMap(({ partitionErrors }) =>
    partitionErrors.map((partition) => partition.errorCode),
  );
  const failed = [errorCode, ...codes].filter((code) => code !== 0);
  return failed.find((code) => code !== OPERATION_NOT_ATTEMPTED) ?? failed[0] ?? 0;
}

/** The only answers to a commit that say that it was not carried out, and will not be. */
const REFUSALS = [
  KAFKA_ERRORS.CONCURRENT_TRANSACTIONS,
  KAFKA_ERRORS.COORDINATOR_LOAD_IN_PROGRESS,
  KAFKA_ERRORS.INVALID_TXN_STATE,
  KAFKA_ERRORS.INVALID_PRODUCER_EPOCH,
  KAFKA_ERRORS.PRODUCER_FENCED,
];

/** An answer that was lost, a coordinator that failed while it wrote the commit down, or anything not known here. */
function mayHaveCommitted(error: unknown): boolean {
  const wasNotSent = error instanceof LogError && error.code === 'CLOSED';
  return !wasNotSent && !hasErrorCode(error, ...REFUSALS);
}

/** In a transaction whatever is not fencing, a record's own fault or topic is solved by running it again. */
function toTransactionError(error: unknown, what: string): LogError {
  const known = toLogError(error, what);
  if (isFencing(error) || known.code !== 'UNAVAILABLE') return known;
  return new LogError('TRANSACTION_FAILED', known.message, true, { cause: error });
}
