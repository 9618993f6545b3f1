import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  catalogue,
  HEADER,
  RegisterCustomer,
  SendConversationMessage,
  topicOf,
  UpdateCustomerProfile,
} from '@aika/contracts';
import { type MessageLog, MessageSender, partitionFor } from '@aika/messaging';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { exportPerson, type PersonExport, withPersonalData } from '@aika/personal-data';
import {
  createTestDatabase,
  createTopics,
  findInBrokerFiles,
  type FoundText,
  loadTopics,
  repositoryRoot,
  type TestDatabase,
} from '@aika/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { profiles } from './customer.entity.js';

jest.setTimeout(90_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const customerId = 'cust-1';
const PROFILE = `s/${customerId}/customer-profile/${customerId}`;
const SECRETS = ['Lovelace', 'ada@secret.example.org', '1984-05-17', 'broke the window', 'Byron'];

/** The customer agent as a process, in a namespace of its own. */
class World {
  readonly namespace = `person-${randomUUID().slice(0, 8)}`;
  readonly settings;
  readonly log: MessageLog;
  private output = '';
  private agent: ChildProcess | undefined;

  constructor(personalData: 'on' | 'off', keyStore: string) {
    const masterKey = randomBytes(32).toString('base64');
    this.settings = { personalData, keyStore, masterKey, previousMasterKey: '', namespace: this.namespace };
    const bare = createKafkaLog({ brokers, clientId: 'desk', compression: 'none' });
    this.log = withPersonalData(bare, this.settings, { stores: [profiles] });
  }

  async open(): Promise<void> {
    await createTopics({ brokers, environment: 'test', namespace: this.namespace });
    this.agent = this.start();
  }

  /** Registers a person who writes, moves house, and once says their name in the wrong form. */
  async live(): Promise<void> {
    const { log, namespace } = this;
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'desk' });
    await sender.send(RegisterCustomer, {
      customerId,
      fullName: 'Ada Lovelace',
      email: 'ada@secret.example.org',
      dateOfBirth: '1984-05-17',
    });
    await sender.send(UpdateCustomerProfile, { customerId, fullName: 'Ada Byron' });
    await sender.send(UpdateCustomerProfile, { customerId, fullName: 'Ada Byron' });
    await sender.close();
    const wrong = {
      messageType: RegisterCustomer.type,
      payload: { customerId, fullName: { last: 'Lovelace' } },
    };
    const topic = topicOf(namespace, 'commands');
    const partition = partitionFor(customerId, await log.partitionCount(topic));
    const headers = { [HEADER.type]: RegisterCustomer.type };
    const writer = await log.createWriter();
    await writer.send([{ topic, partition, key: customerId, value: JSON.stringify(wrong), headers }]);
    await writer.close();
    await this.send(SendConversationMessage, { conversationId: 'conv-1', text: 'My son broke the window.' });
    await this.until('CONVERSATION_MESSAGE_RECORDED');
  }

  async send(definition: typeof SendConversationMessage, payload: object) {
    const { log, namespace } = this;
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'desk' });
    await sender.send(definition, { customerId, ...payload } as never);
    await sender.close();
  }

  /** Resolves when the agent has said this of the person. */
  async until(type: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (!JSON.stringify(await this.export()).includes(`"messageType":"${type}"`)) {
      if (Date.now() > deadline) throw new Error(`No ${type}:\n${this.output.slice(-2000)}`);
      await delay(200);
    }
  }

  export(): Promise<PersonExport> {
    return exportPerson({ log: this.log, catalogue, namespace: this.namespace }, customerId);
  }

  /** Secrets in the files of this namespace, of all brokers. */
  async onDisk(): Promise<readonly FoundText[]> {
    const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
    if (stateFile === undefined) throw new Error('Given brokers: their files cannot be seen.');
    return findInBrokerFiles(stateFile, this.namespace, SECRETS);
  }

  async close(): Promise<void> {
    this.agent?.kill('SIGKILL');
    await this.log.close();
    const admin = createKafkaAdmin({ brokers, clientId: 'desk' });
    await admin.deleteTopics(
      loadTopics({ environment: 'test', namespace: this.namespace }).map(({ name }) => name),
    );
    await admin.close();
  }

  private start(): ChildProcess {
    const { personalData, keyStore, masterKey, namespace } = this.settings;
    const env = {
      KAFKA_BROKERS: brokers.join(','),
      AIKA_NAMESPACE: namespace,
      AIKA_INSTANCE_ID: 'customer-1',
      AIKA_HTTP_PORT: '0',
      AIKA_PERSONAL_DATA: personalData,
      AIKA_KEY_STORE: keyStore,
      AIKA_MASTER_KEY: masterKey,
      // What is compressed cannot be found on a disk, sealed or not.
      AIKA_COMPRESSION: 'none',
    };
    const agent = fork(join(repositoryRoot(), 'apps', 'customer-agent', 'dist', 'main.js'), [], {
      env,
      silent: true,
    });
    for (const stream of [agent.stdout, agent.stderr])
      stream?.on('data', (part) => (this.output += String(part)));
    agent.on('message', (notice) => (this.output += JSON.stringify(notice)));
    return agent;
  }
}

describe('personal data on real brokers', () => {
  let database: TestDatabase;
  let sealed: World;
  let open: World;

  beforeAll(async () => {
    database = await createTestDatabase();
    sealed = new World('on', database.url);
    open = new World('off', database.url);
    await sealed.open();
    await open.open();
    await Promise.all([sealed.live(), open.live()]);
  });
  afterAll(async () => {
    await Promise.all([sealed.close(), open.close()]);
    await database.drop();
  });

  it('stands in no file of a broker, where it does when it is not sealed', async () => {
    const found = await open.onDisk();
    expect(new Set(found.map(({ text }) => text))).toEqual(new Set(SECRETS));
    expect(new Set(found.map(({ place }) => place))).toEqual(
      new Set(['commands', 'dlq', 'events', 'state.customer']),
    );
    expect(await sealed.onDisk()).toEqual([]);
  });

  it('is handed out whole: messages, dead letters, the profile', async () => {
    const all = await sealed.export();
    expect(all.state.find(({ key }) => key === PROFILE)?.value).toEqual({
      d: { fullName: 'Ada Byron', email: 'ada@secret.example.org', dateOfBirth: '1984-05-17' },
    });
    const text = JSON.stringify(all.messages);
    for (const secret of SECRETS) expect(text).toContain(secret);
    expect(all.messages.map(({ topic }) => topic)).toContain(topicOf(sealed.namespace, 'dlq'));
  });
});
