import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MessageSender } from '../client/index.js';
import type { MessageLog } from '../ports/index.js';
import { AgentRuntime, silentLogger } from '../runtime/index.js';
import {
  askCatalogue as catalogue,
  ITEM,
  Order,
  shopAgent,
  ShopScript,
  warehouseAgent,
  warehouseAnswers,
  warehouseHandlers,
} from '../runtime/suite/ask-agents.fixtures.js';
import { type RuntimeSuiteSetup, until } from '../runtime/suite/counter-world.js';
import { openInMemory } from '../runtime/suite/in-memory-setup.js';
import { replayHistory } from './history-replay.js';

const ORDERS = [ITEM.plain, ITEM.twice, ITEM.refused, ITEM.never, ITEM.later, ITEM.askedBack];

describe('a replay of agents that ask each other', () => {
  const script = new ShopScript();
  const shop = { agent: shopAgent, handlers: script.handlers, answers: script.answers };
  const warehouse = { agent: warehouseAgent, handlers: warehouseHandlers, answers: warehouseAnswers };
  let setup: RuntimeSuiteSetup;
  let log: MessageLog;

  beforeAll(async () => {
    setup = await openInMemory('asking');
    log = setup.connect('replay');
    const { namespace } = setup;
    const runtimes = [shop, warehouse].map((parts) => {
      const { id: instanceId } = parts.agent;
      const shared = { namespace, instanceId, catalogue, effects: new Map(), logger: silentLogger };
      return new AgentRuntime({ ...shared, ...parts, log: setup.connect(instanceId) });
    });
    for (const runtime of runtimes) runtime.start();
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'test' });
    for (const item of ORDERS) await sender.send(Order, { customerId: `cust-${item}`, item });
    // Each order is handled and then answered or timed out, and one message more asks for a price.
    const isDone = async (): Promise<boolean> => (await outputsOf()) >= ORDERS.length;
    const deadline = Date.now() + 20_000;
    while (!(await isDone())) {
      if (Date.now() > deadline) throw new Error('Not all orders have ended.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await until(() => runtimes.every((runtime) => runtime.status().parkedKeys === 0));
    await Promise.all(runtimes.map((runtime) => runtime.stop()));
    await sender.close();
  }, 60_000);
  afterAll(() => setup.close());

  async function outputsOf(): Promise<number> {
    let count = 0;
    const topic = `${setup.namespace}.events`;
    for (let partition = 0; partition < (await log.partitionCount(topic)); partition += 1) {
      const { end } = await log.offsets({ topic, partition });
      for await (const records of log.read({ topic, partition }, { from: 0, until: end })) {
        count += records.filter(({ value }) => String(value).includes('"ORDER_ENDED"')).length;
      }
    }
    return count;
  }

  it.each([
    ['the shop', shop],
    ['the warehouse', warehouse],
  ])('makes the same: asks, answers, refusals and deadlines of %s', async (_who, parts) => {
    const { namespace } = setup;
    const report = await replayHistory({
      ...parts,
      log,
      namespace,
      catalogue,
      logger: silentLogger,
      request: {},
    });
    expect(report.differences).toEqual([]);
    expect(report.isSame).toBe(true);
    expect(report.compared.outputs.same).toBeGreaterThanOrEqual(ORDERS.length);
  });

  it('tells an answer that is handled otherwise', async () => {
    const answers = new Map([['stock', () => undefined]]);
    const { namespace } = setup;
    const options = { ...shop, answers, log, namespace, catalogue, logger: silentLogger };
    const report = await replayHistory({ ...options, request: {} });
    expect(report.compared.outputs.missing).toBe(ORDERS.length);
  });
});
