import { AsyncLocalStorage } from 'node:async_hooks';
import { AskTimedOut, CommandRejected, isHighLane, PRIORITIES, topicOf } from '@aika/contracts';
import type { HandlerContext } from '../agent/index.js';
import { LogError, type Membership } from '../ports/index.js';
import { AgentDirectory } from './agent-directory.js';
import { AgentSession } from './agent-session.js';
import type { Batch } from './batch.js';
import { BatchProcessor } from './batch-processor.js';
import { DeadLetterBox } from './dead-letter-box.js';
import { type OutcomeOptions, outcomeRecords } from './effect-outcome.js';
import { EffectRunner, type OpenCircuit } from './effect-runner.js';
import { KeyParking } from './key-parking.js';
import { memoryStateStores } from './memory-state-store.js';
import { MessageDelivery } from './message-delivery.js';
import { MessageOutbox } from './message-outbox.js';
import { assertSamePartitionCount } from './partition-task.js';
import { handlersWithAnswers } from './pending-asks.js';
import { RecordIntake } from './record-intake.js';
import { stackOf } from './runtime-logger.js';
import {
  type AgentRuntimeOptions,
  DEFAULT_DELIVERY,
  type DeliverySettings,
  groupIdOf,
  stateTopicOf,
  inputTopics,
  shortNameOf,
} from './runtime-options.js';
import { pause } from '../timing.js';

const FIRST_REBUILD_PAUSE_MS = 200;
const LONGEST_REBUILD_PAUSE_MS = 5000;

/** The context of the handler that is running, for clients that are used inside one. */
export const currentContext = new AsyncLocalStorage<HandlerContext>();

export interface RuntimeStatus {
  readonly state: 'STARTING' | 'RUNNING' | 'REBUILDING' | 'STOPPED';
  readonly partitions: readonly number[];
  readonly generation: number | undefined;
  readonly handled: number;
  readonly duplicates: number;
  readonly forwarded: number;
  readonly deadLetters: number;
  /** Customers whose messages wait behind one that fails. */
  readonly parkedKeys: number;
  readonly transactions: number;
  readonly pendingEffects: number;
  /** Pending effects that are out of attempts: they need a person. */
  readonly stuckEffects: number;
  /** Effects whose other side does not answer: their attempts wait and go on by themselves. */
  readonly openCircuits: readonly OpenCircuit[];
  readonly lastError: string | undefined;
}

/**
 * One process of an agent: joins the agent's group, handles its partitions, and goes on by itself after any
 * failure of the log until it is stopped.
 */
export class AgentRuntime {
  private readonly settings: DeliverySettings;
  private readonly stopping = new AbortController();
  private readonly counts = { handled: 0, duplicates: 0, forwarded: 0, deadLetters: 0, transactions: 0 };
  private readonly partitionCounts = new Map<string, number>();
  private state: RuntimeStatus['state'] = 'STARTING';
  private membership: Membership | undefined;
  private lastError: string | undefined;
  private loop: Promise<void> | undefined;
  private wake: () => void = () => undefined;
  private readonly effects: EffectRunner;
  private readonly directory: AgentDirectory;
  private session: AgentSession | undefined;

  /** @throws TypeError when handlers and manifest do not match: a type or effect without its handler */
  constructor(private readonly options: AgentRuntimeOptions) {
    this.settings = { ...DEFAULT_DELIVERY, ...options.settings };
    assertComplete(options);
    this.directory = new AgentDirectory({ ...options, clock: this.clock });
    this.effects = new EffectRunner({
      agent: options.agent,
      handlers: options.effects,
      concurrency: this.settings.effectConcurrency,
      logger: options.logger,
      check: (entry, result) => void outcomeRecords(entry, result, this.outcomes()),
      onOutcome: () => this.wake(),
    });
  }

  status(): RuntimeStatus {
    return {
      state: this.state,
      partitions: this.membership?.partitions ?? [],
      generation: this.membership?.generationId,
      ...this.counts,
      parkedKeys: this.session?.parked.length ?? 0,
      pendingEffects: this.effects.size,
      stuckEffects: this.effects.stuckCount,
      openCircuits: this.effects.circuits(),
      lastError: this.lastError,
    };
  }

