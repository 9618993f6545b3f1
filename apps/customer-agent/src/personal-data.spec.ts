import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import {
  catalogue,
  type Channel,
  ErasePersonalData,
  PolicyBound,
  RegisterCustomer,
  SendConversationMessage,
  topicOf,
} from '@aika/contracts';
import type { LogRecord, MessageLog } from '@aika/messaging';
import { startTestBed, type TestBed } from '@aika/messaging/testing';
import { CustomerKeys, guardLog, LocalMasterKeys, MemoryKeyStore, RecordGuard } from '@aika/personal-data';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CustomerAgentModule } from './customer-agent.module.js';
import { customerAgent } from './customer.agent.js';
import { profiles } from './customer.entity.js';
import type { Notice } from './notifications/deliver-notice.effects.js';
import {
  NOTIFICATION_CHANNELS,
  type NotificationChannel,
} from './notifications/notification-channel.port.js';

const customerId = 'cust-1';
const ada = { customerId, fullName: 'Ada Lovelace', email: 'ada@example.org', channels: ['EMAIL'] } as const;
const message = { customerId, conversationId: 'conv-1', text: 'My son broke the window.' };
const SECRETS = ['Lovelace', 'ada@example.org', 'broke the window'];
const TOPICS = ['events', 'agent.customer', 'notifications', 'audit', 'dlq', 'state.customer'];

describe('the customer agent with sealed personal data', () => {
  const addresses: (string | undefined)[] = [];
  let isMailAway = false;
  let bed: TestBed;
  let bare: MessageLog;
  let keys: CustomerKeys;
  let store: MemoryKeyStore;

  beforeEach(async () => {
    addresses.length = 0;
    isMailAway = false;
    const master = new LocalMasterKeys([randomBytes(32).toString('base64')]);
    store = new MemoryKeyStore();
    keys = new CustomerKeys({ store, master });
    const guard = new RecordGuard({
      keys,
      catalogue,
      namespace: 'aika',
      stores: [profiles],
      effects: customerAgent.effects,
    });
    const mail: NotificationChannel = {
      deliver: ({ address }: Notice) => {
        addresses.push(address);
        return isMailAway ? Promise.reject(new Error('away')) : Promise.resolve();
      },
    };
    const channels: Record<Channel, NotificationChannel> = { LOG: mail, EMAIL: mail, WEBHOOK: mail };
    const module = Test.createTestingModule({ imports: [CustomerAgentModule] })
      .overrideProvider(NOTIFICATION_CHANNELS)
      .useValue(channels);
    bed = await startTestBed(module, {
      log: (log) => {
        bare = log;
        return guardLog(log, guard);
      },
    });
  });
  afterEach(() => bed.close());

  /** Everything that the agent has written, as it stands on the log. */
  const written = async (): Promise<string> => {
    const texts: string[] = [];
    for (const topic of TOPICS.map((name) => topicOf('aika', name))) {
      for (let partition = 0; partition < (await bare.partitionCount(topic)); partition++) {
        const { end } = await bare.offsets({ topic, partition });
        for await (const records of bare.read({ topic, partition }, { from: 0, until: end })) {
          texts.push(...records.map(textOf));
        }
      }
    }
    return texts.join('\n');
  };

  it('works as ever, and writes nothing personal to any topic', async () => {
    await bed.send(RegisterCustomer, ada);
    await bed.send(SendConversationMessage, message);
    expect(await bed.outputTypes()).toEqual(
      expect.arrayContaining(['CUSTOMER_REGISTERED', 'CONVERSATION_MESSAGE_RECORDED']),
    );
    isMailAway = true;
    await bed.send(PolicyBound, { ...PolicyBound.example, customerId });
    // The address waits in state while the mail is away.
    while (addresses.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const log = await written();
    for (const part of ['CONVERSATION_MESSAGE_RECORDED', 'customer-profile', 'notify-email']) {
      expect(log).toContain(part);
    }
    for (const secret of SECRETS) expect(log).not.toContain(secret);
    expect(addresses).toContain(ada.email);
  });

  it('goes on when keys can be had again, and handles once what came meanwhile', async () => {
    await bed.send(RegisterCustomer, ada);
    await bed.idle();
    const find = jest.spyOn(store, 'find').mockRejectedValue(new Error('away'));
    const others = ['cust-2', 'cust-3'].map((id) => ({ ...ada, customerId: id }));
    for (const other of others) await bed.send(RegisterCustomer, other);
    while (find.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    find.mockRestore();
    const registered = (await bed.outputs()).filter(
      ({ messageType }) => messageType === 'CUSTOMER_REGISTERED',
    );
    expect(registered.map(({ payload }) => payload['customerId']).sort()).toEqual([
      'cust-1',
      'cust-2',
      'cust-3',
    ]);
    const log = await written();
    for (const secret of SECRETS) expect(log).not.toContain(secret);
  });

  it('forgets the profile when it is told to, and tells nobody anything any more by e-mail', async () => {
    await bed.send(RegisterCustomer, ada);
    await bed.idle();
    await keys.erase(customerId);
    await bed.send(ErasePersonalData, { customerId });
    expect(await bed.outputTypes()).toContain('PERSONAL_DATA_ERASED');
    expect((await bed.state(customerId, profiles)).get(customerId)).toBeUndefined();
    await bed.send(PolicyBound, { ...PolicyBound.example, customerId });
    expect(await bed.outputs()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          messageType: 'NOTIFICATION_CLOSED',
          payload: expect.objectContaining({ outcome: 'SKIPPED' }),
        }),
      ]),
    );
    expect(addresses).toEqual([]);
  });
});

function textOf({ key, value, headers }: LogRecord): string {
  const parts = [key, value, ...Object.values(headers)];
  return parts.map((part) => part?.toString() ?? '').join(' ');
}
