import { GiveUpParked, lanesOf, RetryParked } from '@aika/contracts';
import {
  type HandlerContext,
  type MessageHandler,
  outcome,
  RetriableError,
  TerminalError,
} from '../agent/index.js';
import { createInMemoryBroker } from '../in-memory/index.js';
import type { LogRecord, MessageLog } from '../ports/index.js';
import { partitionFor } from '../ports/index.js';
import { silentLogger } from '../runtime/runtime-logger.js';
import {
  Add,
  Added,
  AddLater,
  AddOutside,
  type AddPayload,
  catalogue,
  Confirm,
  Confirmed,
  COUNTER,
  counterAgent,
  Totals,
} from '../runtime/suite/counter-agent.fixtures.js';
import { CounterWorld, KEYED_TOPICS, PARTITIONS, until } from '../runtime/suite/counter-world.js';
import { replayHistory } from './history-replay.js';
import type { ReplayOptions, ReplayRequest } from './replay-options.js';
import type { ReplayReport } from './replay-report.js';

export const WRITTEN_TO = 'again';
const UNLUCKY = 13;
const DUE_IN_MS = 50;

/** What a changed version of the agent does otherwise. */
export interface Changes {
  readonly total?: (total: number, payload: AddPayload) => number;
  readonly asked?: (amount: number) => number;
  readonly dueInMs?: number;
  readonly says?: (payload: AddPayload) => boolean;
  readonly isUnlucky?: (amount: number) => boolean;
}

/** The counter's handlers as functions of state and message; `fail` stands for what is down for a while. */
export function countingHandlers(
  changes: Changes = {},
  fail: (messageId: string) => void = () => undefined,
): ReadonlyMap<string, MessageHandler> {
  const { isUnlucky = (amount) => amount === UNLUCKY, total: totalOf = (total) => total } = changes;
  const add = (payload: AddPayload, context: HandlerContext): void => {
    fail(context.message.messageId);
    if (isUnlucky(payload.amount)) throw new TerminalError('UNLUCKY', 'not this one');
    const totals = context.store(Totals);
    const total = totalOf((totals.get('total') ?? 0) + payload.amount, payload);
    totals.put('total', total);
    if (changes.says?.(payload) ?? true) context.emit(Added, { ...payload, total });
  };
  const later = (payload: AddPayload, context: HandlerContext): void => {
    const due = new Date(Date.parse(context.now) + (changes.dueInMs ?? DUE_IN_MS)).toISOString();
    context.schedule('later', due, Add, payload);
  };
  const outside = (payload: AddPayload, context: HandlerContext): void => {
    const amount = changes.asked?.(payload.amount) ?? payload.amount;
    context.effect(Confirm, { ...payload, amount });
  };
  const handlers = { ADD: add, ADD_LATER: later, ADD_OUTSIDE: outside };
  return new Map(Object.entries(handlers) as [string, MessageHandler][]);
}

/** A history with all that can happen to a message, on a log in memory, and replays of it. */
export class CountedHistory {
  effectCalls = 0;
  /** Customers that share a partition, and one of another. */
  customers: readonly string[] = [];
  sickId = '';

  private constructor(
    readonly world: CounterWorld,
    private readonly log: MessageLog,
  ) {}

  static async make(): Promise<CountedHistory> {
    const namespaces = ['counted', WRITTEN_TO];
    const names = namespaces.flatMap((space) => KEYED_TOPICS.map((name) => `${space}.${name}`));
    const topics = Object.fromEntries(names.map((name) => [name, PARTITIONS]));
    const agents = Object.fromEntries(namespaces.map((space) => [`${space}.agents`, 1]));
    const broker = createInMemoryBroker({ topics: { ...topics, ...agents } });
    const world = await CounterWorld.open({
      namespace: 'counted',
      connect: (clientId) => broker.connect(clientId),
      close: () => Promise.resolve(),
    });
    const history = new CountedHistory(world, broker.connect('replay'));
    history.customers = customersOf(world);
    return history;
  }

  get partition(): number {
    return partitionFor(this.customers[0] ?? '', PARTITIONS);
  }

