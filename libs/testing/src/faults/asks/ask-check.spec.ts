import { describe, expect, it } from '@jest/globals';
import type { CommittedRecord } from '../java/committed-reader.js';
import { type ExpectedAsk, faultsOfAsks } from './ask-check.js';

const ASKS: readonly ExpectedAsk[] = [
  { id: 'o-1', customerId: 'c-1', outcome: 'sold_out' },
  { id: 'o-2', customerId: 'c-1', outcome: 'timed-out' },
  { id: 'o-3', customerId: 'c-1', outcome: 'replied' },
];

function record(messageType: string, payload: object, metadata: object = {}): CommittedRecord {
  const messageId = `${messageType}-${JSON.stringify(metadata)}`;
  const value = JSON.stringify({ messageId, messageType, payload, metadata });
  return { topic: 't', partition: 0, offset: 0, timestamp: 0, key: 'c-1', value, headers: [], base64: [] };
}
const question = (id: string): CommittedRecord => record('CHECK_STOCK', {}, { causationId: id });
const questionId = (id: string): string => `CHECK_STOCK-${JSON.stringify({ causationId: id })}`;
const reply = (id: string, count: number): CommittedRecord =>
  record('STOCK_CHECKED', { customerId: 'c-1', count }, { requestId: questionId(id) });
const end = (orderId: string, outcome: string, count: number): CommittedRecord =>
  record('ORDER_ENDED', { customerId: 'c-1', orderId, outcome, count });

const RIGHT = [
  ...['o-1', 'o-2', 'o-3'].map(question),
  record('COMMAND_REJECTED', { commandId: questionId('o-1') }),
  reply('o-3', 3),
  end('o-1', 'sold_out', 1),
  end('o-3', 'replied', 2),
  end('o-2', 'timed-out', 3),
];
const without = (n: number): readonly CommittedRecord[] => RIGHT.filter((_, index) => index !== n);

describe('the check of asks', () => {
  it('finds nothing where each ask has one question, one reply and one outcome', () => {
    expect(faultsOfAsks(ASKS, RIGHT)).toEqual([]);
  });

  it.each([
    ['a lost question', without(2), /0 × question of o-3/],
    ['a question that was put twice', [...RIGHT, question('o-2')], /2 × question of o-2/],
    ['a lost reply', without(4), /0 × reply to .*o-3/],
    ['a second reply', [...RIGHT, reply('o-3', 4)], /2 × reply to .*o-3/],
    ['a reply that nobody gives', [...RIGHT, reply('o-2', 2)], /1 replies to .*o-2/],
    ['a lost outcome', without(7), /0 × outcome of o-2/],
    ['a second outcome', [...RIGHT, end('o-3', 'timed-out', 4)], /2 × outcome of o-3/],
    ['another outcome', [...without(6), end('o-3', 'timed-out', 2)], /o-3 ended with timed-out, not replied/],
    ['an answer that the asker counted twice', [...without(7), end('o-2', 'timed-out', 4)], /1, 2, 4/],
    ['a question that was counted twice', [...without(4), reply('o-3', 4)], /counted 4, not 3/],
  ])('finds %s', (_what, records, found) => {
    expect(faultsOfAsks(ASKS, records).join('\n')).toMatch(found);
  });
});
