import { randomBytes } from 'node:crypto';
import {
  catalogue,
  ConversationMessageRecorded,
  HEADER,
  PersonalDataErased,
  RegisterCustomer,
  SEALED_PREFIX,
} from '@aika/contracts';
import {
  DEAD_LETTER_HEADER,
  defineStore,
  type LogRecord,
  type MessageLog,
  MessageSender,
  type OutgoingRecord,
  stateKey,
} from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CustomerKeys } from '../keys/customer-keys.js';
import { LocalMasterKeys } from '../keys/local-master-keys.js';
import { MemoryKeyStore } from '../keys/memory-key-store.js';
import { guardLog } from './guarded-log.js';
import { RecordGuard } from './record-guard.js';

const namespace = 'aika';
const customerId = 'cust-1';
const ada = { customerId, fullName: 'Ada Lovelace', email: 'ada@example.org', dateOfBirth: '1984-05-17' };
const line = { ...ConversationMessageRecorded.example, customerId, text: 'My son broke the window.' };
const SECRETS = ['Lovelace', 'ada@example.org', '1984-05-17', 'broke the window'];
const profiles = defineStore('customer-profile', { personal: ['fullName', 'dateOfBirth'] });
const mail = { name: 'notify-email', personal: ['address'] };
const master = new LocalMasterKeys([randomBytes(32).toString('base64')]);

