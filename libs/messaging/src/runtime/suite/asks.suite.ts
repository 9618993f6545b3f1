import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HEADER, topicOf } from '@aika/contracts';
import { MessageSender } from '../../client/index.js';
import type { LogRecord, MessageLog } from '../../ports/index.js';
import { AgentRuntime } from '../agent-runtime.js';
import { DEAD_LETTER_HEADER } from '../dead-letter.js';
import { silentLogger } from '../runtime-logger.js';
import type { AgentRuntimeOptions } from '../runtime-options.js';
import {
  askCatalogue,
  CheckStock,
  ITEM,
  Order,
  type OrderEndedPayload,
  shopAgent,
  ShopScript,
  StockChecked,
  WAREHOUSE,
  warehouseAgent,
  warehouseAnswers,
  warehouseHandlers,
} from './ask-agents.fixtures.js';
import { type RuntimeSuiteSetup, until } from './counter-world.js';

/** Rules of asking another agent, the same on every adapter. */
export function describeAsks(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`an agent that asks another one, on ${name}`, () => {
    const watching = new AbortController();
    let setup: RuntimeSuiteSetup;
    let edge: MessageLog;
    let sender: MessageSender;
    let asWarehouse: MessageSender;
    let watch: Promise<void>;
    let seen: LogRecord[] = [];
    let script: ShopScript;
    let shop: AgentRuntime;
    let warehouse: AgentRuntime;
    let customerId: string;

    beforeAll(async () => {
      setup = await open();
      edge = setup.connect('edge');
      const { namespace } = setup;
      const options = { log: edge, catalogue: askCatalogue, namespace };
      sender = await MessageSender.create({ ...options, sourceAgentId: 'test' });
      asWarehouse = await MessageSender.create({ ...options, sourceAgentId: WAREHOUSE });
      const ready = Promise.withResolvers<void>();
      watch = follow(ready.resolve);
      await ready.promise;
      script = new ShopScript();
      [shop, warehouse] = await Promise.all([startShop(), startWarehouse()]);
    }, 60_000);
    beforeEach(() => {
      seen = [];
      script.failures = 0;
      script.unasked = 0;
      customerId = `cust-${randomUUID()}`;
    });
    afterAll(async () => {
      await Promise.all([shop.stop(), warehouse.stop()]);
      watching.abort();
      await watch;
      await Promise.all([sender.close(), asWarehouse.close()]);
      await setup.close();
    }, 60_000);

    async function follow(onReady: () => void): Promise<void> {
      const topics = ['commands', 'events', 'dlq'].map((topic) => topicOf(setup.namespace, topic));
      const { signal } = watching;
      for await (const records of edge.follow({ topics, from: 'end', signal, onReady }))
        seen.push(...records);
    }

    async function start(options: Pick<AgentRuntimeOptions, 'agent' | 'handlers' | 'answers'>) {
      const runtime = new AgentRuntime({
        ...options,
        log: setup.connect(options.agent.id),
        namespace: setup.namespace,
        instanceId: 'one',
        catalogue: askCatalogue,
        effects: new Map(),
        logger: silentLogger,
        settings: {
          sessionTimeoutMs: 6000,
          transactionTimeoutMs: 60_000,
          handlerBackoffMs: 1,
          parkedBackoffMs: 100,
        },
      });
      runtime.start();
      await until(() => runtime.status().partitions.length > 0);
      return runtime;
    }
    const startShop = () => start({ agent: shopAgent, handlers: script.handlers, answers: script.answers });
    const startWarehouse = () =>
      start({ agent: warehouseAgent, handlers: warehouseHandlers, answers: warehouseAnswers });

    const order = (item: string, messageId = `msg-${randomUUID()}`) =>
      sender.send(Order, { customerId, item }, { messageId });
    const of = (type: string) =>
      seen
        .filter(({ headers }) => headers[HEADER.type]?.toString() === type)
        .map(({ value }) => JSON.parse(String(value)) as Message)
        .filter(({ payload }) => payload.customerId === customerId);
    const ends = () => of('ORDER_ENDED').map(({ payload }) => payload);
    const deadLetters = () =>
      seen.flatMap(({ headers, key }) =>
        key?.toString() === customerId ? (headers[DEAD_LETTER_HEADER.code]?.toString() ?? []) : [],
      );
    /** Until a later order of the customer is through, and with it all that came before. */
    async function settled(): Promise<void> {
      await order(ITEM.plain);
      await until(() => ends().some(({ item }) => item === ITEM.plain));
    }

    it('is handed the reply with what the ask remembered', async () => {
      const orderId = await order(ITEM.plain);
      await until(() => ends().length > 0);
      expect(ends()).toMatchObject([{ outcome: 'replied', item: 'plain', remembered: 'for plain' }]);
      const [question] = of('CHECK_STOCK');
      expect(question?.metadata).toMatchObject({ requestId: question?.messageId, correlationId: orderId });
      const [answer] = of('STOCK_CHECKED');
      expect(answer?.metadata).toMatchObject({ requestId: question?.messageId, correlationId: orderId });
      expect(of('ORDER_ENDED')[0]?.metadata).toMatchObject({ correlationId: orderId });
      expect(of('ORDER_ENDED')[0]?.metadata).not.toHaveProperty('requestId');
    });

    it('is handed a refusal with its code', async () => {
      await order(ITEM.refused);
      await until(() => ends().length > 0);
      expect(ends()).toMatchObject([{ outcome: 'refused: sold_out', remembered: 'for refused' }]);
    });

    it('is told when the time is up, and an answer that comes later is none', async () => {
      await order(ITEM.never);
      await until(() => ends().length > 0);
      const [question] = of('CHECK_STOCK');
      const late = { customerId, item: 'late' };
      await asWarehouse.send(StockChecked, late, { metadata: { requestId: question!.messageId } });
      await until(() => script.unasked === 1);
      await settled();
      expect(ends().map(({ outcome, item }) => [outcome, item])).toEqual([
        ['timed-out', '-'],
        ['replied', 'plain'],
      ]);
    });

    it('takes the first of two answers', async () => {
      await order(ITEM.twice);
      await settled();
      expect(of('STOCK_COUNTED')).toHaveLength(1);
      expect(ends().map(({ item }) => item)).toEqual(['answered-twice', 'plain']);
    });

    it('is answered by what a timer of the asked agent emits', async () => {
      await order(ITEM.later);
      await until(() => ends().length > 0);
      expect(ends()).toMatchObject([{ outcome: 'replied', item: 'answered-by-a-timer' }]);
    });

    it('is answered by an agent that had to ask back first', async () => {
      await order(ITEM.askedBack);
      await until(() => ends().length > 0);
      expect(ends()).toMatchObject([{ outcome: 'replied', item: 'asked-back with price' }]);
    });

    it('takes no answer from an agent that was not asked, and one without a request id by its cause', async () => {
      await warehouse.stop();
      await order(ITEM.plain);
      await until(() => of('CHECK_STOCK').length > 0);
      const [question] = of('CHECK_STOCK');
      const requestId = question!.messageId;
      await sender.send(StockChecked, { customerId, item: 'forged' }, { metadata: { requestId } });
      await until(() => script.unasked === 1);
      const metadata = { causationId: requestId };
      await asWarehouse.send(StockChecked, { customerId, item: 'by cause' }, { metadata });
      await until(() => ends().length > 0);
      warehouse = await startWarehouse();
      // The warehouse itself answers as well, too late.
      await until(() => script.unasked === 2);
      expect(ends().map(({ item }) => item)).toEqual(['by cause']);
    });

    it('is handed one outcome though asker and asked one were down, and the order came twice', async () => {
      await warehouse.stop();
      const messageId = await order(ITEM.plain);
      await until(() => of('CHECK_STOCK').length > 0);
      await shop.stop();
      await order(ITEM.plain, messageId);
      [shop, warehouse] = await Promise.all([startShop(), startWarehouse()]);
      await until(() => ends().length > 0 && shop.status().duplicates === 1);
      await order(ITEM.refused);
      await until(() => ends().some(({ outcome }) => outcome.startsWith('refused')));
      expect(ends().map(({ outcome }) => outcome)).toEqual(['replied', 'refused: sold_out']);
      expect(of('CHECK_STOCK')).toHaveLength(2);
    });

    it('is handed the answer again while its handler fails, and nothing of the failed tries stays', async () => {
      script.failures = 4;
      await order(ITEM.plain);
      await until(() => ends().length > 0);
      expect(script.failures).toBe(-1);
      await order(ITEM.refused);
      await until(() => ends().length > 1);
      expect(ends().map(({ outcome }) => outcome)).toEqual(['replied', 'refused: sold_out']);
    });

    it('cannot ask about another customer', async () => {
      await order(ITEM.elsewhere);
      await until(() => deadLetters().length > 0);
      expect(deadLetters()).toEqual(['ASK_OTHER_KEY']);
      expect(of(CheckStock.type)).toEqual([]);
    });
  });
}

interface Message {
  readonly messageId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly payload: OrderEndedPayload;
}
