import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../ports/index.js';
import { deadLetter } from '../runtime/dead-letter.js';
import { catalogue, COUNTER } from '../runtime/suite/counter-agent.fixtures.js';
import { LETTER_HEADER } from './letter.js';
import { fullLetter, readLetterRecord } from './letter-reader.js';

const original: LogRecord = {
  topic: 'ns.commands',
  partition: 2,
  offset: 9,
  key: Buffer.from('jane@example.com'),
  value: Buffer.from('not json'),
  headers: { own: Buffer.from([0xff]) },
  timestamp: Date.parse('2026-01-01T00:00:00Z'),
};

/** As an agent writes it and the topic gives it back. */
function onTopic(record: LogRecord): LogRecord {
  const origin = { namespace: 'ns', agentId: COUNTER, partition: 2, attempts: 3, at: '2026-01-02T00:00:00Z' };
  const { headers = {}, key, value } = deadLetter(record, new Error('why', { cause: 7 }), origin);
  const buffers = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)] as const);
  return {
    topic: 'ns.dlq',
    partition: 2,
    offset: 5,
    key: key as Buffer | null,
    value: value as Buffer | null,
    headers: Object.fromEntries(buffers),
    timestamp: 0,
  };
}

function read(record: LogRecord) {
  const found = readLetterRecord(record, catalogue);
  if (found.kind !== 'letter') throw new Error('no letter');
  return found.letter;
}

describe('a record of the dead letters', () => {
  it('gives back what the agent wrote, with the original headers apart', () => {
    const record = onTopic(original);
    const summary = read(record);
    expect(summary).toMatchObject({
      code: 'HANDLER_FAILED',
      agentId: COUNTER,
      origin: { topic: 'ns.commands', partition: 2, offset: 9 },
      attempts: 3,
      at: '2026-01-02T00:00:00Z',
      recordedAt: '2026-01-01T00:00:00.000Z',
      bytes: 8,
      position: { partition: 2, offset: 5 },
    });
    const { headers, body, key, causes } = fullLetter(summary, record);
    expect({ headers, body, key }).toEqual({
      headers: original.headers,
      body: original.value,
      key: original.key,
    });
    expect(causes.map(({ name }) => name)).toEqual(['Error', 'number']);
  });

  it('shows as type and customer only what looks like one, never texts of a sender', () => {
    expect(read(onTopic(original))).not.toHaveProperty('customerId');
    const value = Buffer.from(JSON.stringify({ messageType: 'please help me', payload: 'Jane Doe' }));
    expect(read(onTopic({ ...original, value }))).not.toHaveProperty('messageType');
  });

  it('takes the customer from the payload, in either spelling, before the key', () => {
    const value = Buffer.from(JSON.stringify({ message_type: 'ADD', payload: { customer_id: 'c-9' } }));
    const record = onTopic({ ...original, key: Buffer.from('key-1'), value });
    expect(read(record)).toMatchObject({ messageType: 'ADD', customerId: 'c-9' });
    expect(read(onTopic({ ...original, key: Buffer.from('key-1') }))).toMatchObject({ customerId: 'key-1' });
  });

  it.each([
    ['null', null],
    ['a number', Buffer.from('7')],
    ['a list', Buffer.from('[1]')],
    ['a payload of nothing', Buffer.from('{"messageType":"ADD","payload":null}')],
  ])('with a body that is %s is a letter all the same', (_, value) => {
    expect(read({ ...onTopic(original), value, headers: {} })).toMatchObject({
      id: expect.stringMatching(/^msg-[0-9a-f]{32}$/),
      status: 'open',
      code: 'UNKNOWN',
      agentId: 'unknown',
      attempts: 0,
    });
  });

  it('with a time that is none is read', () => {
    expect(read({ ...onTopic(original), headers: {}, timestamp: -9e15 }).at).toBe('1970-01-01T00:00:00.000Z');
  });

  it('that resolves a letter is no letter', () => {
    const resolution = { action: 'edit', by: 'jo', at: '2026-01-03T00:00:00Z', newMessageId: 'msg-2' };
    const record = {
      ...onTopic(original),
      headers: { [LETTER_HEADER.resolves]: Buffer.from('msg-1') },
      value: Buffer.from(JSON.stringify(resolution)),
    };
    expect(readLetterRecord(record, catalogue)).toEqual({
      kind: 'resolution',
      letterId: 'msg-1',
      resolution,
    });
  });
});
