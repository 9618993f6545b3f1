import { describe, expect, it } from '@jest/globals';
import type { AuditLine, Finding, PartitionReport } from '@aika/audit';
import { partitionOf, searchOf } from './audit-flags.js';
import { findingLine, searchReport, verifyReport } from './audit-report.js';

const clean: PartitionReport = {
  ...{ partition: 2, seals: 6, verified: 54, unsealed: 1, expired: 0, sealedTo: 59, notCopied: 0 },
  keyIds: ['0123456789abcdef'],
  findings: [],
};
const changed: Finding = {
  kind: 'CHANGED',
  place: 'records',
  partition: 2,
  offset: 23,
  detail: 'another record stands here than was sealed',
};

describe('the report of a verification', () => {
  it('says that the trail is as it was sealed, and by which key', () => {
    const text = verifyReport([clean], true);
    expect(text).toContain('The trail is as it was sealed: 54 records.');
    expect(text).toContain('signed with key 0123456789abcdef');
    expect(text).not.toContain('second place');
  });

  it('names each finding with its place, and never says that all is well', () => {
    const text = verifyReport([{ ...clean, findings: [changed] }], true);
    expect(text).toContain('partition 2, offset 23: CHANGED, another record stands here than was sealed');
    expect(text).toContain('not as it was sealed: 1 findings');
  });

  it('says what it could not look at', () => {
    expect(verifyReport([clean], false)).toContain('without a second place');
    expect(verifyReport([{ ...clean, notCopied: 2 }], true)).toContain(
      '2 seals are not in the second place yet',
    );
    expect(verifyReport([{ ...clean, seals: 0 }], true)).toContain('Nothing is sealed yet');
  });

  it('tells ranges, seals and places apart', () => {
    const range = {
      kind: 'CUT',
      place: 'records',
      partition: 0,
      offset: 40,
      until: 59,
      count: 18,
      detail: 'ends',
    } as const;
    expect(findingLine(range)).toBe('partition 0, offsets 40 to 58: CUT (18), ends');
    const seal = {
      kind: 'SEAL_MISSING',
      place: 'second-place',
      partition: 0,
      sequence: 4,
      detail: 'gone',
    } as const;
    expect(findingLine(seal)).toBe('partition 0, second place, seal 4: SEAL_MISSING, gone');
    const moved = { ...changed, kind: 'REORDERED', sealedAt: 7 } as const;
    expect(findingLine(moved)).toMatch(/^partition 2, offset 23, sealed at 7: REORDERED/);
  });
});

describe('a search', () => {
  const flags = { limit: '10' };

  it('takes times as they are or as ago', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    expect(searchOf({ ...flags, from: '1h', to: '2026-03-02T09:30:00Z' }, now).filter).toMatchObject({
      fromMs: now - 3_600_000,
      untilMs: now - 1_800_000,
    });
  });

  it.each([
    ['--kind', { kind: 'gossip' }],
    ['--from', { from: 'soon' }],
    ['--limit', { limit: '0' }],
  ])('names a wrong %s', (name, wrong) => {
    expect(() => searchOf({ ...flags, ...wrong }, 0)).toThrow(name);
  });

  it('shows who did what, when, and whether it was refused', () => {
    const line: AuditLine = {
      customerId: 'none',
      action: 'LOGIN',
      messageId: 'req-1',
      actor: 'jo',
      at: '2026-03-02T09:00:00Z',
      kind: 'login',
      outcome: 'refused',
      recordedAt: '2026-03-02T09:00:00.000Z',
      partition: 0,
      offset: 1,
    };
    expect(searchReport([line])).toContain('2026-03-02 09:00:00  login  LOGIN (refused)  jo');
    expect(searchReport([])).toBe('No lines match.\n');
  });

  it('of one partition names a wrong number', () => {
    expect(partitionOf('3')).toBe(3);
    expect(() => partitionOf('all')).toThrow('--partition');
  });
});
