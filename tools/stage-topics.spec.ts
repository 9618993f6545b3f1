import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  AcceptQuote,
  catalogue,
  CustomerAssessmentRequest,
  FileClaim,
  HEADER,
  type MessageDefinition,
  topicOf,
} from '@aika/contracts';
import { type LogRecord, type MessageLog, MessageSender, type SendOptions } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { type AikaTransport, loadSettings, MESSAGE_LOG, SETTINGS, TRANSPORT } from '@aika/messaging/nest';
import { ClaimsAgentModule } from '../apps/claims-agent/src/claims-agent.module.js';
import { ClaimsAgentSettings } from '../apps/claims-agent/src/claims-agent.settings.js';
import { PAYMENT_PROVIDER } from '../apps/claims-agent/src/payments/payments.port.js';
import { CustomerAgentModule } from '../apps/customer-agent/src/customer-agent.module.js';
import { PolicyAgentModule } from '../apps/policy-agent/src/policy-agent.module.js';
import { RiskAgentModule } from '../apps/risk-agent/src/risk-agent.module.js';

const namespace = 'staged';
const STAGES_WITH_TOPICS = 'decision,settlement';
const staged = catalogue.withStageTopics(['decision', 'settlement']);
const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

describe('the four agents where two stages have a topic of their own', () => {
  const broker = createInMemoryBroker({ topics: 2 });
  const watching = new AbortController();
  const seen: LogRecord[] = [];
  const apps: INestApplication[] = [];
  let edge: MessageLog;
  let sender: MessageSender;
  let watch: Promise<void>;

  async function start(module: Type, instanceId: string): Promise<void> {
    const env = {
      AIKA_NAMESPACE: namespace,
      AIKA_INSTANCE_ID: instanceId,
      AIKA_STAGE_TOPICS: STAGES_WITH_TOPICS,
      AIKA_LOG_LEVEL: 'error',
    };
    const pay = () => Promise.resolve({ status: 'SETTLED' as const, providerReference: 'ref-1' });
    const wired = await Test.createTestingModule({ imports: [module] })
      .overrideProvider(MESSAGE_LOG)
      .useValue(broker.connect(instanceId))
      .overrideProvider(SETTINGS)
      .useValue(loadSettings(ClaimsAgentSettings, env))
      .overrideProvider(PAYMENT_PROVIDER)
      .useValue({ pay })
      .compile();
    const app = wired.createNestApplication({ logger: false });
    app.connectMicroservice({ strategy: app.get<AikaTransport>(TRANSPORT) }, { inheritAppConfig: true });
    await app.startAllMicroservices();
    apps.push(app);
  }

  beforeAll(async () => {
    edge = broker.connect('edge');
    sender = await MessageSender.create({ log: edge, catalogue: staged, namespace, sourceAgentId: 'test' });
    const topics = [...staged.messageTopics(), 'dlq'].map((name) => topicOf(namespace, name));
    watch = (async () => {
      for await (const records of edge.follow({ topics, from: 'start', signal: watching.signal }))
        seen.push(...records);
    })();
    const modules = { RiskAgentModule, PolicyAgentModule, ClaimsAgentModule, CustomerAgentModule };
    await Promise.all(Object.entries(modules).map(([name, module]) => start(module, name)));
  }, 60_000);

  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    watching.abort();
    await watch;
    await sender.close();
    await edge.close();
  }, 60_000);

  const typeOf = ({ headers }: LogRecord): string => headers[HEADER.type]?.toString() ?? '';

  /** Waits for a customer's message of a type. */
  async function next(customerId: string, type: string): Promise<Readonly<Record<string, string>>> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = seen.find((record) => typeOf(record) === type && record.key?.toString() === customerId);
      if (found) return (JSON.parse(String(found.value)) as { payload: Record<string, string> }).payload;
      if (Date.now() > deadline)
        throw new Error(`No ${type} of ${customerId}; seen: ${seen.map(typeOf).join(', ')}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** From the request for a quote to the closed claim. */
  async function wholeWorkflow(customerId: string, options: SendOptions): Promise<void> {
    const send = (definition: MessageDefinition, payload: object) =>
      sender.send(definition, payload, options);
    await send(CustomerAssessmentRequest, {
      ...{ customerId, purpose: 'QUOTE', product: 'MOTOR', effectiveFrom: daysAgo(120), bookTransfer: true },
      motor: { district: 1, engine: '<1l', driverAge: 45 },
    });
    const { quoteId } = await next(customerId, 'QUOTE_ISSUED');
    await send(AcceptQuote, { customerId, quoteId });
    const { policyId } = await next(customerId, 'POLICY_BOUND');
    await send(FileClaim, {
      ...{ customerId, claimId: `clm-${customerId}`, policyId, cause: 'HAIL' },
      ...{ lossAt: daysAgo(3), reportedAt: daysAgo(1) },
      estimatedLoss: { amount: 60_000, currency: 'GBP' },
    });
    await next(customerId, 'CLAIM_CLOSED');
  }

  it.each(['NORMAL', 'HIGH'] as const)(
    'go the whole way of a %s claim, each event on its stage’s topic',
    async (priority) => {
      const customerId = `cust-${priority}`;
      await wholeWorkflow(customerId, { priority });
      const own = seen.filter(({ key }) => key?.toString() === customerId);
      const misplaced = own.filter((record) => {
        const definition = staged.get(typeOf(record));
        return !definition || record.topic !== topicOf(namespace, staged.topicFor(definition, priority));
      });
      expect(misplaced.map((record) => `${typeOf(record)} on ${record.topic}`)).toEqual([]);
      const suffix = priority === 'HIGH' ? '.high' : '';
      const topics = new Set(own.map(({ topic }) => topic));
      for (const name of ['stage.decision', 'stage.settlement', 'events', 'commands'])
        expect(topics).toContain(`${namespace}.${name}${suffix}`);
    },
    60_000,
  );
});
