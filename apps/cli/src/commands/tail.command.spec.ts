import { describe, expect, it } from '@jest/globals';
import { catalogue, MASKED, RegisterCustomer } from '@aika/contracts';
import type { JournalEntry } from '../journal/message-journal.js';
import { masked, matches } from './tail.command.js';

const entryOf = (type: string): Pick<JournalEntry, 'envelope' | 'stage'> => {
  const definition = catalogue.get(type);
  if (!definition) throw new Error(`${type} is not in the catalogue.`);
  const payload = definition.example as Record<string, unknown>;
  const envelope = {
    ...{ messageId: 'msg-1', timestamp: '2026-06-15T10:00:00Z', sourceAgentId: 'test', targetAgentId: null },
    ...{ messageType: type, priority: 'NORMAL' as const, schemaVersion: definition.version },
    payload,
    metadata: { conversationId: 'conv-1' },
  };
  return { envelope, stage: definition.stage };
};

describe('a tail', () => {
  it('shows the messages of one stage, whatever their type', () => {
    const shown = ['CLAIM_FILED', 'CLAIM_APPROVED', 'CLAIM_DENIED', 'CLAIM_PAID'].filter((type) =>
      matches(entryOf(type), { stage: 'decision' }),
    );
    expect(shown).toEqual(['CLAIM_APPROVED', 'CLAIM_DENIED']);
  });

  it('shows what fits all that was asked for', () => {
    const flags = { stage: 'decision', type: 'CLAIM_APPROVED', conversation: 'conv-1' };
    expect(matches(entryOf('CLAIM_APPROVED'), flags)).toBe(true);
    expect(matches(entryOf('CLAIM_APPROVED'), { ...flags, stage: 'intake' })).toBe(false);
    expect(matches(entryOf('CLAIM_APPROVED'), {})).toBe(true);
  });

  it('shows nothing that a contract marks personal, unless it is asked for', () => {
    const entry = entryOf('REGISTER_CUSTOMER');
    const { payload } = masked(entry).envelope;
    expect(payload).toMatchObject({ customerId: RegisterCustomer.example.customerId, fullName: MASKED });
    expect(entry.envelope.payload['fullName']).toBe(RegisterCustomer.example.fullName);
  });

  it('shows of a message that no contract describes which fields it has', () => {
    const entry = entryOf('REGISTER_CUSTOMER');
    const strange = { ...entry, envelope: { ...entry.envelope, messageType: 'RIDDLE', payload: { a: 1 } } };
    expect(masked(strange).envelope.payload).toEqual({ a: MASKED });
  });
});
