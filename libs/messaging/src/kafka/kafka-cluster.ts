import { LogError, type TopicPartition } from '../ports/index.js';
import { BrokerLink } from './broker-link.js';
import {
  BrokerError,
  describe,
  isCoordination,
  isLeadership,
  isTransient,
  isTransport,
} from './kafka-errors.js';
import type { KafkaJsLogger, WireCall } from './kafkajs-internals.js';
import { deadlineAfter, pause } from '../timing.js';

/** For questions that another broker answers as well. */
const QUICK_TIMEOUT_MS = 3_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;
const UNKNOWN_TOPIC_TRIES = 4;
const UNKNOWN_TOPIC_PAUSE_MS = 100;

export interface ClusterOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly requestTimeoutMs: number;
  readonly logger: KafkaJsLogger;
  readonly onClose?: () => void;
}

export interface RetryOptions {
  /** What was tried, for the error's message. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Milliseconds before the first repeat; doubles up to `longestPauseMs` (half a second). */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
  /** Errors worth another try; by default those of leadership, coordination and transport. */
  readonly retry?: (error: unknown) => boolean;
}

export type CoordinatorKind = 'group' | 'transaction';

interface MetadataAnswer {
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[];
  readonly topicMetadata: readonly {
    readonly topicErrorCode: number;
    readonly topic: string;
    readonly partitionMetadata: readonly { readonly partitionId: number; readonly leader: number }[];
  }[];
}

/**
 * Connections to the brokers of one cluster, who leads which partition and who coordinates what. Each part of
 * the adapter that may block a connection (a fetch, a join, a write that waits for replicas) has its own.
 */
