import type { INestApplication } from '@nestjs/common';
import type { TestingModuleBuilder } from '@nestjs/testing';
import {
  type Catalogue,
  type Envelope,
  lanesOf,
  type MessageDefinition,
  readMessage,
  topicOf,
} from '@aika/contracts';
import type { AgentManifest, Store, StoreDefinition } from '../agent/index.js';
import { MessageSender, type SendOptions } from '../client/index.js';
import { createInMemoryBroker, type InMemoryBroker } from '../in-memory/index.js';
import {
  AGENT,
  type AikaTransport,
  CATALOGUE,
  MESSAGE_LOG,
  RUNTIME_TUNING,
  type RuntimeTuning,
  TRANSPORT,
} from '../nest/index.js';
import type { LogRecord, MessageLog } from '../ports/index.js';
import {
  type AgentRuntime,
  DEAD_LETTER_HEADER,
  groupIdOf,
  inputTopics,
  shortNameOf,
} from '../runtime/index.js';
import { StateOverlay, StateTable } from '../runtime/state-overlay.js';
import { StoreView } from '../runtime/store-view.js';

export interface TestBedOptions {
  /** The agent's clock begins here, RFC 3339 UTC, and moves by `advance` only. Default: the time of the start. */
  readonly now?: string;
  /** Partitions of each topic. Default 2. */
  readonly partitions?: number;
  /** What the agent gets in place of the log in memory: the same with something before it. */
  readonly log?: (log: MessageLog) => MessageLog;
  /** `sourceAgentId` of what is sent. Default `test`. */
  readonly sender?: string;
}

/** A dead letter, as far as specs ask for it. */
export interface TestDeadLetter {
  readonly code: string;
  readonly customerId: string | undefined;
}

const PATIENCE_MS = 10_000;
const POLL_MS = 2;
/** Of the module's settings; nothing outside of the test bed has it. */
const QUIET_TUNING = { idleCommitMs: 0, handlerBackoffMs: 1 };

/**
 * An agent's module as it runs in production, on a log in memory: its handlers, guards, state, timers, effects and
 * transactions, with a clock that the spec moves.
 *
 * ```ts
 * const bed = await startTestBed(Test.createTestingModule({ imports: [GreetingAgentModule] }));
 * await bed.send(GreetCustomer, { customerId: 'cust-1', name: 'Ada' });
 * expect(await bed.outputs()).toMatchObject([{ messageType: 'CUSTOMER_GREETED' }]);
 * await bed.close();
 * ```
 */
export async function startTestBed(
  builder: TestingModuleBuilder,
  options: TestBedOptions = {},
): Promise<TestBed> {
  const clock = { now: options.now === undefined ? Date.now() : Date.parse(options.now) };
  const broker = createInMemoryBroker({ topics: options.partitions ?? 2, clock: () => clock.now });
  const log = broker.connect('agent');
  const tuning: RuntimeTuning = { clock: () => clock.now, settings: QUIET_TUNING };
  const module = await builder
    .overrideProvider(MESSAGE_LOG)
    .useValue(options.log?.(log) ?? log)
    .overrideProvider(RUNTIME_TUNING)
    .useValue(tuning)
    .compile();
  const app = module.createNestApplication({ logger: false });
  app.connectMicroservice({ strategy: app.get<AikaTransport>(TRANSPORT) }, { inheritAppConfig: true });
  await app.startAllMicroservices();
  await app.init();
  return TestBed.of(app, { broker, clock, sender: options.sender ?? 'test' });
}

interface TestBedParts {
  readonly broker: InMemoryBroker;
  readonly clock: { now: number };
  readonly sender: string;
}

/** One agent under test. Made by `startTestBed`. */
export class TestBed {
  private taken = new Map<string, number>();

  private constructor(
    /** The application: `app.get` finds every provider. */
    readonly app: INestApplication,
    private readonly parts: TestBedParts,
    private readonly edge: MessageLog,
    private readonly sender: MessageSender,
  ) {}

  static async of(app: INestApplication, parts: TestBedParts): Promise<TestBed> {
    const edge = parts.broker.connect('test');
    const namespace = namespaceOf(app);
    const sourceAgentId = parts.sender;
    const sender = await MessageSender.create({
      log: edge,
      catalogue: app.get(CATALOGUE),
      namespace,
      sourceAgentId,
    });
    return new TestBed(app, parts, edge, sender);
  }

  /** The agent's present, RFC 3339 UTC. */
  get now(): string {
    return new Date(this.parts.clock.now).toISOString();
  }

  /** Sends a message at the agent's present; it is handled by the next `idle` or `outputs`. @returns its id */
  async send(definition: MessageDefinition, payload: object, options: SendOptions = {}): Promise<string> {
    return this.sender.send(definition, payload, { timestamp: this.now, ...options });
  }

