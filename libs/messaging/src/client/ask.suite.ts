import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { topicOf } from '@aika/contracts';
import { type FollowOptions, LogError, type MessageLog } from '../ports/index.js';
import { AgentRuntime, silentLogger } from '../runtime/index.js';
import {
  askCatalogue,
  CheckStock,
  ITEM,
  StockChecked,
  WAREHOUSE,
  warehouseAgent,
  warehouseAnswers,
  warehouseHandlers,
} from '../runtime/suite/ask-agents.fixtures.js';
import { type RuntimeSuiteSetup, until } from '../runtime/suite/counter-world.js';
import {
  AskCancelledError,
  AskRefusedError,
  AskTimeoutError,
  MessageSender,
  type SenderOptions,
  TooManyAsksError,
} from './index.js';

/** Rules of asking an agent from outside, the same on every adapter. */
export function describeAskFromOutside(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`asking from outside, on ${name}`, () => {
    let setup: RuntimeSuiteSetup;
    let log: MessageLog;
    let edge: MessageSender;
    let warehouse: AgentRuntime;
    let customerId: string;
    let follows: FollowOptions[];
    const senders: MessageSender[] = [];

    beforeAll(async () => {
      setup = await open();
      log = setup.connect('edge');
      follows = [];
      edge = await sender({ log: watched(log) });
      warehouse = await startWarehouse();
    }, 60_000);
    beforeEach(() => {
      customerId = `cust-${randomUUID()}`;
    });
    afterAll(async () => {
      await warehouse.stop();
      await Promise.all(senders.map((each) => each.close()));
      await setup.close();
    }, 60_000);

    async function sender(options: Partial<SenderOptions> = {}): Promise<MessageSender> {
      const { namespace } = setup;
      const made = await MessageSender.create({
        log,
        catalogue: askCatalogue,
        namespace,
        sourceAgentId: 'edge',
        ...options,
      });
      senders.push(made);
      return made;
    }

    /** Notes each reader that is opened. */
    function watched(inner: MessageLog): MessageLog {
      const follow: MessageLog['follow'] = (options) => {
        follows.push(options);
        return inner.follow(options);
      };
      return Object.assign(Object.create(inner) as MessageLog, { follow });
    }

    async function startWarehouse(): Promise<AgentRuntime> {
      const runtime = new AgentRuntime({
        agent: warehouseAgent,
        handlers: warehouseHandlers,
        answers: warehouseAnswers,
        log: setup.connect('warehouse'),
        namespace: setup.namespace,
        instanceId: 'one',
        catalogue: askCatalogue,
        effects: new Map(),
        logger: silentLogger,
        settings: { sessionTimeoutMs: 6000, transactionTimeoutMs: 60_000 },
      });
      runtime.start();
      await until(() => runtime.status().partitions.length > 0);
      return runtime;
    }

    const ask = (item: string, options: Parameters<MessageSender['ask']>[2] = {}) =>
      edge.ask(CheckStock, { customerId, item }, options);

    it('gets the event of the asked agent', async () => {
      const { messageType, payload, sourceAgentId } = await ask(ITEM.plain);
      expect({ messageType, payload, sourceAgentId }).toEqual({
        messageType: 'STOCK_CHECKED',
        payload: { customerId, item: 'plain' },
        sourceAgentId: WAREHOUSE,
      });
    });

    it('gets many answers at once, each its own, by one reader', async () => {
      const ids = Array.from({ length: 50 }, (_, n) => `${customerId}-${n}`);
      const answers = await Promise.all(
        ids.map((id) =>
          edge.ask(CheckStock, { customerId: id, item: ITEM.plain }, { replies: [StockChecked] }),
        ),
      );
      expect(answers.map(({ payload }) => payload.customerId)).toEqual(ids);
      expect(follows).toHaveLength(1);
    });

    it('gets an answer that the asked agent gives later', async () => {
      expect((await ask(ITEM.later)).messageType).toBe('STOCK_COUNTED');
    });

    it('gets the answer that it named, whatever comes before', async () => {
      const counted = askCatalogue.get('STOCK_COUNTED')!;
      expect((await ask(ITEM.twice)).messageType).toBe('STOCK_CHECKED');
      expect((await ask(ITEM.twice, { replies: [counted] })).messageType).toBe('STOCK_COUNTED');
    });

    it('fails with the code of a refusal', async () => {
      const error = await ask(ITEM.refused).catch((each: unknown) => each);
      expect(error).toBeInstanceOf(AskRefusedError);
      expect(error).toMatchObject({ code: 'sold_out', detail: 'None is left.', retriable: false });
    });

    it('fails when the time is up', async () => {
      const error = await ask(ITEM.never, { timeoutMs: 200 }).catch((each: unknown) => each);
      expect(error).toBeInstanceOf(AskTimeoutError);
      expect(error).toMatchObject({ code: 'ASK_TIMED_OUT', timeoutMs: 200, retriable: true });
    });

    it('ends when its signal aborts', async () => {
      const stop = new AbortController();
      const asked = ask(ITEM.never, { signal: stop.signal });
      stop.abort();
      await expect(asked).rejects.toThrow(AskCancelledError);
    });

    it('takes no answer of an agent that was not asked, and a stock client’s by its cause', async () => {
      const messageId = 'msg-known';
      const known = edge.ask(CheckStock, { customerId, item: ITEM.never }, { messageId });
      await edge.send(StockChecked, { customerId, item: 'forged' }, { metadata: { requestId: messageId } });
      const topic = topicOf(setup.namespace, 'events');
      const writer = await log.createWriter();
      const value = JSON.stringify({
        message_type: 'STOCK_CHECKED',
        source_agent_id: WAREHOUSE,
        payload: { customer_id: customerId, item: 'by cause' },
        metadata: { causation_id: messageId },
      });
      await writer.send([{ topic, partition: 0, key: customerId, value }]);
      await writer.close();
      expect((await known).payload).toMatchObject({ item: 'by cause' });
    });

    it('is refused above the bound, and taken again when one has ended', async () => {
      const small = await sender({ maxPendingAsks: 1 });
      const payload = { customerId, item: ITEM.never };
      const first = small.ask(CheckStock, payload, { timeoutMs: 300 });
      await expect(small.ask(CheckStock, payload)).rejects.toThrow(TooManyAsksError);
      await expect(first).rejects.toThrow(AskTimeoutError);
      await small.ask(CheckStock, { customerId, item: ITEM.plain });
    });

    it('that breaks its contract, or whose answer would come where nobody reads, is refused at once', async () => {
      await expect(edge.ask(CheckStock, { customerId, item: 7 })).rejects.toMatchObject({
        code: 'INVALID_OUTPUT',
      });
      const elsewhere = { ...StockChecked, topic: 'agent.risk' as const };
      await expect(ask(ITEM.plain, { replies: [elsewhere] })).rejects.toThrow(/agent\.risk/);
    });

    it('gets an answer that was written while its reader was broken', async () => {
      const broken = new BreakableReader(log);
      const here = await sender({ log: broken.log });
      await here.ask(CheckStock, { customerId, item: ITEM.plain });
      broken.hold();
      const asked = here.ask(CheckStock, { customerId, item: ITEM.plain });
      await broken.broken;
      expect((await asked).messageType).toBe('STOCK_CHECKED');
      expect(broken.opened).toBe(2);
    });

    it('is told when the topic of the answers is not there', async () => {
      const lost = await sender({ namespace: 'no-such-namespace' });
      const asked = lost.ask(CheckStock, { customerId, item: ITEM.plain });
      await expect(asked).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC' });
    });

    it('ends with its sender', async () => {
      const closing = await sender();
      const asked = closing.ask(CheckStock, { customerId, item: ITEM.never });
      const ended = expect(asked).rejects.toThrow(AskCancelledError);
      await closing.close();
      await ended;
    });
  });
}

/** A log whose first reader fails with the first records that come after `hold`, and loses them. */
class BreakableReader {
  opened = 0;
  private isHeld = false;
  private readonly fault = Promise.withResolvers<void>();
  readonly broken = this.fault.promise;
  readonly log: MessageLog;

  constructor(inner: MessageLog) {
    const follow: MessageLog['follow'] = (options) => this.reader(inner, options);
    this.log = Object.assign(Object.create(inner) as MessageLog, { follow });
  }

  hold(): void {
    this.isHeld = true;
  }

  private async *reader(inner: MessageLog, options: FollowOptions) {
    this.opened += 1;
    for await (const records of inner.follow(options)) {
      if (this.isHeld) {
        this.isHeld = false;
        this.fault.resolve();
        throw new LogError('UNAVAILABLE', 'the broker is gone', true);
      }
      yield records;
    }
  }
}
