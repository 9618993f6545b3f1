import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Catalogue, lanesOf, readMessage, topicOf, withoutLane } from '@aika/contracts';
import type { AgentManifest, EffectHandler, HandlerContext, MessageHandler } from '../../agent/index.js';
import { outcome, RetriableError } from '../../agent/index.js';
import { MessageSender } from '../../client/index.js';
import type { LogRecord, MessageLog } from '../../ports/index.js';
import { AgentRuntime } from '../agent-runtime.js';
import { DEAD_LETTER_HEADER } from '../dead-letter.js';
import { silentLogger } from '../runtime-logger.js';
import type { DeliverySettings } from '../runtime-options.js';
import type { StateStores } from '../state-store.js';
import {
  Add,
  Added,
  type AddedPayload,
  type AddPayload,
  catalogue,
  Confirm,
  Confirmed,
  counterAgent,
  Totals,
} from './counter-agent.fixtures.js';

export const PARTITIONS = 4;

/** Topics (without namespace) of an installation for two agents; `agents` beside them has one partition. */
export const KEYED_TOPICS = [
  ...['commands', 'events', 'stage.decision', 'agent.risk', 'agent.policy'],
  ...['audit', 'dlq', 'state.risk', 'state.policy'],
].flatMap(lanesOf);

/** One installation of a log with the topics of a namespace, for one test file. */
export interface RuntimeSuiteSetup {
  readonly namespace: string;
  /** A connection of its own, as another process would have. */
  connect(clientId: string): MessageLog;
  /** Where agents on this log keep their state unless a test says otherwise; in memory by default. */
  stores?(log: MessageLog): StateStores;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly agent?: AgentManifest;
  readonly catalogue?: Catalogue;
  /** Instead of those of the counter. */
  readonly handlers?: ReadonlyMap<string, MessageHandler>;
  readonly effects?: ReadonlyMap<string, EffectHandler<object>>;
  readonly settings?: Partial<DeliverySettings>;
  /** Milliseconds since 1970 UTC. */
  readonly clock?: () => number;
  /** In memory by default. */
  readonly stores?: StateStores;
  /** Lies between the agent and its log. */
  readonly wrap?: (log: MessageLog) => MessageLog;
}

interface SeenEvent {
  readonly type: string;
  readonly id: string;
  readonly payload: AddedPayload;
}

export const DUE_IN_MS = 150;

/** Agents that add up amounts per customer, and a reader of all that they commit. */
export class CounterWorld {
  /** Errors to be thrown when a message (by id) is handled; one each time. */
  failures = new Map<string, unknown[]>();
  effectCalls: string[] = [];
  /** So many calls of the effect fail. */
  effectFailures = 0;
  /** Amounts in the order in which the handler saw them, repeats too. */
  handledAmounts: number[] = [];
  /** Milliseconds that each ADD takes. */
  slowness = 0;
  private running: AgentRuntime[] = [];
  private seen: LogRecord[] = [];
  private customers = 0;

  private constructor(
    readonly setup: RuntimeSuiteSetup,
    readonly edge: MessageLog,
    readonly sender: MessageSender,
    private readonly watching: AbortController,
  ) {}

  private watch: Promise<void> = Promise.resolve();

  static async open(setup: RuntimeSuiteSetup): Promise<CounterWorld> {
    const edge = setup.connect('edge');
    const { namespace } = setup;
    const sender = await MessageSender.create({ log: edge, catalogue, namespace, sourceAgentId: 'test' });
    const world = new CounterWorld(setup, edge, sender, new AbortController());
    await world.follow();
    return world;
  }

  get namespace(): string {
    return this.setup.namespace;
  }

  /** A customer id that no other test uses. */
  customer(): string {
    return `${this.namespace}-cust-${++this.customers}`;
  }

  topic(name: string): string {
    return topicOf(this.namespace, name);
  }

  /** Starts an instance and waits until it owns partitions. */
  async start(instanceId: string, options: StartOptions = {}): Promise<AgentRuntime> {
    const { agent, handlers, effects, settings, clock, wrap } = options;
    const log = this.setup.connect(instanceId);
    const stores = options.stores ?? this.setup.stores?.(log);
    const runtime = new AgentRuntime({
      agent: agent ?? counterAgent,
      log: wrap?.(log) ?? log,
      namespace: this.namespace,
      instanceId,
      catalogue: options.catalogue ?? catalogue,
      handlers: handlers ?? this.handlers(),
      effects: effects ?? new Map([['confirm', this.confirm]]),
      logger: silentLogger,
      ...(clock ? { clock } : {}),
      ...(stores ? { stores } : {}),
      settings: {
        sessionTimeoutMs: 6000,
        transactionTimeoutMs: 60_000,
        handlerBackoffMs: 1,
        idleCommitMs: 100,
        parkedBackoffMs: 20,
        ...settings,
      },
    });
    this.running.push(runtime);
    runtime.start();
    await until(() => runtime.status().state === 'RUNNING' && runtime.status().partitions.length > 0);
    return runtime;
  }