  /** Sends an answer to what the agent has asked, as the asked agent would. @returns its id */
  async answer(question: Envelope, definition: MessageDefinition, payload: object): Promise<string> {
    const { messageId, targetAgentId, metadata } = question;
    const answering = await MessageSender.create({
      log: this.edge,
      catalogue: this.catalogue,
      namespace: namespaceOf(this.app),
      sourceAgentId: targetAgentId ?? definition.owner,
    });
    try {
      return await answering.send(definition, payload, {
        timestamp: this.now,
        metadata: { ...metadata, causationId: messageId },
      });
    } finally {
      await answering.close();
    }
  }

  /**
   * Resolves when nothing is left to do at the agent's present: messages are handled, timers that are due have
   * fired, effects have ended, except stuck ones. Messages of a parked customer wait for `advance`.
   *
   * @throws Error after 10 s
   */
  async idle(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.isIdle()) {
      if (performance.now() > deadline)
        throw new Error(`Not idle after ${PATIENCE_MS} ms: ${this.describe()}`);
      this.runtime?.nudge();
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Moves the agent's clock and does what is due then. */
  async advance(ms: number): Promise<void> {
    await this.idle();
    this.parts.clock.now += ms;
    await this.idle();
  }

  /** What the agent has sent since the last call, in order per customer; its timers' messages too. */
  async outputs(): Promise<readonly Envelope[]> {
    await this.idle();
    const { catalogue } = this;
    const records = (await Promise.all(this.outputTopics().map((topic) => this.newRecords(topic)))).flat();
    return records.flatMap(({ value, timestamp }) => {
      const read = readMessage(value as Buffer, { catalogue, receivedAt: new Date(timestamp).toISOString() });
      return read.ok && read.envelope.sourceAgentId === this.agent.id ? [read.envelope] : [];
    });
  }

  /** Names without namespace, HIGH lanes too. */
  private outputTopics(): readonly string[] {
    const own = this.agent.emits.map((definition) => this.catalogue.topicFor(definition, 'NORMAL'));
    return [...new Set(['commands', ...this.catalogue.eventTopics(), ...own])].flatMap(lanesOf);
  }

  /** Types of `outputs`. */
  async outputTypes(): Promise<readonly string[]> {
    return (await this.outputs()).map(({ messageType }) => messageType);
  }

  /** Dead letters since the last call. */
  async deadLetters(): Promise<readonly TestDeadLetter[]> {
    await this.idle();
    return (await this.newRecords('dlq')).map(({ headers, key }) => ({
      code: headers[DEAD_LETTER_HEADER.code]?.toString() ?? '',
      customerId: key?.toString(),
    }));
  }

  /** A customer's committed state. Changes of it go nowhere. */
  async state<T>(
    customerId: string,
    definition: StoreDefinition<T>,
  ): Promise<Pick<Store<T>, 'get' | 'list'>> {
    await this.idle();
    const table = new StateTable();
    for (const { key, value } of await this.records(`state.${shortNameOf(this.agent)}`, () => 0)) {
      table.set(key?.toString() ?? '', value?.toString() ?? null);
    }
    return new StoreView(new StateOverlay(table), definition, customerId, Infinity);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.sender.close();
    await this.edge.close();
  }

  private get agent(): AgentManifest {
    return this.app.get<AgentManifest>(AGENT);
  }

  private get catalogue(): Catalogue {
    return this.app.get<Catalogue>(CATALOGUE);
  }

  private get runtime(): AgentRuntime | undefined {
    return this.app.get<AikaTransport>(TRANSPORT).unwrap<AgentRuntime | undefined>();
  }

  private isIdle(): boolean {
    const { runtime } = this;
    const status = runtime?.status();
    if (!runtime || status?.state !== 'RUNNING' || status.partitions.length === 0) return false;
    if (status.pendingEffects > status.stuckEffects || runtime.nextDue() <= this.parts.clock.now)
      return false;
    return this.lag() === 0;
  }

  private lag(): number {
    const namespace = namespaceOf(this.app);
    const topics = inputTopics(this.agent, this.catalogue).map((name) => topicOf(namespace, name));
    return this.parts.broker.lagOf(groupIdOf(namespace, this.agent), topics);
  }

  private describe(): string {
    return `${this.lag()} messages wait, status ${JSON.stringify(this.runtime?.status())}`;
  }

  private async newRecords(name: string): Promise<readonly LogRecord[]> {
    const records = await this.records(name, (at) => this.taken.get(at) ?? 0);
    for (const { topic, partition, offset } of records) this.taken.set(`${topic}/${partition}`, offset + 1);
    return records;
  }

  private async records(name: string, from: (at: string) => number): Promise<LogRecord[]> {
    const topic = topicOf(namespaceOf(this.app), name);
    const found: LogRecord[] = [];
    for (let partition = 0; partition < (await this.edge.partitionCount(topic)); partition++) {
      const { end } = await this.edge.offsets({ topic, partition });
      const range = { from: from(`${topic}/${partition}`), until: end };
      for await (const records of this.edge.read({ topic, partition }, range)) found.push(...records);
    }
    return found;
  }
}

function namespaceOf(app: INestApplication): string {
  return app.get<AikaTransport>(TRANSPORT).namespace;
}
