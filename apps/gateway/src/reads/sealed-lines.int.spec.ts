import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue, ConversationMessageRecorded } from '@aika/contracts';
import { MessageSender } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { openCustomerKeys, type PersonalDataSettings, withPersonalData } from '@aika/personal-data';
import { createTestDatabase, type TestDatabase } from '@aika/testing';
import { migrateViews, openViews, type ViewsDatabase } from '@aika/views';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NAMESPACE, TestGateway } from '../testing/gateway.fixtures.js';

jest.setTimeout(60_000);

const AT = '2026-06-15T08:00:00.000Z';
const customerId = 'cust-1';
const said = 'My son broke the window.';

describe('the lines of a conversation in views that hold them sealed', () => {
  let folder = '';
  let settings: PersonalDataSettings;
  let database: TestDatabase;
  let db: ViewsDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aika-keys-'));
    settings = {
      personalData: 'on',
      keyStore: `file:${folder}`,
      masterKey: randomBytes(32).toString('base64'),
      previousMasterKey: '',
      namespace: NAMESPACE,
    };
    database = await createTestDatabase();
    db = openViews(database.url);
    await migrateViews(db);
    await keep(await sealedText());
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  /** As an agent writes it, and as the projector, which has no keys, finds it. */
  async function sealedText(): Promise<string> {
    const broker = createInMemoryBroker({ topics: 1 });
    const [log, bare] = [withPersonalData(broker.connect('agent'), settings), broker.connect('projector')];
    const sender = await MessageSender.create({
      log,
      catalogue,
      namespace: NAMESPACE,
      sourceAgentId: 'agent',
    });
    await sender.send(ConversationMessageRecorded, {
      ...ConversationMessageRecorded.example,
      customerId,
      text: said,
    });
    await sender.close();
    const at = { topic: `${NAMESPACE}.events`, partition: 0 };
    for await (const [record] of bare.read(at, { from: 0, until: 1 })) {
      return (JSON.parse(record?.value?.toString() ?? '') as { payload: { text: string } }).payload.text;
    }
    throw new Error('nothing was written');
  }

  async function keep(text: string): Promise<void> {
    const conversation = { conversation_id: 'conv-1', customer_id: customerId };
    await db
      .insertInto('conversations')
      .values({
        ...conversation,
        status: 'open',
        opened_at: AT,
        closed_at: null,
        message_count: 1,
        last_message_at: AT,
        updated_at: AT,
        revision: 1,
        order_key: '1',
      })
      .execute();
    await db
      .insertInto('conversation_messages')
      .values({
        ...conversation,
        sequence: 1,
        author: 'CUSTOMER',
        text,
        sent_at: AT,
        message_id: 'msg-1',
        order_key: '1',
      })
      .execute();
  }

  /** What a gateway answers that has just started. */
  async function told(env: Readonly<Record<string, string>>): Promise<unknown> {
    const gateway = await TestGateway.start({
      env: { DATABASE_URL: database.url, ...env },
      isWithDatabase: true,
    });
    const { body } = await gateway.call('GET', '/v1/conversations/conv-1/messages');
    await gateway.close();
    return (body?.['items'] as readonly { text: string }[])[0]?.text;
  }
  const withKeys = () => ({
    AIKA_PERSONAL_DATA: 'on',
    AIKA_KEY_STORE: settings.keyStore,
    AIKA_MASTER_KEY: settings.masterKey,
  });

  it('are told opened, by a gateway with the keys alone', async () => {
    expect(await told(withKeys())).toBe(said);
    expect(await told({})).toMatch(/^aika-sealed\./);
  });

  it('are told as erased once the key is gone', async () => {
    const keys = openCustomerKeys(settings);
    await keys?.erase(customerId);
    expect(await told(withKeys())).toMatch(/^\[erased:[0-9a-f]{8}\]$/);
  });
});