  /** Committed records of a topic (without namespace) in all its lanes since the test began. */
  on(topic: string): readonly LogRecord[] {
    return this.seen.filter((record) => withoutLane(record.topic) === this.topic(topic));
  }

  events(customerId: string): readonly SeenEvent[] {
    return this.on('events').flatMap((record) => {
      const receivedAt = new Date(record.timestamp).toISOString();
      const read = readMessage(record.value as Buffer, { catalogue, receivedAt });
      if (!read.ok || read.envelope.payload['customerId'] !== customerId) return [];
      const { messageType, messageId, payload } = read.envelope;
      return [{ type: messageType, id: messageId, payload: payload as unknown as AddedPayload }];
    });
  }

  totalsOf(customerId: string): readonly number[] {
    return this.events(customerId)
      .filter(({ type }) => type === 'ADDED')
      .map(({ payload }) => payload.total);
  }

  /** Codes of the customer's dead letters. */
  deadLettersOf(customerId: string): readonly string[] {
    return this.on('dlq')
      .filter((record) => record.key?.toString() === customerId)
      .map((record) => record.headers[DEAD_LETTER_HEADER.code]?.toString() ?? '');
  }

  async add(customerId: string, amounts: readonly number[]): Promise<void> {
    await this.sender.sendAll(
      amounts.map((amount) => ({ definition: Add, payload: { customerId, amount } })),
    );
  }

  forget(): void {
    this.seen = [];
    this.failures = new Map();
    this.effectCalls = [];
    this.effectFailures = 0;
    this.slowness = 0;
    this.handledAmounts = [];
  }

  async stopAgents(): Promise<void> {
    await Promise.all(this.running.map((runtime) => runtime.stop()));
    this.running = [];
  }

  async close(): Promise<void> {
    this.watching.abort();
    await this.watch;
    await this.sender.close();
    await this.setup.close();
  }

  private async follow(): Promise<void> {
    const ready = Promise.withResolvers<void>();
    const options = {
      topics: ['commands', 'events', 'stage.decision', 'dlq', 'agent.risk', 'audit', 'agents']
        .flatMap(lanesOf)
        .map((topic) => this.topic(topic)),
      from: 'end' as const,
      signal: this.watching.signal,
      onReady: ready.resolve,
    };
    this.watch = (async () => {
      for await (const records of this.edge.follow(options)) this.seen.push(...records);
    })();
    await ready.promise;
  }

  private handlers(): ReadonlyMap<string, MessageHandler> {
    return new Map<string, MessageHandler>([
      ['ADD', this.handleAdd as MessageHandler],
      [
        'ADD_LATER',
        ((payload: AddPayload, context: HandlerContext) => {
          const due = new Date(Date.parse(context.now) + DUE_IN_MS).toISOString();
          context.schedule('later', due, Add, payload);
        }) as MessageHandler,
      ],
      [
        'ADD_OUTSIDE',
        ((payload: AddPayload, context: HandlerContext) =>
          void context.effect(Confirm, payload)) as MessageHandler,
      ],
    ]);
  }

  private readonly handleAdd = async (payload: AddPayload, context: HandlerContext): Promise<void> => {
    this.handledAmounts.push(payload.amount);
    const failure = this.failures.get(context.message.messageId)?.shift();
    const totals = context.store(Totals);
    const total = (totals.get('total') ?? 0) + payload.amount;
    totals.put('total', total);
    context.emit(Added, { ...payload, total });
    if (this.slowness > 0) await new Promise((resolve) => setTimeout(resolve, this.slowness));
    if (failure) throw failure;
  };

  private readonly confirm: EffectHandler<object> = (request, call) => {
    this.effectCalls.push(call.idempotencyKey);
    if (this.effectFailures-- > 0) return Promise.reject(new RetriableError('DOWN', 'nobody there'));
    return Promise.resolve(outcome(Confirmed, request as AddPayload));
  };
}

/** Opens a world for the tests of the enclosing `describe`. */
export function useCounterWorld(open: () => Promise<RuntimeSuiteSetup>): () => CounterWorld {
  let world: CounterWorld;
  beforeAll(async () => {
    world = await CounterWorld.open(await open());
  }, 60_000);
  beforeEach(() => world.forget());
  afterEach(() => world.stopAgents(), 30_000);
  afterAll(() => world.close(), 60_000);
  return () => world;
}

/** Waits for a condition. @throws Error that shows it, after `timeoutMs` */
export async function until(isTrue: () => boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`Not true after ${timeoutMs} ms: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
