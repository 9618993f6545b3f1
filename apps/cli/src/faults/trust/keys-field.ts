import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConversationMessageRecorded,
  CustomerRegistered,
  type MessageDefinition,
  RegisterCustomer,
  SendConversationMessage,
} from '@aika/contracts';
import { MessageSender } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import {
  type KeyStore,
  LocalMasterKeys,
  openKeyStore,
  type PersonalDataSettings,
  withPersonalData,
} from '@aika/personal-data';
import { createTestDatabase, type PostgresHandle, type TestDatabase } from '@aika/testing';
import { aika, type CommandResult } from '../../e2e/run-aika.js';
import type { World } from '../../e2e/world.js';
import type { Said } from './keys-verdict.js';

/** By which PostgreSQL knows the agents when they ask for keys, and the desk. */
export const AGENTS_NAME = 'aika-faults-agents';
export const DESK_NAME = 'aika-faults-desk';
export const KEYS_TABLE = 'aika_keys.customer_keys';

/** A process waits for an answer of the key store for so long. */
export const KEY_ANSWER_MS = 5_000;

const GIVEN_UP_AFTER_MS = 120_000;
const COMMAND_WITHIN_MS = 60_000;
const PAUSE_MS = 200;

/** The keys of a kind that needs them. @throws Error when it did not say so */
export function keysOf({ keys }: { readonly keys: KeysField | undefined }): KeysField {
  if (!keys) throw new Error('This needs the store of keys.');
  return keys;
}

/** A key store of its own in a PostgreSQL that may be killed, and what agents need to use it. */
export interface KeysPlace {
  readonly postgres: PostgresHandle;
  readonly database: TestDatabase;
  readonly masterKey: string;
  /** Environment of the agents. */
  readonly env: Readonly<Record<string, string>>;
}

/** Before the agents are started: they need it from their first message on. */
export async function makeKeysPlace(postgres: PostgresHandle): Promise<KeysPlace> {
  const database = await createTestDatabase(postgres.url);
  const masterKey = randomBytes(32).toString('base64');
  const env = {
    AIKA_PERSONAL_DATA: 'on',
    AIKA_KEY_STORE: named(database.url, AGENTS_NAME),
    AIKA_MASTER_KEY: masterKey,
  };
  return { postgres, database, masterKey, env };
}

/**
 * People whose personal data the agents seal: a desk that seals what it sends, as Aika's own programs do, and a foreign
 * client that writes plain text to the commands. All that was said is written down.
 */
export class KeysField {
  /** Everything personal that was sent, and what has to come of it. */
  readonly said: Said[] = [];
  /** Who was erased, and so told. */
  readonly erased: string[] = [];
  /** Customers who may be erased. */
  readonly leavers: string[] = [];

  private constructor(
    private readonly world: World,
    private readonly place: KeysPlace,
    private readonly desk: MessageSender,
    private readonly closeDesk: () => Promise<void>,
    /** As an operator sees it. */
    readonly store: KeyStore,
    readonly master: LocalMasterKeys,
  ) {}

  static async open(world: World, place: KeysPlace): Promise<KeysField> {
    const { brokers, namespace, catalogue } = world;
    const { masterKey, database } = place;
    const settings: PersonalDataSettings = {
      ...{ personalData: 'on', masterKey, previousMasterKey: '', namespace },
      keyStore: named(database.url, DESK_NAME),
    };
    const log = withPersonalData(
      createKafkaLog({ brokers: [...brokers], clientId: 'aika-faults-desk' }),
      settings,
      {
        catalogue,
      },
    );
    const desk = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'faults-desk' });
    const closeDesk = async (): Promise<void> => {
      await desk.close();
      await log.close();
    };
    const store = openKeyStore({ ...settings, keyStore: database.url });
    return new KeysField(world, place, desk, closeDesk, store, new LocalMasterKeys([masterKey]));
  }

  get postgres(): PostgresHandle {
    return this.place.postgres;
  }

  get databaseUrl(): string {
    return this.place.database.url;
  }

  /** The desk registers a customer: it seals, so it needs the key first. Repeats until the log has it. */
  async register(customerId: string, conversationId: string): Promise<void> {
    const fullName = `Ottilie Muster of ${customerId}`;
    const email = `ottilie.${customerId}@secret.example.org`;
    const payload = { customerId, fullName, email, dateOfBirth: '1884-05-17' };
    await this.say({
      ...{ definition: RegisterCustomer, outcome: CustomerRegistered, payload, customerId, conversationId },
      messageId: `msg-${customerId}-register`,
      ...{ secrets: [fullName, email, payload.dateOfBirth], by: 'desk' },
    });
  }

  /** A foreign client sends the customer's words in plain text. */
  async write(customerId: string, conversationId: string, name: string): Promise<void> {
    const text = `My son broke the window of ${customerId}, says ${name}.`;
    await this.say({
      ...{ definition: SendConversationMessage, outcome: ConversationMessageRecorded },
      payload: { customerId, conversationId: `${conversationId}-talk`, text },
      ...{ customerId, conversationId, messageId: `msg-${customerId}-${name}` },
      ...{ secrets: [text], by: 'foreign' },
    });
  }

  /** `aika person erase`, as often as it takes until it says that it is done. */
  async erase(customerId: string): Promise<void> {
    const env = { ...this.place.env, AIKA_KEY_STORE: this.databaseUrl };
    let result: CommandResult;
    const deadline = performance.now() + GIVEN_UP_AFTER_MS;
    do {
      result = await aika(this.world, ['person', 'erase', customerId, '--yes'], {
        env,
        withinMs: COMMAND_WITHIN_MS,
      });
      if (performance.now() > deadline) throw new Error(`${customerId} was not erased: ${result.err}`);
    } while (result.code !== 0);
    if (!this.erased.includes(customerId)) this.erased.push(customerId);
  }

  async heal(): Promise<void> {
    if (this.postgres.pid === null) await this.postgres.start();
  }

  async close(): Promise<void> {
    await this.closeDesk();
    await this.store.close();
    await this.place.database.drop();
  }

  private async say({
    definition,
    payload,
    conversationId,
    ...said
  }: Omit<Said, 'outcome'> & {
    readonly definition: MessageDefinition;
    readonly outcome: MessageDefinition;
    readonly payload: object;
    readonly conversationId: string;
  }): Promise<void> {
    const { messageId, by } = said;
    // Counted before it is sent: what the log took counts, whatever its sender heard of it.
    this.said.push({ ...said, outcome: said.outcome.type });
    const sender = by === 'desk' ? this.desk : this.world.sender;
    const deadline = performance.now() + GIVEN_UP_AFTER_MS;
    for (;;) {
      try {
        await sender.send(definition, payload, { messageId, metadata: { conversationId } });
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(PAUSE_MS);
      }
    }
  }
}

function named(url: string, applicationName: string): string {
  const address = new URL(url);
  address.searchParams.set('application_name', applicationName);
  return address.href;
}