describe('the guarded log', () => {
  let store: MemoryKeyStore;
  let keys: CustomerKeys;
  let bare: MessageLog;
  let log: MessageLog;

  const guarded = () => {
    keys = new CustomerKeys({ store, master });
    return guardLog(
      bare,
      new RecordGuard({ keys, catalogue, namespace, stores: [profiles], effects: [mail] }),
    );
  };
  beforeEach(() => {
    store = new MemoryKeyStore();
    bare = createInMemoryBroker({ topics: 1 }).connect('test');
    log = guarded();
  });

  const write = async (record: Partial<OutgoingRecord> & { topic: string; value: string }, by = log) => {
    const writer = await by.createWriter();
    await writer.send([{ partition: 0, key: customerId, ...record }]);
    await writer.close();
  };
  const send = async (
    definition: typeof RegisterCustomer | typeof ConversationMessageRecorded,
    payload: object,
    by = log,
  ) => {
    const sender = await MessageSender.create({ log: by, catalogue, namespace, sourceAgentId: 'test' });
    const id = await sender.send(
      definition,
      payload as never,
      { messageId: 'msg-1', timestamp: '2026-06-15T08:00:00Z' } as never,
    );
    await sender.close();
    return id;
  };
  const last = async (topic: string, by: MessageLog): Promise<LogRecord> => {
    const { end } = await by.offsets({ topic, partition: 0 });
    for await (const records of by.read({ topic, partition: 0 }, { from: end - 1, until: end })) {
      const [record] = records;
      if (record) return record;
    }
    throw new Error('nothing there');
  };
  const json = ({ value }: LogRecord) => JSON.parse(value?.toString() ?? '') as Record<string, unknown>;
  const expectHidden = ({ value }: LogRecord) => {
    expect(value?.toString()).toContain(SEALED_PREFIX);
    for (const secret of SECRETS) expect(value?.toString()).not.toContain(secret);
  };

  it('writes personal fields sealed, leaves the others as they are, and reads all as it was', async () => {
    await send(RegisterCustomer, { ...ada, channels: ['EMAIL'] });
    const sealed = await last('aika.commands', bare);
    expectHidden(sealed);
    expect(json(sealed)['payload']).toMatchObject({ customerId, channels: ['EMAIL'] });
    expect(json(await last('aika.commands', log))['payload']).toEqual({ ...ada, channels: ['EMAIL'] });
  });

  it('writes the same bytes for the same message, in another process too', async () => {
    await send(ConversationMessageRecorded, line);
    const first = await last('aika.events', bare);
    await send(ConversationMessageRecorded, line, guarded());
    expect((await last('aika.events', bare)).value).toEqual(first.value);
  });

  it('passes what is not personal untouched, without asking for a key', async () => {
    const find = jest.spyOn(store, 'find');
    const value = '{"messageType":"SOMETHING_ELSE","payload":{"customerId":"cust-1"}}';
    await write({ topic: 'aika.events', value, headers: { [HEADER.type]: 'CLAIM_FILED' } });
    await write({
      topic: 'aika.state.customer',
      key: stateKey('store', customerId, 'customer/1'),
      value: '{"d":{}}',
    });
    expect((await last('aika.events', bare)).value?.toString()).toBe(value);
    expect((await last('aika.events', log)).value?.toString()).toBe(value);
    expect(find).not.toHaveBeenCalled();
  });

  it('seals a message of a stock client that is copied on: without headers, in snake_case', async () => {
    const value = JSON.stringify({
      message_type: 'REGISTER_CUSTOMER',
      payload: { customer_id: customerId, full_name: 'Ada Lovelace', nickname: 'ada@example.org' },
    });
    await write({ topic: 'aika.agent.customer', value });
    expectHidden(await last('aika.agent.customer', bare));
    expect((await last('aika.agent.customer', log)).value?.toString()).toBe(value);
  });

  it('seals state: stores and effects that say so, messages of timers, and parked ones', async () => {
    const entries: Record<string, object> = {
      [stateKey('store', customerId, 'customer-profile/cust-1')]: { v: 2, d: { ...ada, email: 'kept' } },
      [stateKey('effect', customerId, 'e-1')]: {
        name: 'notify-email',
        request: { address: 'ada@example.org' },
      },
      [stateKey('timer', customerId, 't-1')]: { messageType: 'CONVERSATION_MESSAGE_RECORDED', payload: line },
      [stateKey('parked', customerId, '000000001')]: {
        topic: 'aika.commands',
        value: JSON.stringify({ messageType: 'REGISTER_CUSTOMER', payload: ada }),
        headers: {},
      },
    };
    for (const [key, entry] of Object.entries(entries)) {
      await write({ topic: 'aika.state.customer', key, value: JSON.stringify(entry) });
      expectHidden(await last('aika.state.customer', bare));
      expect(json(await last('aika.state.customer', log))).toEqual(entry);
    }
  });

  it('seals of a dead letter what no contract knows, and the whole of one that nobody can read', async () => {
    const topic = 'aika.dlq';
    const headers = { [DEAD_LETTER_HEADER.id]: 'dl-1' };
    await send(RegisterCustomer, ada);
    const letters = [
      JSON.stringify({ messageType: 'FILE_CLAIM', payload: { customerId, witness: 'Ada Lovelace' } }),
      JSON.stringify({
        messageType: 'REGISTER_CUSTOMER',
        payload: { customerId, fullName: { last: 'Lovelace' } },
      }),
      JSON.stringify({ messageType: 'REGISTER_CUSTOMER', owner: 'Ada Lovelace', payload: { customerId } }),
      'Lovelace, Ada; ada@example.org',
    ];
    for (const value of letters) {
      for (const key of [customerId, 'a key of nobody', null]) {
        await write({ topic, key, value, headers });
        expectHidden(await last(topic, bare));
        expect((await last(topic, log)).value?.toString()).toBe(value);
      }
    }
    expect([...(await store.find(['a key of nobody'])).keys()]).toEqual([]);
    const plain = JSON.stringify({ messageType: 'FILE_CLAIM', payload: { customerId, cause: 'COLLISION' } });
    await write({ topic, value: plain, headers });
    expect((await last(topic, bare)).value?.toString()).toBe(plain);
  });

  it('reads of somebody erased marks, and nothing where a mark would break the rules', async () => {
    await send(RegisterCustomer, ada);
    await keys.erase(customerId);
    const payload = json(await last('aika.commands', log))['payload'] as Record<string, unknown>;
    expect(payload).toEqual({
      customerId,
      fullName: expect.stringMatching(/^\[erased:[0-9a-f]{8}\]$/),
      email: expect.stringMatching(/^\[erased:[0-9a-f]{8}\]$/),
    });
    expect(payload['fullName']).not.toBe(payload['email']);
  });

  it('lets nothing new of somebody erased through, in either direction, and makes no key', async () => {
    await keys.erase(customerId);
    await send(RegisterCustomer, ada, bare);
    const erased = { customerId, fullName: '[erased]', email: '[erased]' };
    expect(json(await last('aika.commands', log))['payload']).toEqual(erased);
    await send(RegisterCustomer, ada);
    expect(json(await last('aika.commands', bare))['payload']).toEqual(erased);
    expect((await store.find([customerId])).get(customerId)?.status).toBe('erased');
  });

  it('keeps a mark as it is in a process that still holds the key, so that all of them read the same', async () => {
    await send(RegisterCustomer, ada);
    await store.erase(customerId, '2026-06-15T08:05:00Z');
    await send(ConversationMessageRecorded, { ...line, text: '[erased]' });
    expect(json(await last('aika.events', bare))['payload']).toMatchObject({ text: '[erased]' });
  });

  it('holds a key in memory no longer than until the erasure comes by', async () => {
    await send(RegisterCustomer, ada);
    await store.erase(customerId, '2026-06-15T08:05:00Z');
    const type = PersonalDataErased.type;
    const payload = { customerId, erasedAt: '2026-06-15T08:05:00Z' };
    const value = JSON.stringify({ messageType: type, payload });
    await send(ConversationMessageRecorded, line);
    expectHidden(await last('aika.events', bare));
    await write({ topic: 'aika.events', value, headers: { [HEADER.type]: type } }, bare);
    await last('aika.events', log);
    await send(ConversationMessageRecorded, line);
    expect(json(await last('aika.events', bare))['payload']).toMatchObject({ text: '[erased]' });
  });

  it('does not open what was copied into another customer’s message, or is no sealed text at all', async () => {
    await send(ConversationMessageRecorded, line);
    const { text } = json(await last('aika.events', bare))['payload'] as { text: string };
    for (const stolen of [text, `${SEALED_PREFIX}t.Y3VzdC0y.AAAA`, `${text}x`]) {
      const value = {
        messageType: 'CONVERSATION_MESSAGE_RECORDED',
        payload: { ...line, customerId: 'cust-2', text: stolen },
      };
      await write({ topic: 'aika.events', key: customerId, value: JSON.stringify(value) }, bare);
      await keys.load(['cust-2'], true);
      expect(json(await last('aika.events', log))).toEqual(value);
    }
  });

  it('seals a text that only looks sealed as any other', async () => {
    const text = `${SEALED_PREFIX}t.Y3VzdC0x.AAAA`;
    await send(ConversationMessageRecorded, { ...line, text });
    expect(json(await last('aika.events', log))['payload']).toMatchObject({ text });
    expect(json(await last('aika.events', bare))['payload']).not.toMatchObject({ text });
  });

  it('sends in order, though one has to wait for its key', async () => {
    jest.spyOn(store, 'find').mockImplementationOnce(async (ids) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return new MemoryKeyStore().find(ids);
    });
    const writer = await log.createWriter();
    const first = JSON.stringify({ messageType: 'REGISTER_CUSTOMER', payload: ada });
    const base = { topic: 'aika.commands', partition: 0, key: customerId };
    await Promise.all([
      writer.send([{ ...base, value: first }]),
      writer.send([{ ...base, value: 'second' }]),
    ]);
    expect((await last('aika.commands', bare)).value?.toString()).toBe('second');
  });

  it('fails as a log that is away while keys cannot be had, and goes on after it', async () => {
    const find = jest.spyOn(store, 'find').mockRejectedValue(new Error('away'));
    const away = { name: 'LogError', code: 'UNAVAILABLE', retriable: true };
    const value = JSON.stringify({ messageType: 'REGISTER_CUSTOMER', payload: ada });
    await expect(write({ topic: 'aika.commands', value })).rejects.toMatchObject(away);
    const writer = await log.createTransactionalWriter({
      transactionalId: 't',
      transactionTimeoutMs: 10_000,
    });
    const transaction = await writer.begin();
    const record = { topic: 'aika.commands', partition: 0, key: customerId, value };
    await expect(transaction.send([record])).rejects.toMatchObject(away);
    await transaction.abort();
    find.mockRestore();
    await write({ topic: 'aika.commands', value });
    expectHidden(await last('aika.commands', bare));
  });
});