export class KafkaCluster {
  private readonly nodes = new Map<number, Node>();
  private readonly leaders = new Map<string, readonly number[]>();
  private readonly coordinators = new Map<string, number>();
  private readonly topics = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private refreshing: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly options: ClusterOptions) {}

  get requestTimeoutMs(): number {
    return this.options.requestTimeoutMs;
  }

  /** Number of partitions. @throws LogError `UNKNOWN_TOPIC`, `UNAVAILABLE` */
  async partitionCount(topic: string): Promise<number> {
    // A topic made a moment ago is not known to every broker yet.
    for (let left = UNKNOWN_TOPIC_TRIES; ; left -= 1) {
      const known = this.leaders.get(topic);
      if (known !== undefined) return known.length;
      if (left === 0) throw new LogError('UNKNOWN_TOPIC', `topic ${topic} does not exist`, false);
      if (left < UNKNOWN_TOPIC_TRIES) await pause(UNKNOWN_TOPIC_PAUSE_MS);
      await this.refresh([topic]);
    }
  }

  /** Node id of the leader. @throws LogError `UNKNOWN_TOPIC`, or a transient error while nobody leads */
  async leader({ topic, partition }: TopicPartition): Promise<number> {
    const count = await this.partitionCount(topic);
    if (partition < 0 || partition >= count) {
      throw new LogError('UNKNOWN_TOPIC', `topic ${topic} has no partition ${partition}`, false);
    }
    const known = this.leaders.get(topic)?.[partition];
    if (known !== undefined && known >= 0) return known;
    await this.refresh([topic]);
    const found = this.leaders.get(topic)?.[partition];
    if (found !== undefined && found >= 0) return found;
    throw new LogError('UNAVAILABLE', `${topic}-${partition} has no leader`, true);
  }

  /** The leader as last heard of, without asking; undefined when nobody is known to lead. */
  knownLeader({ topic, partition }: TopicPartition): number | undefined {
    const leader = this.leaders.get(topic)?.[partition];
    return leader === undefined || leader < 0 ? undefined : leader;
  }

  /** Calls back whenever leaders may have moved. Returns the function that ends it. */
  onRefresh(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Asks any broker for the cluster's brokers and the leaders of all topics used so far. */
  async refresh(topics: readonly string[] = []): Promise<void> {
    const added = topics.filter((topic) => !this.topics.has(topic));
    for (const topic of added) this.topics.add(topic);
    // An answer under way does not tell of a topic that was added after its question.
    if (added.length > 0) await this.refreshing?.catch(() => undefined);
    this.refreshing ??= this.askForMetadata().finally(() => {
      this.refreshing = undefined;
    });
    await this.refreshing;
  }

  /** Node id of a group's or a transactional id's coordinator. */
  async coordinator(kind: CoordinatorKind, key: string): Promise<number> {
    const known = this.coordinators.get(`${kind} ${key}`);
    if (known !== undefined && this.nodes.has(known)) return known;
    const coordinatorType = kind === 'group' ? 0 : 1;
    const answer = (await this.callAny('GroupCoordinator', { groupId: key, coordinatorType })) as {
      readonly errorCode: number;
      readonly coordinator: { readonly nodeId: number };
    };
    if (answer.errorCode !== 0) throw new BrokerError(answer.errorCode, 'FindCoordinator');
    const { nodeId } = answer.coordinator;
    if (!this.nodes.has(nodeId)) await this.refresh();
    this.coordinators.set(`${kind} ${key}`, nodeId);
    return nodeId;
  }

  /** Asks a coordinator; forgets it when it is not, or cannot be reached, so that the next call looks again. */
  async askCoordinator<T>(
    kind: CoordinatorKind,
    key: string,
    ask: (nodeId: number) => Promise<T>,
  ): Promise<T> {
    const nodeId = await this.coordinator(kind, key);
    try {
      return await ask(nodeId);
    } catch (error) {
      if (isCoordination(error)) this.coordinators.delete(`${kind} ${key}`);
      throw error;
    }
  }

  /** Sends a request in kafkajs' own encoding; the answer is decoded, its error codes are the caller's. */
  async call(
    nodeId: number,
    api: string,
    args: Record<string, unknown>,
    timeoutMs?: number,
  ): Promise<unknown> {
    return this.link(nodeId).call(api, args, timeoutMs);
  }

  async send<Answer>(nodeId: number, call: WireCall<Answer>): Promise<Answer> {
    return this.link(nodeId).send(call);
  }

  /**
   * Repeats what failed for a passing reason, with fresh metadata, until it works or the time is over.
   * @throws the last error
   */
  async retrying<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
    const deadline = deadlineAfter(options.timeoutMs);
    const retry = options.retry ?? isTransient;
    let wait = options.firstPauseMs ?? FIRST_PAUSE_MS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (this.closed) throw new LogError('CLOSED', `${options.what}: closed`, false, { cause: error });
        if (options.signal?.aborted || deadline.passed() || !retry(error)) throw error;
        await pause(Math.min(wait, deadline.left()), options.signal);
        wait = Math.min(wait * 2, options.longestPauseMs ?? LONGEST_PAUSE_MS);
        await this.afterFailure(error);
      }
    }
  }

  /** Gives up all requests under way; later ones connect anew. */
  async interrupt(): Promise<void> {
    await Promise.all([...this.nodes.values()].map(({ link }) => link.close('interrupted')));
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.options.onClose?.();
    await this.interrupt();
    this.nodes.clear();
  }

  private async afterFailure(error: unknown): Promise<void> {
    const stale =
      isTransport(error) ||
      error instanceof LogError ||
      (error instanceof BrokerError && isLeadership(error.errorCode));
    if (stale) await this.refresh().catch(() => undefined);
  }

  private async askForMetadata(): Promise<void> {
    const topics = [...this.topics];
    const answer = (await this.callAny('Metadata', {
      topics,
      allowAutoTopicCreation: false,
    })) as MetadataAnswer;
    await this.takeBrokers(answer);
    for (const { topic, topicErrorCode, partitionMetadata } of answer.topicMetadata) {
      const leaders: number[] = [];
      for (const { partitionId, leader } of partitionMetadata) leaders[partitionId] = leader;
      if (leaders.length > 0) this.leaders.set(topic, leaders);
      else if (topicErrorCode === 3) this.leaders.delete(topic);
    }
    for (const listener of this.listeners) listener();
  }

  private async takeBrokers({ brokers }: MetadataAnswer): Promise<void> {
    for (const { nodeId, host, port } of brokers) {
      const known = this.nodes.get(nodeId);
      if (known?.host === host && known.port === port) continue;
      this.nodes.set(nodeId, { host, port, link: this.newLink(host, port) });
      await known?.link.close('moved to another address');
    }
  }

  /** Asks any broker that answers: those that are connected first, then the others, then the given addresses. */
  async callAny(api: string, args: Record<string, unknown>): Promise<unknown> {
    const nodes = [...this.nodes].sort(([, a], [, b]) => Number(b.link.connected) - Number(a.link.connected));
    let last: unknown;
    for (const [nodeId] of nodes) {
      try {
        return await this.link(nodeId).call(api, args, QUICK_TIMEOUT_MS);
      } catch (error) {
        if (!isTransport(error)) throw error;
        last = error;
      }
    }
    return this.callSeed(api, args, last);
  }

  private async callSeed(api: string, args: Record<string, unknown>, before: unknown): Promise<unknown> {
    let last = before;
    for (const address of this.options.brokers) {
      this.assertOpen();
      const seed = this.newLink(...splitAddress(address));
      try {
        return await seed.call(api, args, QUICK_TIMEOUT_MS);
      } catch (error) {
        if (!isTransport(error)) throw error;
        last = error;
      } finally {
        await seed.close('asked');
      }
    }
    throw new LogError('UNAVAILABLE', `no broker answers: ${describe(last)}`, true, { cause: last });
  }

  /** A link that works as far as is known. */
  private link(nodeId: number): BrokerLink {
    this.assertOpen();
    const node = this.nodes.get(nodeId);
    if (node === undefined) throw new LogError('UNAVAILABLE', `broker ${nodeId} is not known`, true);
    if (node.link.closed) node.link = this.newLink(node.host, node.port);
    return node.link;
  }

  private newLink(host: string, port: number): BrokerLink {
    return new BrokerLink({ ...this.options, host, port });
  }

  private assertOpen(): void {
    if (this.closed) throw new LogError('CLOSED', 'the connection is closed', false);
  }
}

interface Node {
  readonly host: string;
  readonly port: number;
  link: BrokerLink;
}

function splitAddress(address: string): [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}
