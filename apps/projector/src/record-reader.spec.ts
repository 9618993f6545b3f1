import { describe, expect, it } from '@jest/globals';
import {
  catalogue,
  ClaimFiled,
  ConversationMessageRecorded,
  FileClaim,
  messageHeaders,
  type MessageDefinition,
  writeMessage,
} from '@aika/contracts';
import { FORWARDED_HEADER, type LogRecord } from '@aika/messaging';
import { noChanges, RecordReader } from './record-reader.js';

const reader = new RecordReader({ catalogue, namespace: 'aika' });

function record(definition: MessageDefinition, topic: string, change: Partial<LogRecord> = {}): LogRecord {
  const envelope = {
    messageId: 'msg-1',
    timestamp: '2026-03-02T09:00:00Z',
    sourceAgentId: 'somebody',
    targetAgentId: null,
    messageType: definition.type,
    priority: 'NORMAL' as const,
    schemaVersion: definition.version,
    payload: definition.example,
    metadata: { correlationId: 'msg-0' },
  };
  const headers = Object.entries(messageHeaders(envelope, definition));
  return {
    topic,
    partition: 2,
    offset: 7,
    key: Buffer.from('cust-1001'),
    value: Buffer.from(writeMessage(envelope)),
    headers: Object.fromEntries(headers.map(([name, value]) => [name, Buffer.from(value)])),
    timestamp: Date.UTC(2026, 2, 2, 9),
    ...change,
  };
}

function read(...records: readonly LogRecord[]) {
  const changes = noChanges();
  for (const one of records) reader.read(one, one.timestamp, changes);
  return changes;
}

describe('the record reader', () => {
  it('takes an event with its place, its entities and what caused it', () => {
    const { events } = read(record(ClaimFiled, 'aika.events'));
    expect(events.map(({ row }) => row)).toEqual([
      expect.objectContaining({
        message_id: 'msg-1',
        claim_id: 'clm-5001',
        policy_id: 'pol-4001',
        customer_id: 'cust-1001',
        correlation_id: 'msg-0',
        topic: 'aika.events',
        partition: 2,
        record_offset: 7,
        order_key: '01772442000000/aika.events/00002/0000000000000007',
      }),
    ]);
  });

  it('takes a command of people without its payload, and none of the topics of agents', () => {
    const changes = read(record(FileClaim, 'aika.commands'), record(FileClaim, 'aika.agent.claims'));
    expect(changes.commands).toEqual([
      expect.objectContaining({ type: 'FILE_CLAIM', customer_id: 'cust-1001' }),
    ]);
    expect(JSON.stringify(changes.commands)).not.toContain('dented');
  });

  it('passes over a forwarded copy: the original is read too', () => {
    const copy = record(ClaimFiled, 'aika.events');
    const headers = { ...copy.headers, [FORWARDED_HEADER]: Buffer.from('aika.events/0/3') };
    expect(read({ ...copy, headers })).toEqual(noChanges());
  });

  it('passes over what is no message, a tombstone, and an event where commands belong', () => {
    const records = [
      record(ClaimFiled, 'aika.events', { value: Buffer.from('no json') }),
      record(ClaimFiled, 'aika.events', { value: null }),
      record(ClaimFiled, 'aika.commands'),
      record(FileClaim, 'aika.events'),
    ];
    expect(read(...records)).toEqual(noChanges());
  });

  it('keeps what was said in a conversation out of the history', () => {
    const { events } = read(record(ConversationMessageRecorded, 'aika.events'));
    expect(events[0]?.payload).toHaveProperty('text');
    expect(events[0]?.row.payload).not.toHaveProperty('text');
  });
});