  /** HIGH, NORMAL and LOW, a timer, an effect, a duplicate, dead letters, parked keys, and a restart between. */
  async live(): Promise<void> {
    const [one = '', two = '', three = '', four = '', other = ''] = this.customers;
    this.sickId = `msg-${three}-sick`;
    const [given, mended] = [`msg-${four}-given-up`, `msg-${one}-mended`];
    const failures = new Map([
      [this.sickId, 5],
      [given, Infinity],
      [mended, Infinity],
    ]);
    const fail = (messageId: string): void => {
      const left = failures.get(messageId) ?? 0;
      failures.set(messageId, left - 1);
      if (left > 0) throw new RetriableError('DOWN', 'nobody there');
    };
    const options = {
      handlers: countingHandlers({}, fail),
      effects: new Map([['confirm', (request: object) => this.confirm(request)]]),
      settings: { parkedMaxBackoffMs: 100, parkedAttempts: 1000 },
    };
    const { world } = this;
    const { sender } = world;
    let amount = 100;
    const add = (customerId: string, priority: 'HIGH' | 'NORMAL' | 'LOW', messageId?: string) => ({
      definition: Add,
      payload: { customerId, amount: ++amount },
      priority,
      ...(messageId === undefined ? {} : { messageId }),
    });
    const mixed = () =>
      this.customers.flatMap((customerId) =>
        (['LOW', 'NORMAL', 'HIGH', 'NORMAL'] as const).map((priority) => add(customerId, priority)),
      );
    const twice = add(two, 'NORMAL', `msg-${two}-twice`);
    await sender.sendAll([
      add(three, 'NORMAL', this.sickId),
      ...mixed(),
      ...[twice, twice],
      add(four, 'NORMAL', given),
      { definition: Add, payload: { customerId: two, amount: UNLUCKY } },
      { definition: AddLater, payload: { customerId: one, amount: 500 } },
      { definition: AddOutside, payload: { customerId: two, amount: 600 } },
    ]);
    const agent = await world.start('one', options);
    const added = (): number => this.customers.reduce((sum, id) => sum + world.totalsOf(id).length, 0);
    await until(() => added() === 1 + 20 + 1 + 1 && agent.status().parkedKeys === 1);
    await until(() => this.effectCalls === 1 && agent.status().pendingEffects === 0);
    const control = { reason: 'as asked' };
    await sender.send(GiveUpParked, { customerId: four, ...control }, { targetAgentId: COUNTER });
    await until(() => agent.status().parkedKeys === 0);
    await sender.sendAll([add(one, 'NORMAL', mended)]);
    await until(() => agent.status().parkedKeys === 1);
    failures.delete(mended);
    await sender.send(RetryParked, { customerId: one, ...control }, { targetAgentId: COUNTER });
    await until(() => agent.status().parkedKeys === 0);
    await agent.stop();
    await world.start('two', options);
    await sender.sendAll([...mixed(), { definition: AddLater, payload: { customerId: other, amount: 700 } }]);
    await until(() => added() === 24 + 20 + 1);
    await world.stopAgents();
  }

  /** Replays with handlers that may be changed. */
  async replay(
    request: ReplayRequest = {},
    changes: Changes = {},
    more: Partial<ReplayOptions> = {},
  ): Promise<ReplayReport> {
    return replayHistory({
      agent: counterAgent,
      log: this.log,
      namespace: this.world.namespace,
      catalogue,
      handlers: countingHandlers(changes),
      logger: silentLogger,
      request: { limit: 1000, ...request },
      ...more,
    });
  }

  /** The log as it would be if some of its records were others, or gone: null. Live topics are read through it. */
  altered(alter: (record: LogRecord) => LogRecord | null, startOf?: (topic: string) => number): MessageLog {
    const { log } = this;
    const altered: Pick<MessageLog, 'offsets' | 'read'> = {
      offsets: async (at) => ({ ...(await log.offsets(at)), ...(startOf && { start: startOf(at.topic) }) }),
      async *read(at, range) {
        for await (const records of log.read(at, range)) {
          yield records.flatMap((record) => alter(record) ?? []);
        }
      },
    };
    return Object.assign(Object.create(log) as MessageLog, altered);
  }

  /** All records of a topic, by its full name. */
  async recordsOf(topic: string): Promise<readonly LogRecord[]> {
    const found: LogRecord[] = [];
    for (let partition = 0; partition < (await this.log.partitionCount(topic)); partition += 1) {
      const { end } = await this.log.offsets({ topic, partition });
      for await (const records of this.log.read({ topic, partition }, { from: 0, until: end })) {
        found.push(...records);
      }
    }
    return found;
  }

  /** Offsets after the last record of every topic of a namespace. */
  async endsOf(namespace: string): Promise<readonly number[]> {
    const ends = KEYED_TOPICS.flatMap((name) =>
      Array.from({ length: PARTITIONS }, async (_, partition) => {
        const { end } = await this.log.offsets({ topic: `${namespace}.${name}`, partition });
        return end;
      }),
    );
    return Promise.all(ends);
  }

  async committed(groupId: string) {
    const names = ['commands', 'events', 'agent.risk'].flatMap(lanesOf);
    return this.log.committedOffsets(
      groupId,
      names.map((name) => this.world.topic(name)),
    );
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.log.close();
  }

  private async confirm(request: object) {
    this.effectCalls += 1;
    return outcome(Confirmed, request as AddPayload);
  }
}

/** Four customers of one partition, and one of another. */
function customersOf(world: CounterWorld): readonly string[] {
  const first = world.customer();
  const partition = partitionFor(first, PARTITIONS);
  const [same, others]: [string[], string[]] = [[first], []];
  while (same.length < 4 || others.length < 1) {
    const next = world.customer();
    (partitionFor(next, PARTITIONS) === partition ? same : others).push(next);
  }
  return [...same.slice(0, 4), others[0] as string];
}
