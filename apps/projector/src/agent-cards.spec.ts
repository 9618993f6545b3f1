import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '@aika/messaging';
import { cardChangeOf } from './agent-cards.js';

const record = (key: string, value: unknown): LogRecord => ({
  topic: 'aika.agents',
  partition: 0,
  offset: 4,
  key: Buffer.from(key),
  value: value === null ? null : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  headers: {},
  timestamp: 0,
});

const card = {
  handles: ['FILE_CLAIM'],
  emits: [],
  partitions: [0, 1],
  generation: 3,
  at: '2026-03-02T09:00:00Z',
};

describe('a card of the live directory', () => {
  it('says what an instance does and whose messages wait', () => {
    const oldest = [
      {
        customerId: 'cust-1',
        since: '2026-03-02T08:00:00Z',
        nextTry: '2026-03-02T09:01:00Z',
        attempts: 3,
        waiting: 2,
        code: 'HANDLER_FAILED',
        reason: 'no table',
      },
    ];
    const change = cardChangeOf(
      record('claims/host-3101', { ...card, parked: { keys: 5, messages: 9, oldest } }),
    );
    expect(change?.card?.row).toMatchObject({ agent_id: 'claims', instance_id: 'host-3101', parked_keys: 5 });
    expect(change?.card?.parked).toMatchObject([{ customer_id: 'cust-1', waiting: 2 }]);
  });

  it('is taken back by a tombstone, and by what is no card', () => {
    const gone = { agentId: 'claims', instanceId: 'host-3101', card: undefined };
    expect(cardChangeOf(record('claims/host-3101', null))).toEqual(gone);
    expect(cardChangeOf(record('claims/host-3101', 'no json'))).toEqual(gone);
    expect(cardChangeOf(record('claims/host-3101', { ...card, at: 'today' }))).toEqual(gone);
  });

  it('is nobody’s where the key names no instance', () => {
    expect(cardChangeOf(record('claims', card))).toBeUndefined();
  });
});
