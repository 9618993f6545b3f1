import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  CLAIMS_AGENT,
  CUSTOMER_AGENT,
  NotificationRequested,
  POLICY_AGENT,
  PolicyBound,
  RISK_AGENT,
  topicOf,
} from '@aika/contracts';
import { partitionFor, type RecordWriter, type TopicPartition } from '@aika/messaging';
import { AGENT_APPS, type AgentApp } from '../processes/agent-fleet.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const CUSTOMERS = 12;
const BOUND_MS = 60_000;

/** Agents with their inboxes. */
const READERS = [
  [RISK_AGENT, ['agent.risk']],
  [POLICY_AGENT, ['agent.policy']],
  [CLAIMS_AGENT, ['agent.claims']],
  [CUSTOMER_AGENT, ['agent.customer', 'notifications']],
] as const;

type Counts = Record<AgentApp, { readonly handled: number; readonly forwarded: number }>;

/** POLICY_BOUND is handled by two of the four agents, each with two processes here. */
describe('who hears a message', () => {
  let world: World;
  let writer: RecordWriter;
  let events: string;
  let before: Counts;

  beforeAll(async () => {
    world = await World.create({ instances: 2 });
    writer = await world.log.createWriter();
    events = topicOf(world.namespace, 'events');
  });
  afterAll(async () => {
    await writer.close();
    await world.close();
  });
  beforeEach(async () => {
    await everythingRead();
    before = await counts();
  });

  it('a broadcast reaches each agent that handles its type once, however many processes it has', async () => {
    const customers = await sendToAll('all', (customerId) => boundBy('all', customerId, null));
    await everythingRead();
    expect(await handledSince(before)).toEqual({
      'risk-agent': CUSTOMERS,
      // And the notification that it asks itself for.
      'customer-agent': 2 * CUSTOMERS,
      'policy-agent': 0,
      'claims-agent': 0,
    });
    // On the wrong partition each of the two forwards for itself: its copy is in its own inbox.
    const after = await counts();
    for (const app of ['risk-agent', 'customer-agent'] as const) {
      expect(after[app].forwarded - before[app].forwarded).toBe(CUSTOMERS / 2);
    }
    await world.expect(conversationOf(customers.at(-1)), NotificationRequested);
    for (const customerId of customers) {
      expect(world.entries(conversationOf(customerId), NotificationRequested)).toHaveLength(1);
      expect(world.entries(conversationOf(customerId), PolicyBound)).toHaveLength(1);
    }
  });

  it('a broadcast that was sent twice is still heard once', async () => {
    for (let n = 0; n < 2; n++) await sendToAll('twice', (customerId) => boundBy('twice', customerId, null));
    await everythingRead();
    expect(await handledSince(before)).toMatchObject({
      'risk-agent': CUSTOMERS,
      'customer-agent': 2 * CUSTOMERS,
    });
  });

  it.each([
    ['targetAgentId', 'camel'],
    ['target_agent_id', 'snake'],
  ])('a message for one agent is ignored by the others: %s without headers', async (field, name) => {
    await sendToAll(name, (customerId) => ({ ...boundBy(name, customerId), [field]: RISK_AGENT }));
    await everythingRead();
    expect(await handledSince(before)).toEqual(onlyRiskAgent);
  });

  it("a message for one agent is ignored by the others: as Aika's own programs send it", async () => {
    const customerIds = Array.from({ length: CUSTOMERS }, (_, n) => `cust-own-${n}`);
    await world.sender.sendAll(
      customerIds.map((customerId) => ({
        definition: PolicyBound,
        payload: payloadOf(customerId),
        targetAgentId: RISK_AGENT,
      })),
    );
    await everythingRead();
    expect(await handledSince(before)).toEqual(onlyRiskAgent);
  });

  it('a message for somebody who is not there is left alone, and is no dead letter', async () => {
    await sendToAll('absent', (customerId) => boundBy('absent', customerId, 'fraud-watch-agent'));
    await everythingRead();
    expect(await handledSince(before)).toEqual({ ...onlyRiskAgent, 'risk-agent': 0 });
    const dlq = topicOf(world.namespace, 'dlq');
    for (let partition = 0; partition < (await world.log.partitionCount(dlq)); partition++) {
      expect(await world.log.offsets({ topic: dlq, partition })).toEqual({ start: 0, end: 0, stableEnd: 0 });
    }
  });

  const onlyRiskAgent = {
    'risk-agent': CUSTOMERS,
    'customer-agent': 0,
    'policy-agent': 0,
    'claims-agent': 0,
  };

  const conversationOf = (customerId: string | undefined): string => `conv-${customerId}`;

  const payloadOf = (customerId: string) => ({
    ...PolicyBound.example,
    customerId,
    policyId: `pol-${customerId}`,
  });

  const boundBy = (name: string, customerId: string, target?: string | null) => ({
    messageId: `msg-${name}-${customerId}`,
    messageType: PolicyBound.type,
    ...(target === undefined ? {} : { targetAgentId: target }),
    payload: payloadOf(customerId),
    metadata: { conversationId: conversationOf(customerId) },
  });

  /** As a stock client sends: no headers, and every other record on a partition that is not its customer's. */
  async function sendToAll(name: string, write: (customerId: string) => object): Promise<readonly string[]> {
    const count = await world.log.partitionCount(events);
    const customers = Array.from({ length: CUSTOMERS }, (_, n) => `cust-${name}-${n}`);
    await writer.send(
      customers.map((customerId, n) => ({
        topic: events,
        partition: (partitionFor(customerId, count) + (n % 2)) % count,
        key: 'a-key-of-its-own',
        value: JSON.stringify(write(customerId)),
      })),
    );
    return customers;
  }

  /** Waits until every agent has committed its way past all that was written. */
  async function everythingRead(): Promise<void> {
    const deadline = Date.now() + BOUND_MS;
    // One agent's work is another's: who was idle when asked may have got something in the same round.
    for (let idleRounds = 0; idleRounds < 2;) {
      let unread = 0;
      for (const [agentId, own] of READERS) unread += await unreadBy(agentId, own);
      idleRounds = unread === 0 ? idleRounds + 1 : 0;
      if (Date.now() > deadline) throw new Error(`${unread} records were not read after ${BOUND_MS} ms.`);
      if (unread > 0) await delay(100);
    }
  }

  async function unreadBy(agentId: string, own: readonly string[]): Promise<number> {
    const topics = ['commands', 'events', ...own].map((name) => topicOf(world.namespace, name));
    const committed = await world.log.committedOffsets(`${world.namespace}.${agentId}`, topics);
    let unread = 0;
    for (const topic of topics) {
      for (let partition = 0; partition < (await world.log.partitionCount(topic)); partition++) {
        const position = committed.find((at) => at.topic === topic && at.partition === partition);
        unread += await recordsFrom({ topic, partition }, position?.offset ?? 0);
      }
    }
    return unread;
  }

  /** Counted, not subtracted: transactions end with a marker that takes an offset and is no record. */
  async function recordsFrom(at: TopicPartition, from: number): Promise<number> {
    const { end } = await world.log.offsets(at);
    if (from >= end) return 0;
    let count = 0;
    for await (const records of world.log.read(at, { from, until: end })) count += records.length;
    return count;
  }

  /** What the processes of each agent have counted, added up. */
  async function counts(): Promise<Counts> {
    const healths = await Promise.all(
      [...world.fleet.agents].map(async ([name, agent]) => {
        const response = await fetch(`http://127.0.0.1:${agent.spec.env['AIKA_HTTP_PORT']}/health`);
        return { name, ...((await response.json()) as Counts[AgentApp]) };
      }),
    );
    const sum = (app: AgentApp, field: 'handled' | 'forwarded'): number =>
      healths.reduce((total, health) => total + (health.name.startsWith(app) ? health[field] : 0), 0);
    const entries = AGENT_APPS.map((app) => [
      app,
      { handled: sum(app, 'handled'), forwarded: sum(app, 'forwarded') },
    ]);
    return Object.fromEntries(entries) as Counts;
  }

  async function handledSince(start: Counts): Promise<Readonly<Record<string, number>>> {
    const now = await counts();
    return Object.fromEntries(AGENT_APPS.map((app) => [app, now[app].handled - start[app].handled]));
  }
});
