import { describe, expect, it } from '@jest/globals';
import { AuditRecorded, type AuditRecordedPayload, validatePayload } from '@aika/contracts';
import type { Connection } from '../commands/connection.js';
import { noteReading, readingLine } from './acting.js';

const AT = '2026-03-02T09:00:00Z';

describe('what a command tells of people', () => {
  it('is a line of the audit trail with who, whose and how', () => {
    const line = readingLine({ by: 'jo', operation: 'person export', customerId: 'cust-1001' }, AT);
    expect(line).toMatchObject({
      ...{ customerId: 'cust-1001', action: 'READ_PERSONAL_DATA', kind: 'reading', actor: 'jo', at: AT },
      details: { operation: 'aika person export' },
    });
    expect(line).not.toHaveProperty('object');
    expect(validatePayload(AuditRecorded, line)).toEqual([]);
  });

  it('is nobody’s in particular where no customer is asked for', () => {
    const line = readingLine({ by: 'jo', operation: 'replay', object: 'claims' }, AT);
    expect(line).toMatchObject({ customerId: 'none', object: 'claims' });
    expect(validatePayload(AuditRecorded, line)).toEqual([]);
  });

  it('is not told when it cannot be noted', async () => {
    const gone = new Error('the log is away');
    const sender = { send: () => Promise.reject(gone) };
    const connection = { sender: () => Promise.resolve(sender) } as unknown as Connection;
    await expect(noteReading(connection, { by: 'jo', operation: 'tail' })).rejects.toBe(gone);
  });

  it('is sent before it is told', async () => {
    const sent: AuditRecordedPayload[] = [];
    const sender = { send: (_: unknown, line: AuditRecordedPayload) => Promise.resolve(sent.push(line)) };
    const connection = { sender: () => Promise.resolve(sender) } as unknown as Connection;
    await noteReading(connection, { by: 'jo', operation: 'tail' });
    expect(sent).toHaveLength(1);
  });
});
