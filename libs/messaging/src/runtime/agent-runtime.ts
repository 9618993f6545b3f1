import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { topicOf } from '@aika/contracts';
import type { HandlerContext } from '../agent/index.js';
import { LogError, type Membership, type RecordWriter } from '../ports/index.js';
import { agentCard, publishCard } from './agent-card.js';
import { AgentSession, stateTopicOf } from './agent-session.js';
import type { Batch } from './batch.js';
import { BatchProcessor } from './batch-processor.js';
import { EffectRunner } from './effect-runner.js';
import { MessageOutbox } from './message-outbox.js';
import { assertSamePartitionCount } from './partition-task.js';
import { RecordIntake } from './record-intake.js';
import {
  type AgentRuntimeOptions,
  DEFAULT_DELIVERY,
  type DeliverySettings,
  groupIdOf,
  inputTopics,
  shortNameOf,
} from './runtime-options.js';

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
  readonly transactions: number;
  readonly pendingEffects: number;
  /** Pending effects that are out of attempts: they need a person. */
  readonly stuckEffects: number;
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
  private directory: RecordWriter | undefined;

  /** @throws TypeError when handlers and manifest do not match: a type or effect without its handler */
  constructor(private readonly options: AgentRuntimeOptions) {
    this.settings = { ...DEFAULT_DELIVERY, ...options.settings };
    assertComplete(options);
    this.effects = new EffectRunner({
      agent: options.agent,
      handlers: options.effects,
      concurrency: this.settings.effectConcurrency,
      logger: options.logger,
      onOutcome: () => this.wake(),
    });
  }

  status(): RuntimeStatus {
    return {
      state: this.state,
      partitions: this.membership?.partitions ?? [],
      generation: this.membership?.generationId,
      ...this.counts,
      pendingEffects: this.effects.size,
      stuckEffects: this.effects.stuckCount,
      lastError: this.lastError,
    };
  }

  /** Starts the loop and returns; `status` tells when partitions are assigned. */
  start(): void {
    this.loop ??= this.run();
  }

  /** Finishes or aborts the open transaction, leaves the group, and resolves when all is closed. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.loop;
    this.state = 'STOPPED';
  }

  private async run(): Promise<void> {
    const { logger } = this.options;
    let pause = FIRST_REBUILD_PAUSE_MS;
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
        if (Date.now() - startedAt > LONGEST_REBUILD_PAUSE_MS) pause = FIRST_REBUILD_PAUSE_MS;
        await this.pause(pause);
        pause = Math.min(LONGEST_REBUILD_PAUSE_MS, pause * 2);
      }
    }
    await this.withdrawCard();
  }

  private async runSession(): Promise<void> {
    const { agent, log, namespace, instanceId } = this.options;
    const topics = inputTopics(agent).map((name) => topicOf(namespace, name));
    const stateTopic = stateTopicOf(namespace, shortNameOf(agent));
    await orAborted(this.learnPartitionCounts([...topics, stateTopic]), this.stopping.signal);
    if (this.stopping.signal.aborted) return;
    const member = await log.joinGroup({
      groupId: groupIdOf(namespace, agent),
      topics,
      sessionTimeoutMs: this.settings.sessionTimeoutMs,
      rebalanceTimeoutMs: 3 * this.settings.sessionTimeoutMs,
      heartbeatIntervalMs: Math.floor(this.settings.sessionTimeoutMs / 6),
      maxBuffered: 4 * this.settings.batchSize,
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
      settings: this.settings,
      logger: this.options.logger,
      clock: this.clock,
      signal: this.stopping.signal,
      onAssigned: (membership) => this.assigned(membership),
      onBatch: (batch, isCommitted) => this.count(batch, isCommitted),
    });
    try {
      await session.run();
    } finally {
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
    const { agent, namespace, catalogue, handlers, logger } = this.options;
    const shared = { agent, namespace, catalogue, partitionCount: this.partitionCount, ...this.settings };
    return new BatchProcessor({
      ...shared,
      handlers,
      logger,
      clock: this.clock,
      intake: new RecordIntake(shared),
      outbox: new MessageOutbox({ ...shared, sourceAgentId: agent.id }),
      attempts: this.settings.handlerAttempts,
      backoffMs: this.settings.handlerBackoffMs,
      enter: (context, run) => currentContext.run(context, run),
    });
  }

  private async learnPartitionCounts(keyed: readonly string[]): Promise<void> {
    const { agent, log, namespace } = this.options;
    const count = await assertSamePartitionCount(log, keyed);
    for (const topic of keyed) this.partitionCounts.set(topic, count);
    const outputs = [...agent.emits, ...agent.handles].map((definition) => definition.topic);
    for (const name of new Set([...outputs, 'audit', 'dlq'])) {
      const topic = topicOf(namespace, name);
      if (!this.partitionCounts.has(topic)) this.partitionCounts.set(topic, await log.partitionCount(topic));
    }
  }

  private assigned(membership: Membership): void {
    this.membership = membership;
    this.state = 'RUNNING';
    this.lastError = undefined;
    const { agent, instanceId } = this.options;
    const { partitions, generationId: generation } = membership;
    const at = new Date(this.clock()).toISOString();
    void this.publish(agentCard(agent, { instanceId, partitions, generation, at }));
  }

  private async publish(card: ReturnType<typeof agentCard> | null): Promise<void> {
    const { agent, instanceId, log, namespace, logger } = this.options;
    try {
      this.directory ??= await log.createWriter();
      await publishCard(this.directory, namespace, { agentId: agent.id, instanceId }, card);
    } catch (error) {
      // The directory is a view for people: delivery goes on without it.
      logger.warn('agent card not published', { reason: String(error) });
    }
  }

  private async withdrawCard(): Promise<void> {
    if (!this.directory) return;
    await this.publish(null);
    await this.directory.close();
  }

  private count(batch: Batch, isCommitted: boolean): void {
    this.counts.handled += batch.handled;
    this.counts.duplicates += batch.duplicates;
    this.counts.forwarded += batch.forwarded;
    this.counts.deadLetters += batch.deadLetters;
    if (isCommitted) this.counts.transactions++;
  }

  private async pause(ms: number): Promise<void> {
    try {
      await delay(ms, undefined, { signal: this.stopping.signal });
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }
}

/** Ends the wait for a log that does not answer; what is under way ends when the log is closed. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  await Promise.race([
    work,
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
  ]);
}

function stackOf(error: unknown): string | undefined {
  // A LogError is expected in operation and its code says enough; anything else is a fault of ours.
  return error instanceof LogError || !(error instanceof Error) ? undefined : error.stack;
}

function assertComplete({ agent, handlers, effects }: AgentRuntimeOptions): void {
  const missing = agent.handles.filter(({ type }) => !handlers.has(type)).map(({ type }) => type);
  const declared = new Set(agent.handles.map(({ type }) => type));
  const extra = [...handlers.keys()].filter((type) => !declared.has(type));
  const effectless = (agent.effects ?? []).filter(({ name }) => !effects.has(name)).map(({ name }) => name);
  const faults = [
    ...missing.map((type) => `${type} has no handler`),
    ...extra.map((type) => `${type} has a handler but is not in the manifest`),
    ...effectless.map((name) => `effect ${name} has no handler`),
  ];
  if (faults.length > 0) throw new TypeError(`${agent.id}: ${faults.join('; ')}.`);
}
