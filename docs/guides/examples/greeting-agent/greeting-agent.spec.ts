import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { HEADER, topicOf } from '@aika/contracts';
import { type LogRecord, type MessageLog, MessageSender } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import {
  AgentSettings,
  type AikaTransport,
  loadSettings,
  MESSAGE_LOG,
  SETTINGS,
  TRANSPORT,
} from '@aika/messaging/nest';
import { GreetingAgentModule } from './greeting-agent.module.js';
import { catalogue, CustomerGreeted, GreetCustomer } from './greeting.messages.js';

const namespace = 'greeting';

describe('the greeting agent', () => {
  const broker = createInMemoryBroker({ topics: 2 });
  const watching = new AbortController();
  const seen: LogRecord[] = [];
  let app: INestApplication;
  let edge: MessageLog;
  let sender: MessageSender;
  let watch: Promise<void>;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [GreetingAgentModule] })
      .overrideProvider(MESSAGE_LOG)
      .useValue(broker.connect('agent'))
      .overrideProvider(SETTINGS)
      .useValue(loadSettings(AgentSettings, { AIKA_NAMESPACE: namespace, AIKA_INSTANCE_ID: 'one' }))
      .compile();
    app = module.createNestApplication({ logger: false });
    app.connectMicroservice({ strategy: app.get<AikaTransport>(TRANSPORT) }, { inheritAppConfig: true });
    await app.startAllMicroservices();
    edge = broker.connect('edge');
    sender = await MessageSender.create({ log: edge, catalogue, namespace, sourceAgentId: 'test' });
    watch = collect();
  });

  afterAll(async () => {
    await app.close();
    watching.abort();
    await watch;
    await edge.close();
  });

  async function collect(): Promise<void> {
    const topics = ['events', 'dlq'].map((name) => topicOf(namespace, name));
    for await (const records of edge.follow({ topics, from: 'start', signal: watching.signal })) {
      seen.push(...records);
    }
  }

  it('counts the greetings of a customer', async () => {
    await sender.send(GreetCustomer, { customerId: 'cust-1', name: 'Ada' });
    await sender.send(GreetCustomer, { customerId: 'cust-1', name: 'Ada' });
    await until(() => seen.length === 2);
    expect(seen.map(({ headers }) => headers[HEADER.type]?.toString())).toEqual([
      CustomerGreeted.type,
      CustomerGreeted.type,
    ]);
    const times = seen.map(({ value }) => JSON.parse(String(value)).payload.times as number);
    expect(times).toEqual([1, 2]);
  });
});

describe('the guide', () => {
  it('shows this code as it is', () => {
    const folder = new URL('./', import.meta.url);
    const guide = readFileSync(new URL('../../add-an-agent.md', folder), 'utf8');
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const missing = files.filter(
      (name) => !guide.includes(readFileSync(new URL(name, folder), 'utf8').trim()),
    );
    expect(missing).toEqual([]);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`Not true after 10 s: ${isTrue.toString()}`);
    await delay(5);
  }
}
