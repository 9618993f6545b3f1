import { describe, expect, it } from '@jest/globals';
import type { DeadLetter, LetterOutcome, LetterSummary } from '@aika/messaging';
import { letterReport, listReport, outcomeReport, summaryReport } from './letter-report.js';

const summary: LetterSummary = {
  id: 'msg-0123456789abcdef0123456789abcdef',
  status: 'open',
  code: 'INVALID_PAYLOAD',
  agentId: 'claims-processing-agent',
  messageType: 'FILE_CLAIM',
  customerId: 'cust-1',
  messageId: 'msg-1',
  origin: { topic: 'aika.commands', partition: 1, offset: 7 },
  attempts: 1,
  at: '2026-01-02T03:04:05.678Z',
  recordedAt: '2026-01-02T03:04:05.000Z',
  bytes: 11,
  position: { partition: 1, offset: 0 },
};
const violation = { path: '/payload/cause', expected: 'one of HAIL, FIRE', found: 'string of 7 characters' };
const letter: DeadLetter = {
  ...summary,
  causes: [
    { name: 'ContractError', code: 'INVALID_PAYLOAD', message: 'It breaks.', violations: [violation] },
  ],
  key: Buffer.from('cust-1'),
  body: Buffer.from('the body'),
  headers: { 'aika-type': Buffer.from('FILE_CLAIM') },
};

describe('what aika dlq prints', () => {
  it('is a table of at most 120 columns, however long names are', () => {
    const long: LetterSummary = {
      ...summary,
      status: 'redriven',
      code: 'C'.repeat(80),
      agentId: 'a'.repeat(80),
      messageType: 'T'.repeat(100),
      customerId: 'c'.repeat(100),
    };
    const lines = listReport({ letters: [summary, long], matching: 12 }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines[1]).toMatch(
      /^msg-01234567 {2}2026-01-02 03:04 {2}open +INVALID_PAYLOAD +claims +FILE_CLAIM +cust-1$/,
    );
    expect(lines[3]).toBe('2 of 12 letters');
    expect(listReport({ letters: [], matching: 0 })).toBe('No dead letters match.\n');
  });

  it('names why with every broken rule, and keeps the body back unless it is asked for', () => {
    const report = letterReport({ letter, returnedAs: [] }, false);
    expect(report).toContain('aika.commands/1@7');
    expect(report).toContain('  ContractError INVALID_PAYLOAD: It breaks.');
    expect(report).toContain('/payload/cause: expected one of HAIL, FIRE, found string of 7 characters');
    expect(report).toContain('  aika-type: FILE_CLAIM');
    expect(report).not.toContain('the body');
    expect(letterReport({ letter, returnedAs: [] }, true)).toContain('the body');
  });

  it('tells what was done, and what a letter came back as', () => {
    const resolution = {
      action: 'edit',
      by: 'jo',
      at: '2026-01-03T00:00:00Z',
      newMessageId: 'msg-2',
    } as const;
    const done: DeadLetter = { ...letter, status: 'redriven', resolution };
    const report = letterReport({ letter: done, returnedAs: ['msg-next'] }, false);
    expect(report).toContain('redriven (edit by jo at 2026-01-03T00:00:00Z)');
    expect(report).toMatch(/sent as +msg-2/);
    expect(report).toMatch(/came back +msg-next/);
  });

  it('counts what became of letters, and says so when nothing was written', () => {
    const { id } = summary;
    const sent: LetterOutcome = {
      kind: 'sent',
      id,
      newMessageId: 'msg-2',
      topic: 'aika.commands',
      partition: 1,
      letter: summary,
    };
    const refused: LetterOutcome = {
      kind: 'refused',
      id,
      code: 'INVALID_PAYLOAD',
      detail: 'long',
      violations: [violation],
    };
    expect(outcomeReport(sent, false)).toBe('msg-01234567  sent to aika.commands/1 as msg-2');
    expect(outcomeReport(sent, true)).toContain('would be sent');
    expect(outcomeReport(refused, false).split('\n')).toEqual([
      'msg-01234567  refused, INVALID_PAYLOAD: it breaks its contract',
      '    /payload/cause: expected one of HAIL, FIRE, found string of 7 characters',
    ]);
    expect(summaryReport([sent, sent, refused], false)).toBe('2 sent, 1 refused.');
    expect(summaryReport([sent], true)).toBe('1 would be sent. Dry run: nothing was written.');
    expect(summaryReport([], false)).toBe('No dead letters match.');
  });
});
