import { type Catalogue, lanesOf, stageTopicOf, topicOf } from '@aika/contracts';
import type { AgentManifest, AnswerHandler, EffectHandler, MessageHandler } from '../agent/index.js';
import type { MessageLog } from '../ports/index.js';
import type { ParkingSettings } from './key-parking.js';
import type { RuntimeLogger } from './runtime-logger.js';
import type { StateStores } from './state-store.js';

/** Limits and times of delivery. Every one has a default that works on one machine. */
export interface DeliverySettings extends ParkingSettings {
  /** Records handled in one transaction at most. Batches are as small as what has arrived. Default 2000. */
  readonly batchSize: number;
  /** A member that is silent for this long loses its partitions, milliseconds. Default 10,000. */
  readonly sessionTimeoutMs: number;
  /**
   * `static`: an instance that ends keeps its partitions for itself for the length of a session, and gets them back
   * without a rebalance when it returns within that time. `dynamic`: others take over when it ends in good order, and
   * after a session when it dies. Default dynamic.
   */
  readonly membership: 'dynamic' | 'static';
  /**
   * The broker aborts a transaction after this, milliseconds. Longer than a coordinator may be away: a commit without an
   * answer is asked for until then. What a dead process leaves open, its successor ends sooner. Default 60,000.
   */
  readonly transactionTimeoutMs: number;
  /** Longest input and output record, bytes. Default 786,432: a dead letter with its headers still fits. */
  readonly maxRecordBytes: number;
  /** Largest value under one id of a store, bytes of its JSON. Default 262,144. */
  readonly maxStateValueBytes: number;
  /** A batch takes no further records after this time, milliseconds: the member has to poll. Default 1000. */
  readonly batchTimeMs: number;
  /**
   * Least time from one commit to the next while there is no backlog, milliseconds. Default 0: as soon as something has
   * arrived, with rests only where brokers are slow. Longer ones make fewer and larger transactions, and each step of a
   * workflow later, urgent ones too.
   */
  readonly commitIntervalMs: number;
  /** Tries of a handler in place, on a retriable or an unknown error; then the key parks. Default 3. */
  readonly handlerAttempts: number;
  /** Wait before the second attempt, milliseconds; doubles. Default 25. */
  readonly handlerBackoffMs: number;
  /** How long a handled message's id is remembered, milliseconds. Default 7 days. */
  readonly deduplicationMs: number;
  /** Effects of one process that run at the same time. Default 16. */
  readonly effectConcurrency: number;
  /** Positions of records that were only passed over are committed this often, milliseconds. Default 1000. */
  readonly idleCommitMs: number;
  /** A log that does not answer holds up a stop for this long, milliseconds. Default 8000. */
  readonly stopTimeoutMs: number;
}

export const DEFAULT_DELIVERY: DeliverySettings = {
  batchSize: 2000,
  batchTimeMs: 1000,
  commitIntervalMs: 0,
  sessionTimeoutMs: 10_000,
  membership: 'dynamic',
  transactionTimeoutMs: 60_000,
  maxRecordBytes: 786_432,
  maxStateValueBytes: 262_144,
  handlerAttempts: 3,
  handlerBackoffMs: 25,
  deduplicationMs: 7 * 24 * 3_600_000,
  effectConcurrency: 16,
  idleCommitMs: 1000,
  stopTimeoutMs: 8000,
  parkedAttempts: 12,
  parkedAttemptsUnknown: 4,
  parkedBackoffMs: 500,
  parkedMaxBackoffMs: 300_000,
  parkedMaxWaiting: 1000,
};

/** Everything a running agent is made of. */
export interface AgentRuntimeOptions {
  readonly agent: AgentManifest;
  readonly log: MessageLog;
  /** Replaces `aika` in every topic name and separates installations on one cluster. */
  readonly namespace: string;
  /** Names this process among the agent's instances; stable over restarts. */
  readonly instanceId: string;
  readonly catalogue: Catalogue;
  readonly handlers: ReadonlyMap<string, MessageHandler>;
  readonly effects: ReadonlyMap<string, EffectHandler<object>>;
  /** By the name of the ask; needed for each that the manifest names. */
  readonly answers?: ReadonlyMap<string, AnswerHandler>;
  readonly logger: RuntimeLogger;
  /** Where committed state is kept on this machine; in memory by default. */
  readonly stores?: StateStores;
  readonly settings?: Partial<DeliverySettings>;
  /** Milliseconds since 1970 UTC: when timers are due and effects end. Handlers never see it. */
  readonly clock?: () => number;
}

/** The consumer group of an agent. */
export function groupIdOf(namespace: string, agent: AgentManifest): string {
  return `${namespace}.${agent.id}`;
}

/** The last part of the agent's inbox: `claims`. */
export function shortNameOf(agent: AgentManifest): string {
  return agent.inbox.slice(agent.inbox.lastIndexOf('.') + 1);
}

/**
 * Topics (without namespace) that the agent reads, with their lanes. Messages reach it on the shared topics, on
 * those of the stages that it handles events of, and in its inbox. The steward reads the topics of all stages.
 */
export function inputTopics(agent: AgentManifest, catalogue: Catalogue): readonly string[] {
  const own = agent.handles.map((definition) => catalogue.topicFor(definition, 'NORMAL'));
  const stages = agent.steward ? catalogue.stageTopics.map(stageTopicOf) : [];
  const topics = new Set<string>(['commands', 'events', ...own, ...stages, agent.inbox]);
  return [...topics].flatMap(lanesOf).sort();
}

/** The state topic of an agent: `<namespace>.state.<short name>`. */
export function stateTopicOf(namespace: string, shortName: string): string {
  return topicOf(namespace, `state.${shortName}`);
}
