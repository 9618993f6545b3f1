import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  catalogue,
  type MessageDefinition,
  NotificationRequested,
  RegisterCustomer,
  topicOf,
} from '@aika/contracts';
import { type MessageLog, MessageSender } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { createTopics, loadTopics, readCommittedWithJava, repositoryRoot } from '@aika/testing';
import { SMTPServer } from 'smtp-server';

jest.setTimeout(90_000);

const CUSTOMERS = 12;
const NOTICES = 4;
const ALL = CUSTOMERS * NOTICES;

interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly notificationId: string;
}

/** Keeps all mails; what is done when the n-th one is in comes before its answer. */
class Mailbox {
  readonly mails: Mail[] = [];
  beforeAnswer: (count: number) => void = () => undefined;
  private readonly server: SMTPServer;

  constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 10,
      onData: (stream, { envelope }, done) => {
        const to = envelope.rcptTo[0]?.address ?? '';
        const take = (source: string): void => {
          this.mails.push({ to, messageId: field(source, 'Message-ID'), notificationId: claimIn(source) });
          this.beforeAnswer(this.mails.length);
          done();
        };
        text(stream).then(take, done);
      },
    });
    this.server.on('error', () => undefined); // Connections of senders that are killed.
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

const field = (source: string, name: string): string =>
  new RegExp(`^${name}:\\s+(\\S.*)\r$`, 'im').exec(source)?.[1] ?? '';