  /** When the next timer or parked key is due, milliseconds since 1970 UTC; Infinity when none is known. */
  nextDue(): number {
    return this.session?.nextDue ?? Infinity;
  }

  /** Looks at the clock at once: for tests, whose clock jumps. */
  nudge(): void {
    this.wake();
  }

  /** Starts the loop and returns; `status` tells when partitions are assigned. */
  start(): void {
    this.loop ??= this.run();
  }

  /**
   * Finishes or aborts the open transaction, leaves the group, and resolves when all is closed. A log that does
   * not answer is closed after `stopTimeoutMs`, which ends what waits for it.
   */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    const bound = setTimeout(() => void this.options.log.close(), this.settings.stopTimeoutMs);
    await this.loop;
    clearTimeout(bound);
    this.state = 'STOPPED';
  }

  private async run(): Promise<void> {
    const { logger } = this.options;
    let waitMs = FIRST_REBUILD_PAUSE_MS;
    while (!this.stopping.signal.aborted) {
      const startedAt = Date.now();
      try {
        await this.runSession();
      } catch (error) {
        this.lastError = error instanceof Error ? error.message : String(error);
        this.state = 'REBUILDING';
        this.membership = undefined;
        const code = error instanceof LogError ? error.code : undefined;
        logger.error('session ended and is built anew', {
          code,
          reason: this.lastError,
          stack: stackOf(error),
        });
        if (Date.now() - startedAt > LONGEST_REBUILD_PAUSE_MS) waitMs = FIRST_REBUILD_PAUSE_MS;
        await pause(waitMs, this.stopping.signal);
        waitMs = Math.min(LONGEST_REBUILD_PAUSE_MS, waitMs * 2);
      }
    }
    await this.directory.withdraw();
  }

  private async runSession(): Promise<void> {
    const { agent, catalogue, log, namespace, instanceId } = this.options;
    const topics = inputTopics(agent, catalogue).map((name) => topicOf(namespace, name));
    const stateTopic = stateTopicOf(namespace, shortNameOf(agent));
    await orAborted(this.learnPartitionCounts([...topics, stateTopic]), this.stopping.signal);
    if (this.stopping.signal.aborted) return;
    const member = await log.joinGroup({
      groupId: groupIdOf(namespace, agent),
      topics,
      urgentTopics: topics.filter(isHighLane),
      sessionTimeoutMs: this.settings.sessionTimeoutMs,
      rebalanceTimeoutMs: 3 * this.settings.sessionTimeoutMs,
      heartbeatIntervalMs: Math.floor(this.settings.sessionTimeoutMs / 6),
      maxBuffered: 4 * this.settings.batchSize,
      // While the agent rests it has no use for each single record.
      fetchEveryMs: () => this.session?.restMs ?? 0,
      ...(this.settings.membership === 'static' ? { instanceId } : {}),
    });
    this.wake = () => member.wake();
    const session = new AgentSession({
      log,
      member,
      topics,
      inboxTopic: topicOf(namespace, agent.inbox),
      stateTopic,
      transactionalIdPrefix: `${groupIdOf(namespace, agent)}-${instanceId}`,
      processor: this.processor(),
      effects: this.effects,
      stores: this.options.stores ?? memoryStateStores,
      settings: this.settings,
      logger: this.options.logger,
      clock: this.clock,
      signal: this.stopping.signal,
      onAssigned: (membership) => this.assigned(membership),
      onBatch: (batch, isCommitted) => this.count(batch, isCommitted),
    });
    this.session = session;
    try {
      await session.run();
    } finally {
      this.session = undefined;
      this.wake = () => undefined;
      await member.leave();
    }
  }

  private readonly clock = (): number => (this.options.clock ?? Date.now)();

  private readonly partitionCount = (topic: string): number => {
    const count = this.partitionCounts.get(topic);
    if (count === undefined)
      throw new LogError('UNKNOWN_TOPIC', `The partition count of ${topic} is not known.`, false);
    return count;
  };

  private processor(): BatchProcessor {
    const { agent, namespace, catalogue, handlers, answers = new Map(), logger } = this.options;
    const { clock, partitionCount, settings } = this;
    const shared = { agent, namespace, catalogue, partitionCount, logger, clock, ...settings };
    const intake = new RecordIntake(shared);
    const outbox = new MessageOutbox({ ...shared, sourceAgentId: agent.id });
    const deadLetters = new DeadLetterBox(shared);
    const delivery = new MessageDelivery({
      ...shared,
      intake,
      outbox,
      deadLetters,
      handlers: handlersWithAnswers({ agent, handlers, answers }),
      parking: new KeyParking(settings),
      attempts: settings.handlerAttempts,
      backoffMs: settings.handlerBackoffMs,
      enter: (context, run) => currentContext.run(context, run),
      onRetry: (customerId) => void this.effects.release(customerId),
    });
    return new BatchProcessor({ ...shared, intake, outbox, deadLetters, delivery });
  }

  private outcomes(): OutcomeOptions {
    const { agent, catalogue, namespace } = this.options;
    const { clock, partitionCount, settings } = this;
    const sourceAgentId = agent.id;
    const outbox = new MessageOutbox({ ...settings, catalogue, namespace, partitionCount, sourceAgentId });
    return { agent, clock, outbox };
  }

  private async learnPartitionCounts(keyed: readonly string[]): Promise<void> {
    const { agent, catalogue, log, namespace } = this.options;
    const count = await assertSamePartitionCount(log, keyed);
    for (const topic of keyed) this.partitionCounts.set(topic, count);
    const outputs = [...agent.emits, ...agent.handles].flatMap((definition) =>
      PRIORITIES.map((priority) => catalogue.topicFor(definition, priority)),
    );
    for (const name of new Set([...outputs, 'audit', 'dlq'])) {
      const topic = topicOf(namespace, name);
      if (!this.partitionCounts.has(topic)) this.partitionCounts.set(topic, await log.partitionCount(topic));
    }
  }

  private assigned(membership: Membership): void {
    this.membership = membership;
    this.state = 'RUNNING';
    this.lastError = undefined;
    this.directory.assigned(membership);
  }

  private count(batch: Batch, isCommitted: boolean): void {
    this.counts.handled += batch.handled;
    this.counts.duplicates += batch.duplicates;
    this.counts.forwarded += batch.forwarded;
    this.counts.deadLetters += batch.deadLetters;
    if (isCommitted) this.counts.transactions++;
    this.directory.parkedNow(this.session?.parked ?? []);
  }
}

