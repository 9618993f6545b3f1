import { describe, expect, it } from '@jest/globals';
import type { AgentCard, ParkedEntry } from '@aika/messaging';
import { agentOf, parkedReport, parkedRows } from './parked-keys.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

const entry = (customerId: string, since: string): ParkedEntry => ({
  customerId,
  since,
  nextTry: '2026-03-01T12:00:30.000Z',
  attempts: 2,
  waiting: 3,
  code: 'DOWN',
  reason: 'nobody there',
});

const card = (
  agentId: string,
  instanceId: string,
  at: string,
  oldest: readonly ParkedEntry[],
): AgentCard => ({
  agentId,
  instanceId,
  handles: [],
  emits: [],
  partitions: [0],
  generation: 1,
  at,
  parked: { keys: oldest.length, messages: 3 * oldest.length, oldest },
});

describe('parked customers', () => {
  it('are listed oldest first, with age and reason', () => {
    const rows = parkedRows([
      card('claims', '1', '2026-03-01T11:00:00Z', [entry('cust-b', '2026-03-01T11:58:30Z')]),
      card('risk', '1', '2026-03-01T11:00:00Z', [entry('cust-a', '2026-03-01T09:00:00Z')]),
    ]);
    expect(rows.map(({ customerId }) => customerId)).toEqual(['cust-a', 'cust-b']);
    const report = parkedReport(rows, NOW);
    expect(report).toMatch(/cust-a +risk +3 +2 +3 h +2026-03-01T12:00:30Z +DOWN: nobody there/);
    expect(report).toMatch(/cust-b +claims +3 +2 +90 s/);
  });

  it('are taken from the newest card where a partition has moved', () => {
    const rows = parkedRows([
      card('claims', '2', '2026-03-01T11:30:00Z', [entry('cust-a', '2026-03-01T11:00:00Z')]),
      card('claims', '1', '2026-03-01T11:00:00Z', [entry('cust-a', '2026-03-01T11:00:00Z')]),
    ]);
    expect(rows.map(({ instanceId }) => instanceId)).toEqual(['2']);
  });

  it('know their agent when there is one, and ask when there is none or several', () => {
    const rows = parkedRows([
      card('claims', '1', '2026-03-01T11:00:00Z', [
        entry('cust-a', '2026-03-01T11:00:00Z'),
        entry('cust-b', '2026-03-01T11:00:00Z'),
      ]),
      card('risk', '1', '2026-03-01T11:00:00Z', [entry('cust-b', '2026-03-01T11:00:00Z')]),
    ]);
    expect(agentOf(rows, 'cust-a')).toBe('claims');
    expect(() => agentOf(rows, 'cust-b')).toThrow('at claims and risk');
    expect(() => agentOf(rows, 'cust-c')).toThrow('at no agent');
  });

  it('may be none', () => {
    expect(parkedReport([], NOW)).toBe('Nothing is parked.');
  });
});