/** The claim that the words name stands for the notification: its own id is not in them. */
const claimIn = (source: string): string => /your claim (\S+) \(payment/.exec(source)?.[1] ?? '';

/** Notifications that came more than once to a receiver that tells mails apart by `keyOf`, or never. */
function count(
  mails: readonly Mail[],
  wanted: readonly string[],
  keyOf: (mail: Mail, nth: number) => string,
) {
  const copies = new Map(mails.map((mail, nth) => [keyOf(mail, nth), mail.notificationId]));
  const times = (id: string): number => [...copies.values()].filter((one) => one === id).length;
  return {
    lost: wanted.filter((id) => times(id) === 0),
    doubled: wanted.filter((id) => times(id) > 1),
  };
}

describe('an agent that is killed between a mail and its outcome', () => {
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const namespace = `ntf-${randomUUID().slice(0, 8)}`;
  const mailbox = new Mailbox();
  const started: ChildProcess[] = [];
  let output = '';
  let smtpUrl: string;
  let log: MessageLog;
  let sender: MessageSender;

  const start = (): ChildProcess => {
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      KAFKA_BROKERS: brokers.join(','),
      AIKA_NAMESPACE: namespace,
      AIKA_INSTANCE_ID: 'customer-1',
      AIKA_HTTP_PORT: '0',
      AIKA_SESSION_TIMEOUT_MS: '2000',
      AIKA_SMTP_URL: smtpUrl,
      AIKA_SMTP_FROM: 'no-reply@example.com',
    };
    const program = join(repositoryRoot(), 'apps', 'customer-agent', 'dist', 'main.js');
    const agent = fork(program, [], { env, silent: true });
    for (const stream of [agent.stdout, agent.stderr])
      stream?.on('data', (chunk) => (output += String(chunk)));
    started.push(agent);
    return agent;
  };

  const messagesOf = async (topic: string, definition: MessageDefinition): Promise<number> => {
    let found = 0;
    const name = topicOf(namespace, topic);
    for (let partition = 0; partition < (await log.partitionCount(name)); partition++) {
      const { start: from, end: until } = await log.offsets({ topic: name, partition });
      for await (const records of log.read({ topic: name, partition }, { from, until })) {
        found += records.filter(({ value }) => value?.includes(`"${definition.type}"`)).length;
      }
    }
    return found;
  };
  const untilThereAre = async (wanted: number, topic: string, type: string): Promise<void> => {
    const definition = catalogue.get(type) as MessageDefinition;
    const deadline = Date.now() + 40_000;
    for (let found = 0; found < wanted; found = await messagesOf(topic, definition)) {
      if (Date.now() > deadline) throw new Error(`${found} of ${wanted} ${type}:\n${output.slice(-2000)}`);
      await delay(300);
    }
  };

  beforeAll(async () => {
    await createTopics({ brokers, environment: 'test', namespace });
    smtpUrl = `smtp://127.0.0.1:${await mailbox.listen()}`;
    log = createKafkaLog({ brokers, clientId: 'claims-desk' });
    sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'claims-desk' });
  });
  afterAll(async () => {
    for (const agent of started) agent.kill('SIGKILL');
    await mailbox.close();
    await sender.close();
    await log.close();
    const admin = createKafkaAdmin({ brokers, clientId: 'ntf' });
    await admin.deleteTopics(loadTopics({ environment: 'test', namespace }).map(({ name }) => name));
    await admin.close();
  });

  it('sends the mail again under the same key, and tells one outcome', async () => {
    const customers = Array.from({ length: CUSTOMERS }, (_, n) => `cust-${n}`);
    const requests = customers.flatMap((customerId) =>
      Array.from({ length: NOTICES }, (_, n) => ({ customerId, id: `${customerId}-n${n}` })),
    );
    let agent = start();
    const channels = ['EMAIL'];
    for (const id of customers) {
      await sender.send(RegisterCustomer, { customerId: id, email: `${id}@secret.example.org`, channels });
    }
    await untilThereAre(CUSTOMERS, 'events', 'CUSTOMER_REGISTERED');

    const killAt = async (nth: number): Promise<void> => {
      await new Promise<void>((resolve) => {
        mailbox.beforeAnswer = (found) => {
          if (found === nth) resolve(void agent.kill('SIGKILL'));
        };
      });
      if (agent.exitCode === null && agent.signalCode === null) await once(agent, 'exit');
      agent = start();
    };
    const first = killAt(5);
    await sender.sendAll(
      requests.map(({ customerId, id }) => ({
        definition: NotificationRequested,
        payload: {
          ...NotificationRequested.example,
          ...{ customerId, notificationId: id, template: 'claim-paid' },
          parameters: { claimId: id, paymentId: 'pay-1', amount: '1.00 GBP' },
        },
      })),
    );
    await first;
    await killAt(ALL / 2);
    await untilThereAre(ALL, 'notifications', 'NOTIFICATION_CLOSED');

    const wanted = requests.map(({ id }) => id);
    expect(count(mailbox.mails, wanted, ({ messageId }) => messageId)).toEqual({ lost: [], doubled: [] });
    // That the kills fell between mail and outcome: without the key there are doubles, and this check sees them.
    expect(count(mailbox.mails, wanted, (_, nth) => String(nth)).doubled).not.toEqual([]);
    expect(await outcomes()).toEqual(new Map(wanted.map((id) => [id, ['DELIVERED']])));
    expect(ordersByCustomer()).toEqual(
      customers.map((customerId) => wanted.filter((id) => id.startsWith(`${customerId}-`))),
    );
    expect(output).not.toContain('secret.example.org');
  });

  /** By notification, as Java's consumer reads them. */
  async function outcomes(): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, string[]>();
    for await (const { value } of readCommittedWithJava(brokers, [topicOf(namespace, 'notifications')])) {
      const { messageType, payload } = JSON.parse(value ?? '{}') as {
        messageType: string;
        payload: { notificationId: string; outcome: string };
      };
      if (messageType !== 'NOTIFICATION_CLOSED') continue;
      found.set(payload.notificationId, [...(found.get(payload.notificationId) ?? []), payload.outcome]);
    }
    return new Map([...found].sort(([a], [b]) => wantedOrder(a) - wantedOrder(b)));
  }

  /** Each customer's notifications in the order in which the first copies came. */
  function ordersByCustomer(): readonly (readonly string[])[] {
    const byCustomer = Map.groupBy(mailbox.mails, ({ to }) => to);
    return [...byCustomer]
      .sort(([a], [b]) => wantedOrder(a) - wantedOrder(b))
      .map(([, mails]) => [...new Set(mails.map(({ notificationId }) => notificationId))]);
  }

  const wantedOrder = (name: string): number => {
    const [customer = 0, notice = 0] = [...name.matchAll(/\d+/g)].map(Number);
    return customer * NOTICES + notice;
  };
});
