import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { catalogue, messageHeaders, topicOf } from '@aika/contracts';
import { LogError, type MessageLog, MessageSender, type RecordWriter } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { expectedPortfolio } from './expected/expected-portfolio.js';
import { MessageCounter } from './message-count.js';
import { type DriverOptions, PortfolioDriver } from './portfolio-driver.js';
import { readPortfolioFiles } from './portfolio-files.js';
import { eventsFor } from './portfolio.fixtures.js';
import { planPortfolio } from './portfolio-plan.js';
import { parsePortfolio } from './portfolio-tables.js';
import { PortfolioTally } from './portfolio-tally.js';
import type { SeenEvent } from './seen-event.js';

const namespace = 'aika';
const share = 0.001;
const files = readPortfolioFiles();
const sql = expectedPortfolio(files, share);
const plan = planPortfolio(parsePortfolio(files), { share, runId: 'r1', now: Date.now() });
const holders = new Map(plan.policyholders.map((holder) => [holder.customerId, holder]));
const partitions = Object.fromEntries(
  [...catalogue.messageTopics(), 'dlq'].map((name) => [topicOf(namespace, name), 1]),
);

/** Which of a policyholder's events, in order, answer which command. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  REGISTER_CUSTOMER: ['CUSTOMER_REGISTERED'],
  CUSTOMER_ASSESSMENT_REQUEST: ['QUOTE_ISSUED'],
  ACCEPT_QUOTE: ['POLICY_BOUND'],
  FILE_CLAIM: ['CLAIM_FILED', 'CLAIM_RESERVED', 'CLAIM_REFERRED', 'CLAIM_DENIED'],
  DECIDE_REFERRED_CLAIM: ['CLAIM_APPROVED', 'CLAIM_PAID', 'CLAIM_CLOSED'],
};

let log: MessageLog;
let stop: AbortController;
let agents: Promise<void>;
/** What the scripted agents leave out or add. */
let script: (event: SeenEvent) => readonly SeenEvent[];

beforeEach(() => {
  log = createInMemoryBroker({ topics: partitions }).connect('spec');
  stop = new AbortController();
  script = (event) => [event];
});
afterEach(async () => {
  stop.abort();
  await agents;
  await log.close();
});

/** Answers each command as the plan expects it. */
async function playAgents(): Promise<void> {
  const writer = await log.createWriter();
  const commands = { topics: [topicOf(namespace, 'commands')], from: 'end' as const, signal: stop.signal };
  const ready = Promise.withResolvers<void>();
  agents = (async () => {
    for await (const records of log.follow({ ...commands, onReady: ready.resolve })) {
      for (const { value } of records) await answer(JSON.parse(String(value)), writer);
    }
  })();
  await ready.promise;
}

async function answer(
  command: { messageType: string; payload: { customerId: string } },
  writer: RecordWriter,
): Promise<void> {
  const holder = holders.get(command.payload.customerId);
  if (!holder) return;
  const all = eventsFor(holder, sql);
  const referred = all.some(({ type }) => type === 'CLAIM_REFERRED');
  const here = ANSWERS[command.messageType] ?? [];
  const settled = command.messageType === 'FILE_CLAIM' && !referred;
  const types = settled ? [...here, ...(ANSWERS['DECIDE_REFERRED_CLAIM'] ?? [])] : here;
  for (const event of all.filter(({ type }) => types.includes(type)).flatMap(script)) {
    await writer.send([recordOf(event)]);
  }
}

function recordOf({ messageId, type, customerId, payload }: SeenEvent) {
  const envelope = {
    ...{ messageId, timestamp: new Date().toISOString(), sourceAgentId: 'spec', targetAgentId: null },
    ...{ messageType: type, priority: 'NORMAL' as const, schemaVersion: 1, payload, metadata: {} },
  };
  const headers = messageHeaders(envelope, { stage: 'decision' });
  const topic = topicOf(namespace, 'events');
  return { topic, partition: 0, key: customerId, value: JSON.stringify(envelope), headers };
}

async function replay(change: Partial<DriverOptions> = {}) {
  await playAgents();
  const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'spec' });
  const tally = new PortfolioTally(holders);
  const { signal } = stop;
  const common = {
    log,
    catalogue,
    sender,
    namespace,
    plan,
    tally,
    inFlight: 10,
    stallMs: 20_000,
    quietMs: 50,
    signal,
  };
  const outcome = await new PortfolioDriver({ ...common, ...change }).run();
  return { outcome, tally };
}

