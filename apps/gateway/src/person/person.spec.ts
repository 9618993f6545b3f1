import {
  catalogue,
  ErasePersonalData,
  PersonalDataErased,
  RegisterCustomer,
  SendConversationMessage,
} from '@aika/contracts';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { type CustomerKeys, RecordGuard, guardLog, SealedRows } from '@aika/personal-data';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keysInMemory, NAMESPACE, TestGateway } from '../testing/gateway.fixtures.js';

const customerId = 'cust-1';
const said = 'My son broke the window.';
const path = `/v1/customers/${customerId}`;

describe('a person over HTTP', () => {
  const broker = createInMemoryBroker({ topics: 2 });
  let keys: CustomerKeys;
  let gateway: TestGateway;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    keys = keysInMemory();
    const guard = new RecordGuard({ keys, catalogue, namespace: NAMESPACE });
    gateway = await TestGateway.start({
      connect: (clientId) => guardLog(broker.connect(clientId), guard),
      providers: new Map([[SealedRows, new SealedRows(keys)]]),
    });
    stop = await gateway.answering(ErasePersonalData, () => ({
      event: PersonalDataErased,
      payload: { customerId, erasedAt: '2026-06-15T08:05:00Z' },
    }));
    await gateway.call('POST', '/v1/customers', { body: { ...RegisterCustomer.example, customerId } });
    const body = { ...SendConversationMessage.example, customerId, text: said };
    const { conversationId } = SendConversationMessage.example;
    await gateway.call('POST', `/v1/conversations/${conversationId}/messages`, { body });
  });
  afterAll(async () => {
    await stop();
    await gateway.close();
  });

  const exported = () => gateway.call('GET', `${path}/personal-data`);

  it('has all that is kept of them handed out', async () => {
    const { status, body, text } = await exported();
    expect([status, body?.['customerId']]).toEqual([200, customerId]);
    for (const part of [RegisterCustomer.example.fullName, said]) expect(text).toContain(part);
    expect((await gateway.call('GET', '/v1/customers/cust-none/personal-data')).status).toBe(404);
  });

  it('is erased: the key is gone before the agents are told, and what is kept cannot be read any more', async () => {
    const erased = await gateway.call('POST', `${path}/erasure`, { body: {}, headers: { prefer: 'wait=5' } });
    expect(erased.status).toBe(200);
    expect((await keys.load([customerId], false)).get(customerId)?.status).toBe('erased');
    const { text } = await exported();
    for (const part of [RegisterCustomer.example.fullName, said]) expect(text).not.toContain(part);
    expect(text).toContain('[erased:');
  });

  it('is not erased where nothing is sealed: a promise that could not be kept', async () => {
    const plain = await TestGateway.start({ providers: new Map([[SealedRows, new SealedRows(undefined)]]) });
    const { status, body } = await plain.call('POST', `${path}/erasure`, { body: {} });
    expect([status, body?.['type']]).toEqual([409, 'urn:aika:problem:conflict']);
    expect(await plain.messages('commands')).toEqual([]);
    await plain.close();
  });
});
