import { describe, expect, it } from '@jest/globals';
import { HEADER, type Stage } from '@aika/contracts';
import { defineAgent } from '../agent/index.js';
import { type LogRecord, UNREADABLE_HEADER } from '../ports/index.js';
import { RecordIntake } from './record-intake.js';
import { Added, catalogue, Confirmed, counterAgent } from './suite/counter-agent.fixtures.js';

const INBOX = 'test.agent.policy';

function intakeOf(stages?: readonly Stage[]): RecordIntake {
  const subscriber = { id: 'observing-agent', inbox: 'agent.policy', handles: [Added, Confirmed], emits: [] };
  const agent = defineAgent({ ...subscriber, ...(stages ? { stages } : {}) });
  return new RecordIntake({
    agent,
    namespace: 'test',
    catalogue,
    maxRecordBytes: 10_000,
    partitionCount: () => 1,
  });
}

function record(value: string, headers: Readonly<Record<string, string>> = {}, topic = INBOX): LogRecord {
  const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)] as const);
  return {
    ...{ topic, partition: 0, offset: 0, key: null, timestamp: Date.parse('2026-06-15T10:00:00Z') },
    value: Buffer.from(value),
    headers: Object.fromEntries(bytes),
  };
}

const message = (messageType: string, payload: object): string =>
  JSON.stringify({ messageType, payload: { customerId: 'c-1', amount: 1, ...payload } });

describe('an agent that asks for stages', () => {
  const intake = intakeOf(['decision']);

  it('passes over other stages by the header, without parsing', () => {
    expect(intake.take(record('no JSON', { [HEADER.stage]: 'settlement' })).kind).toBe('skip');
    // The same bytes without the header, or of its stage, are read, and refused.
    expect(intake.take(record('no JSON')).kind).toBe('reject');
    expect(intake.take(record('no JSON', { [HEADER.stage]: 'decision' })).kind).toBe('reject');
  });

  it('goes by the type where there is no header, or one that names no stage', () => {
    expect(intake.take(record(message('CONFIRMED', {}))).kind).toBe('skip');
    expect(intake.take(record(message('ADDED', { total: 1 }))).kind).toBe('handle');
    expect(intake.take(record(message('ADDED', { total: 1 }), { [HEADER.stage]: 'moon' })).kind).toBe(
      'handle',
    );
  });

  it('takes all of them when it asks for none', () => {
    expect(intakeOf().take(record(message('CONFIRMED', {}))).kind).toBe('handle');
  });

  it('cannot leave out the stage of a command that it handles', () => {
    expect(() => defineAgent({ ...counterAgent, stages: ['decision'] })).toThrow(
      'which its stages leave out',
    );
  });
});

describe('a batch that cannot be read', () => {
  const batch = (topic: string) => record('bytes', { [UNREADABLE_HEADER]: '3 records: codec 7' }, topic);
  const steward = new RecordIntake({
    ...{ namespace: 'test', catalogue, maxRecordBytes: 10_000, partitionCount: () => 1 },
    agent: defineAgent({ ...counterAgent, steward: true }),
  });

  it('is for the owner of the inbox, and elsewhere for the steward, to give up with its reason', () => {
    const refused = intakeOf().take(batch(INBOX));
    expect(refused).toMatchObject({ kind: 'reject', error: { code: 'UNREADABLE_BATCH' } });
    expect(refused.kind === 'reject' && refused.error.message).toContain('3 records: codec 7');
    expect(intakeOf().take(batch('test.commands')).kind).toBe('skip');
    expect(steward.take(batch('test.commands.high')).kind).toBe('reject');
    expect(steward.take(batch('test.events')).kind).toBe('reject');
  });
});

describe('what is unreadable in the HIGH lane of an inbox', () => {
  it('is for the owner of the inbox to refuse', () => {
    expect(intakeOf().take(record('no JSON', {}, `${INBOX}.high`)).kind).toBe('reject');
    expect(intakeOf().take(record('no JSON', {}, 'test.events.high')).kind).toBe('skip');
  });
});