describe('the driver of the replay', () => {
  it('leads every policyholder to the end, and the tally is what the plan expects', async () => {
    const { outcome, tally } = await replay();
    expect(outcome).toMatchObject({ stopped: undefined, unfinished: [] });
    expect(tally.cells).toEqual(sql.cells);
    expect(tally.claims).toEqual(sql.claims);
    expect(tally.irregularities).toEqual([]);
  });

  it('never has more policyholders under way than allowed', async () => {
    const most: number[] = [];
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'spec' });
    let begun = 0;
    let over = 0;
    script = (event) => {
      const holder = holders.get(event.customerId);
      if (event.type === (holder?.claim ? 'CLAIM_CLOSED' : 'POLICY_BOUND')) over += 1;
      return [event];
    };
    await replay({
      inFlight: 3,
      sender: {
        sendAll: (messages) => {
          begun += messages.filter(({ definition }) => definition.type === 'REGISTER_CUSTOMER').length;
          most.push(begun - over);
          return sender.sendAll(messages);
        },
      },
    });
    expect(Math.max(...most)).toBeLessThanOrEqual(3);
    expect(begun).toBe(plan.policyholders.length);
  });

  it('sends again what the log did not take, under the same ids', async () => {
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'spec' });
    let attempts = 0;
    const flaky: DriverOptions['sender'] = {
      sendAll: async (messages) => {
        const ids = await sender.sendAll(messages);
        // Every third time the messages are there, but their acknowledgement is lost.
        if (attempts++ % 3 === 0) throw new LogError('UNAVAILABLE', 'no answer', true);
        return ids;
      },
    };
    const { outcome, tally } = await replay({ sender: flaky });
    expect(outcome.unfinished).toEqual([]);
    expect(tally.cells).toEqual(sql.cells);
    expect(tally.irregularities).toEqual([]);
  });

  it('gives up when nothing moves any more, and tells who is where', async () => {
    const [, silent] = [...holders.keys()];
    script = (event) => (event.customerId === silent && event.type === 'POLICY_BOUND' ? [] : [event]);
    const { outcome } = await replay({ stallMs: 1500 });
    expect(outcome.stopped).toBe('stalled');
    expect(outcome.unfinished).toEqual([
      expect.objectContaining({ state: 'accepted the quote', policyholder: holders.get(silent ?? '') }),
    ]);
  });

  it('goes on past a refusal, and reports it', async () => {
    const [first] = [...holders.keys()];
    script = (event) =>
      event.customerId === first && event.type === 'QUOTE_ISSUED'
        ? [{ ...event, type: 'COMMAND_REJECTED', payload: { detail: 'no' } }]
        : [event];
    const { outcome, tally } = await replay();
    expect(outcome.unfinished.map(({ failure }) => failure)).toEqual(['COMMAND_REJECTED no']);
    expect(tally.irregularities).toEqual([`${first}: unexpected COMMAND_REJECTED`]);
  });

  it('hears a double that comes after everybody is through', async () => {
    const last = plan.policyholders.at(-1)?.customerId;
    script = (event) =>
      event.customerId === last && event.type === 'CLAIM_PAID'
        ? [event, { ...event, messageId: `${event.messageId}-2` }]
        : [event];
    const { tally } = await replay();
    expect(tally.irregularities).toEqual([`${last}: CLAIM_PAID happened twice`]);
  });

  it('stops when it is interrupted', async () => {
    const interruption = new AbortController();
    script = () => [];
    setTimeout(() => interruption.abort(), 200);
    const { outcome } = await replay({ signal: interruption.signal });
    expect(outcome.stopped).toBe('interrupted');
    expect(outcome.unfinished).toHaveLength(plan.policyholders.length);
  });
});

describe('the count of messages', () => {
  it('has the replay’s own messages since the mark, and its dead letters with their cause', async () => {
    const writer = await log.createWriter();
    const record = (topic: string, key: string) => ({
      ...{ topic: topicOf(namespace, topic), partition: 0, key, value: '{}' },
      headers: { 'aika-dlq-agent': 'risk', 'aika-dlq-code': 'HANDLER_FAILED' },
    });
    await writer.send([record('events', `${plan.prefix}m1-1`)]);
    const counter = await MessageCounter.mark(log, { namespace, catalogue, prefix: plan.prefix });
    const own = ['commands', 'events', 'agent.risk', 'dlq'].map((topic) =>
      record(topic, `${plan.prefix}m1-2`),
    );
    await writer.send([...own, record('events', 'cust-1')]);
    expect(await counter.count()).toEqual({
      messages: 3,
      deadLetters: [`${plan.prefix}m1-2: dead letter of risk, HANDLER_FAILED`],
    });
    agents = Promise.resolve();
  });
});