/** Ends the wait for a log that does not answer; what is under way ends when the log is closed. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  await Promise.race([
    work,
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
  ]);
}

function assertComplete(options: AgentRuntimeOptions): void {
  const { agent, handlers, effects, answers, catalogue } = options;
  const asks = agent.asks ?? [];
  const answering = new Set([
    ...asks.flatMap(({ replies }) => replies.map(({ type }) => type)),
    ...(asks.length > 0 ? [CommandRejected.type, AskTimedOut.type] : []),
  ]);
  const missing = agent.handles.filter(({ type }) => !handlers.has(type) && !answering.has(type));
  const declared = new Set(agent.handles.map(({ type }) => type));
  const extra = [...handlers.keys()].filter((type) => !declared.has(type));
  const effectless = (agent.effects ?? []).filter(({ name }) => !effects.has(name));
  const unknown = [...answering].filter((type) => catalogue.get(type) === undefined);
  const unasked = [...(answers?.keys() ?? [])].filter((name) => !asks.some((ask) => ask.name === name));
  const faults = [
    ...missing.map(({ type }) => `${type} has no handler`),
    ...extra.map((type) => `${type} has a handler but is not in the manifest`),
    ...effectless.map(({ name }) => `effect ${name} has no handler`),
    ...asks.filter(({ name }) => !answers?.has(name)).map(({ name }) => `ask ${name} has no answer handler`),
    ...unasked.map((name) => `ask ${name} has an answer handler but is not in the manifest`),
    ...unknown.map((type) => `${type} ends asks and is not in the catalogue`),
  ];
  if (faults.length > 0) throw new TypeError(`${agent.id}: ${faults.join('; ')}.`);
}
