import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HEADER, readMessage, topicOf } from '@aika/contracts';
import type { AgentManifest, EffectHandler, HandlerContext, MessageHandler } from '../agent/index.js';
import { outcome, RetriableError, TerminalError } from '../agent/index.js';
import { MessageSender } from '../client/index.js';
import { type LogRecord, type MessageLog, partitionFor } from '../ports/index.js';
import { AgentRuntime } from './agent-runtime.js';
import { DEAD_LETTER_HEADER } from './dead-letter.js';
import {
  Add,
  type AddedPayload,
  AddLater,
  AddOutside,
  type AddPayload,
  catalogue,
  Confirm,
  Confirmed,
  COUNTER,
  counterAgent,
  Foreign,
  Totals,
  Added,
} from './counter-agent.fixtures.js';
import { FORWARDED_HEADER } from './record-intake.js';
import { silentLogger } from './runtime-logger.js';

/** One installation of a log with the topics of a namespace, for one test file. */
export interface RuntimeSuiteSetup {
  readonly namespace: string;
  /** A connection of its own, as another process would have. */
  connect(clientId: string): MessageLog;
  close(): Promise<void>;
}

type Counting = HandlerContext;
const DUE_IN_MS = 150;

/** Rules of delivery, the same on every adapter. */
export function describeAgentRuntime(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`an agent on ${name}`, () => {
    let setup: RuntimeSuiteSetup;
    let edge: MessageLog;
    let sender: MessageSender;
    let running: AgentRuntime[] = [];
    let seen: LogRecord[] = [];
    let watching: AbortController;
    let watch: Promise<void>;
    let customers = 0;
    let failures: Map<string, unknown[]>;
    let effectCalls: string[];
    let effectFailures: number;

    const customer = (): string => `${setup.namespace}-cust-${++customers}`;

    const add = (payload: AddPayload, context: Counting): void => {
      const failure = failures.get(context.message.messageId)?.shift();
      const totals = context.store(Totals);
      const total = (totals.get('total') ?? 0) + payload.amount;
      totals.put('total', total);
      context.emit(Added, { ...payload, total });
      if (failure) throw failure;
    };
    const handlers = new Map<string, MessageHandler>([
      ['ADD', add as MessageHandler],
      [
        'ADD_LATER',
        ((payload: AddPayload, context: Counting) => {
          const due = new Date(Date.parse(context.now) + DUE_IN_MS).toISOString();
          context.schedule('later', due, Add, payload);
        }) as MessageHandler,
      ],
      [
        'ADD_OUTSIDE',
        ((payload: AddPayload, context: Counting) => void context.effect(Confirm, payload)) as MessageHandler,
      ],
    ]);
    const confirm: EffectHandler<object> = (request, call) => {
      effectCalls.push(call.idempotencyKey);
      if (effectFailures-- > 0) return Promise.reject(new RetriableError('DOWN', 'nobody there'));
      return Promise.resolve(outcome(Confirmed, request as AddPayload));
    };

    const start = async (instanceId: string, agent: AgentManifest = counterAgent): Promise<AgentRuntime> => {
      const runtime = new AgentRuntime({
        agent,
        log: setup.connect(instanceId),
        namespace: setup.namespace,
        instanceId,
        catalogue,
        handlers,
        effects: new Map([['confirm', confirm]]),
        logger: silentLogger,
        settings: {
          sessionTimeoutMs: 6000,
          transactionTimeoutMs: 6000,
          handlerBackoffMs: 1,
          idleCommitMs: 100,
        },
      });
      running.push(runtime);
      runtime.start();
      await until(() => runtime.status().state === 'RUNNING' && runtime.status().partitions.length > 0);
      return runtime;
    };

    const on = (topic: string): LogRecord[] =>
      seen.filter((record) => record.topic === topicOf(setup.namespace, topic));
    const events = (customerId: string): { type: string; payload: AddedPayload; id: string }[] =>
      on('events').flatMap((record) => {
        const read = readMessage(record.value as Buffer, {
          catalogue,
          receivedAt: new Date(record.timestamp).toISOString(),
        });
        if (!read.ok || read.envelope.payload['customerId'] !== customerId) return [];
        const { messageType, messageId, payload } = read.envelope;
        return [{ type: messageType, id: messageId, payload: payload as unknown as AddedPayload }];
      });
    const totalsOf = (customerId: string): number[] =>
      events(customerId)
        .filter(({ type }) => type === 'ADDED')
        .map(({ payload }) => payload.total);
    const deadLettersOf = (customerId: string): string[] =>
      on('dlq')
        .filter((record) => record.key?.toString() === customerId)
        .map((record) => record.headers[DEAD_LETTER_HEADER.code]?.toString() ?? '');

    beforeAll(async () => {
      setup = await open();
      edge = setup.connect('edge');
      sender = await MessageSender.create({
        log: edge,
        catalogue,
        namespace: setup.namespace,
        sourceAgentId: 'test',
      });
      watching = new AbortController();
      const ready = Promise.withResolvers<void>();
      const topics = ['events', 'dlq', 'agent.risk'].map((topic) => topicOf(setup.namespace, topic));
      watch = (async () => {
        for await (const records of edge.follow({
          topics,
          from: 'end',
          signal: watching.signal,
          onReady: ready.resolve,
        })) {
          seen.push(...records);
        }
      })();
      await ready.promise;
    }, 60_000);

    beforeEach(() => {
      seen = [];
      failures = new Map();
      effectCalls = [];
      effectFailures = 0;
    });

    afterEach(async () => {
      await Promise.all(running.map((runtime) => runtime.stop()));
      running = [];
    }, 30_000);

    afterAll(async () => {
      watching.abort();
      await watch;
      await sender.close();
      await setup.close();
    }, 60_000);

    it('handles commands of a customer in order, with state and outputs', async () => {
      await start('one');
      const customerId = customer();
      await sender.sendAll(
        [1, 2, 3, 4].map((amount) => ({ definition: Add, payload: { customerId, amount } })),
      );
      await until(() => totalsOf(customerId).length === 4);
      expect(totalsOf(customerId)).toEqual([1, 3, 6, 10]);
    });

    it('goes on after a restart with the state from the changelog', async () => {
      const customerId = customer();
      const first = await start('one');
      await sender.send(Add, { customerId, amount: 5 });
      await until(() => totalsOf(customerId).length === 1);
      await first.stop();
      await sender.send(Add, { customerId, amount: 2 });
      await start('one');
      await until(() => totalsOf(customerId).length === 2);
      expect(totalsOf(customerId)).toEqual([5, 7]);
    });

    it('handles the same message id with the same content once, also after a restart', async () => {
      const customerId = customer();
      const first = await start('one');
      const messageId = await sender.send(Add, { customerId, amount: 5 });
      await sender.send(Add, { customerId, amount: 5 }, { messageId });
      await until(() => first.status().duplicates === 1);
      await first.stop();
      const second = await start('one');
      await sender.send(Add, { customerId, amount: 5 }, { messageId });
      await until(() => second.status().duplicates === 1);
      expect(totalsOf(customerId)).toEqual([5]);
    });

    it('sends the same message id with other content to the dead letters', async () => {
      await start('one');
      const customerId = customer();
      const messageId = await sender.send(Add, { customerId, amount: 5 });
      await sender.send(Add, { customerId, amount: 6 }, { messageId });
      await until(() => deadLettersOf(customerId).length === 1);
      expect(deadLettersOf(customerId)).toEqual(['DUPLICATE_ID']);
      expect(totalsOf(customerId)).toEqual([5]);
    });

    it('undoes a failed attempt whole and tries a retriable error again', async () => {
      await start('one');
      const customerId = customer();
      failures.set('msg-flaky', [new RetriableError('BUSY', 'try again'), new Error('unknown')]);
      await sender.send(Add, { customerId, amount: 3 }, { messageId: 'msg-flaky' });
      await until(() => totalsOf(customerId).length > 0);
      expect(totalsOf(customerId)).toEqual([3]);
    });

    it('gives a terminal error to the dead letters at once, with origin and cause, and handles the rest', async () => {
      await start('one');
      const customerId = customer();
      failures.set('msg-poison', [
        new TerminalError('NO_WAY', 'never', { cause: new TypeError('x is undefined') }),
      ]);
      await sender.sendAll([
        { definition: Add, payload: { customerId, amount: 1 } },
        { definition: Add, payload: { customerId, amount: 10 }, messageId: 'msg-poison' },
        { definition: Add, payload: { customerId, amount: 2 } },
      ]);
      await until(() => totalsOf(customerId).length === 2 && deadLettersOf(customerId).length === 1);
      expect(totalsOf(customerId)).toEqual([1, 3]);
      const [letter] = on('dlq').filter((record) => record.key?.toString() === customerId);
      const text = (header: string): string => letter?.headers[header]?.toString() ?? '';
      expect(text(DEAD_LETTER_HEADER.code)).toBe('NO_WAY');
      expect(text(DEAD_LETTER_HEADER.topic)).toBe(topicOf(setup.namespace, 'commands'));
      expect(text(DEAD_LETTER_HEADER.agent)).toBe(COUNTER);
      expect(JSON.parse(text(DEAD_LETTER_HEADER.causes))).toMatchObject([
        { name: 'TerminalError', code: 'NO_WAY' },
        { name: 'TypeError' },
      ]);
      expect(letter?.value?.toString()).toContain('msg-poison');
    });

    it('ignores what is for another agent, and takes a broadcast', async () => {
      const agent = await start('one');
      const customerId = customer();
      await sender.send(Add, { customerId, amount: 1 }, { targetAgentId: 'another-agent' });
      await sender.send(Foreign, { customerId, amount: 1 });
      await sender.send(Add, { customerId, amount: 2 }, { targetAgentId: null });
      await until(() => totalsOf(customerId).length === 1);
      expect(totalsOf(customerId)).toEqual([2]);
      expect(agent.status().deadLetters).toBe(0);
    });

    it('forwards a record that stands on the wrong partition, once, and handles the copy', async () => {
      const agent = await start('one');
      const customerId = customer();
      const topic = topicOf(setup.namespace, 'commands');
      const count = await edge.partitionCount(topic);
      const wrong = (partitionFor(customerId, count) + 1) % count;
      const writer = await edge.createWriter();
      // As a stock client sends it: no headers, no message id, snake_case, its own key.
      const value = JSON.stringify({ message_type: 'ADD', payload: { customer_id: customerId, amount: 4 } });
      await writer.send([{ topic, partition: wrong, key: 'anything', value }]);
      await until(() => totalsOf(customerId).length === 1);
      await writer.close();
      expect(totalsOf(customerId)).toEqual([4]);
      expect(agent.status().forwarded).toBe(1);
      const copies = on('agent.risk').filter((record) => FORWARDED_HEADER in record.headers);
      expect(copies.map((record) => record.key?.toString())).toEqual([customerId]);
      expect(copies[0]?.headers[HEADER.messageId]?.toString()).toMatch(/^msg-/);
    });

    it('sends what is no message to the dead letters with the reason, and goes on', async () => {
      await start('one');
      const customerId = customer();
      const topic = topicOf(setup.namespace, 'commands');
      const partition = partitionFor(customerId, await edge.partitionCount(topic));
      const writer = await edge.createWriter();
      const bad = (value: string) => ({ topic, partition, key: customerId, value });
      await writer.send([
        bad('\u0000 not json'),
        bad(JSON.stringify({ messageType: 'NOBODY_KNOWS', payload: { customerId } })),
        bad(JSON.stringify({ messageType: 'ADD', payload: { customerId, amount: 'many' } })),
        bad(
          JSON.stringify({
            messageType: 'ADD',
            timestamp: '2999-01-01T00:00:00Z',
            payload: { customerId, amount: 1 },
          }),
        ),
      ]);
      await writer.close();
      await sender.send(Add, { customerId, amount: 1 });
      await until(() => totalsOf(customerId).length === 1 && deadLettersOf(customerId).length === 4);
      expect(deadLettersOf(customerId)).toEqual([
        'NOT_JSON',
        'UNKNOWN_MESSAGE_TYPE',
        'INVALID_PAYLOAD',
        'TIMESTAMP_IN_FUTURE',
      ]);
    });

    it('fires a timer once, also when the agent was down at its time', async () => {
      const customerId = customer();
      const first = await start('one');
      await sender.send(AddLater, { customerId, amount: 7 });
      await until(() => first.status().handled === 1);
      await first.stop();
      await new Promise((resolve) => setTimeout(resolve, DUE_IN_MS));
      await start('one');
      await until(() => totalsOf(customerId).length === 1);
      expect(totalsOf(customerId)).toEqual([7]);
    });

    it('runs an effect after the commit under one key until it succeeds; its result is a message', async () => {
      await start('one');
      const customerId = customer();
      effectFailures = 2;
      await sender.send(AddOutside, { customerId, amount: 9 });
      await until(() => events(customerId).length === 1);
      expect(events(customerId)).toMatchObject([{ type: 'CONFIRMED', payload: { amount: 9 } }]);
      expect(effectCalls).toHaveLength(3);
      expect(new Set(effectCalls).size).toBe(1);
    });

    it('runs an effect that was pending at a stop again under the same key', async () => {
      const customerId = customer();
      effectFailures = Infinity;
      const first = await start('one');
      await sender.send(AddOutside, { customerId, amount: 9 });
      await until(() => effectCalls.length > 0);
      await first.stop();
      effectFailures = 0;
      await start('one');
      await until(() => events(customerId).length === 1);
      expect(new Set(effectCalls).size).toBe(1);
    });

    it('shares the partitions among instances, and one takes over when the other leaves', async () => {
      const first = await start('one');
      const all = first.status().partitions.length;
      const second = await start('two');
      await until(() => first.status().partitions.length + second.status().partitions.length === all);
      expect(
        Math.abs(first.status().partitions.length - second.status().partitions.length),
      ).toBeLessThanOrEqual(1);
      const ids = Array.from({ length: 20 }, customer);
      await sender.sendAll(
        ids.map((customerId) => ({ definition: Add, payload: { customerId, amount: 1 } })),
      );
      await until(() => ids.every((id) => totalsOf(id).length === 1));
      expect(first.status().handled).toBeGreaterThan(0);
      expect(second.status().handled).toBeGreaterThan(0);
      await first.stop();
      await sender.sendAll(
        ids.map((customerId) => ({ definition: Add, payload: { customerId, amount: 1 } })),
      );
      await until(() => ids.every((id) => totalsOf(id).length === 2));
      expect(ids.map(totalsOf)).toEqual(ids.map(() => [1, 2]));
    });
  });
}

async function until(isTrue: () => boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`Not true after ${timeoutMs} ms: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
