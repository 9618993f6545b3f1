import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
import { exportPerson, openCustomerKeys, type PersonExport, withPersonalData } from '@aika/personal-data';
import {
  createTestDatabase,
  createTopics,
  findInBrokerFiles,
  findInFolder,
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
/** Kept in the profile. */
const KEPT = ['Byron', 'ada@secret.example.org', '1984-05-17'];
const SECRETS = ['Lovelace', 'ada@secret.example.org', '1984-05-17', 'broke the window', 'Byron'];

/** The customer agent as a process, in a namespace of its own. */
class World {
  readonly namespace = `person-${randomUUID().slice(0, 8)}`;
  readonly settings;
  readonly log: MessageLog;
  private readonly stateDir = mkdtempSync(join(tmpdir(), 'aika-person-'));
  private output = '';
  private agent: ChildProcess | undefined;

  constructor(personalData: 'on' | 'off', keyStore: string) {
    const masterKey = randomBytes(32).toString('base64');
    this.settings = { personalData, keyStore, masterKey, previousMasterKey: '', namespace: this.namespace };
    this.log = this.connect();
  }

  /** The log as a process has it that has held no key before. */
  connect(): MessageLog {
    const bare = createKafkaLog({ brokers, clientId: 'desk', compression: 'none' });
    return withPersonalData(bare, this.settings, { stores: [profiles] });
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

  async send(
    definition: typeof SendConversationMessage | typeof UpdateCustomerProfile,
    payload: object,
    log = this.log,
  ) {
    const { namespace } = this;
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

  /** Ends the agent in good order, so that its copies are complete. */
  async stop(): Promise<void> {
    this.output = '';
    const { agent } = this;
    agent?.kill('SIGTERM');
    if (agent) await once(agent, 'exit');
  }

  /** Starts the agent again. @returns how many records of the changelog it has read until it owned its partitions */
  async restart(): Promise<number> {
    this.agent = this.start();
    const deadline = Date.now() + 30_000;
    for (;;) {
      const [, replayed] = /"partitions assigned".*?"replayed":(\d+)/.exec(this.output) ?? [];
      if (replayed !== undefined) return Number(replayed);
      if (Date.now() > deadline) throw new Error(`Not restarted:\n${this.output.slice(-2000)}`);
      await delay(50);
    }
  }

  /** The customer's key goes, as if another process had thrown it away. */
  async eraseKey(): Promise<void> {
    const keys = openCustomerKeys(this.settings);
    await keys?.erase(customerId);
    await keys?.close();
  }

  async profile(log: MessageLog): Promise<Readonly<Record<string, unknown>>> {
    const { state } = await exportPerson({ log, catalogue, namespace: this.namespace }, customerId);
    const entry = state.find(({ key }) => key === PROFILE)?.value as { readonly d: Record<string, unknown> };
    return entry.d;
  }

  /** Secrets in the files of the agent's copies of state. */
  async inCopies(): Promise<ReadonlySet<string>> {
    return new Set((await findInFolder(this.stateDir, SECRETS)).map(({ text }) => text));
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
    rmSync(this.stateDir, { recursive: true, force: true });
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
      AIKA_STATE_DIR: this.stateDir,
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

  it('stands in no copy of state on disk, which a new start goes on from, reading marks once the key is gone', async () => {
    await Promise.all([sealed.stop(), open.stop()]);
    expect([...(await open.inCopies())]).toEqual(expect.arrayContaining(KEPT));
    expect(await sealed.inCopies()).toEqual(new Set());
    await sealed.eraseKey();
    const log = sealed.connect();
    const erased = await sealed.profile(log);
    expect(erased['fullName']).toMatch(/^\[erased:[0-9a-f]{8}\]$/);
    expect(await sealed.restart()).toBe(0);
    await sealed.send(UpdateCustomerProfile, { phone: '+45 12345678' }, log);
    const isWritten = async () => 'phone' in (await sealed.profile(log));
    for (const until = Date.now() + 10_000; !(await isWritten()) && Date.now() < until;) await delay(100);
    expect(await sealed.profile(log)).toEqual({ ...erased, phone: '[erased]' });
    await log.close();
  });
});
