import { randomBytes } from 'node:crypto';
import { catalogue, ErasePersonalData, PersonalDataErased, RegisterCustomer } from '@aika/contracts';
import { type MessageLog, MessageSender, stateKey } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerKeys } from '../keys/customer-keys.js';
import { LocalMasterKeys } from '../keys/local-master-keys.js';
import { MemoryKeyStore } from '../keys/memory-key-store.js';
import { guardLog } from '../log/guarded-log.js';
import { RecordGuard } from '../log/record-guard.js';
import { erasedCustomers, exportPerson } from './person-export.js';

const namespace = 'aika';
const customerId = 'cust-1';
const profiles = { name: 'customer-profile', version: 1, personal: ['email'] };

describe('what the log holds of a person', () => {
  let log: MessageLog;
  let keys: CustomerKeys;
  const source = () => ({ log, catalogue, namespace });

  beforeEach(async () => {
    const master = new LocalMasterKeys([randomBytes(32).toString('base64')]);
    keys = new CustomerKeys({ store: new MemoryKeyStore(), master });
    const guard = new RecordGuard({ keys, catalogue, namespace, stores: [profiles] });
    log = guardLog(createInMemoryBroker({ topics: 3 }).connect('test'), guard);
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'test' });
    await sender.send(RegisterCustomer, { customerId, email: 'ada@example.org' });
    await sender.send(RegisterCustomer, { customerId: 'cust-2', email: 'ben@example.org' });
    await sender.close();
    const writer = await log.createWriter();
    const { partition } = (await exportPerson(source(), customerId)).messages[0] ?? { partition: 0 };
    const put = (owner: string, value: string | null) => ({
      topic: 'aika.state.customer',
      partition,
      key: stateKey('store', owner, `customer-profile/${owner}`),
      value,
    });
    await writer.send([
      put(customerId, '{"d":{"email":"old@example.org"}}'),
      put(customerId, '{"d":{"email":"ada@example.org"}}'),
      put('cust-2', '{"d":{"email":"ben@example.org"}}'),
      put('cust-3', '{"d":{}}'),
      put('cust-3', null),
      { topic: 'aika.dlq', partition, key: customerId, value: 'ada, unreadable' },
    ]);
    await writer.close();
  });

  it('is handed out opened: messages, dead letters and the newest state, and nobody else’s', async () => {
    const all = await exportPerson(source(), customerId);
    expect(all.messages.map(({ topic, message }) => [topic, message])).toEqual([
      ['aika.commands', expect.objectContaining({ payload: { customerId, email: 'ada@example.org' } })],
      ['aika.dlq', 'ada, unreadable'],
    ]);
    expect(all.state).toEqual([
      {
        agent: 'customer',
        kind: 'store',
        key: `s/${customerId}/customer-profile/${customerId}`,
        value: { d: { email: 'ada@example.org' } },
      },
    ]);
    expect((await exportPerson(source(), 'cust-3')).state).toEqual([]);
  });

  it('is marks once they are erased', async () => {
    await keys.erase(customerId);
    expect(JSON.stringify(await exportPerson(source(), customerId))).not.toContain('ada@example.org');
  });

  it('says who was erased, so that it can be done again after keys were restored', async () => {
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'test' });
    await sender.send(PersonalDataErased, { customerId, erasedAt: '2026-06-15T08:00:00Z' });
    await sender.send(ErasePersonalData, { customerId: 'cust-2' });
    await sender.close();
    expect(await erasedCustomers(source())).toEqual([customerId]);
  });
});
