import { firstHead, headAfter, makeSeal, newKeyPair, type Seal, signingKey, writeSeal } from '@aika/audit';
import { describe, expect, it } from '@jest/globals';
import type { CommittedRecord } from '@aika/testing';
import { isClean } from '../verdict.js';
import { judgeLines, judgeSeals, judgeVerification, type SealedTrail } from './seals-verdict.js';

const TOPIC = 'aika.audit';
const key = signingKey(newKeyPair().privateKey);

const onTopic = (topic: string, offset: number, value: string): CommittedRecord => ({
  ...{ topic, partition: 2, offset, timestamp: 1_000 + offset, key: 'cust-1', value },
  ...{ headers: [], base64: [] },
});

function line(offset: number, command?: string): CommittedRecord {
  const payload = {
    kind: command === undefined ? 'decision' : 'command',
    messageId: command ?? 'msg-decided',
  };
  return onTopic(TOPIC, offset, JSON.stringify({ messageId: `line-${offset}`, payload }));
}

/** Two lines a seal, with a marker of a transaction behind each two. */
const RECORDS = [0, 1, 3, 4, 6, 7].map((offset) => line(offset));

function sealsOf(records: readonly CommittedRecord[]): readonly Seal[] {
  let head = firstHead(TOPIC, 2, 0);
  return [0, 2, 4].map((from) => {
    const group = records.slice(from, from + 2).map(({ value, key: owner, ...record }) => ({
      ...record,
      ...{ key: Buffer.from(owner ?? ''), value: Buffer.from(value ?? ''), headers: {} },
    }));
    const seal = makeSeal(head, group, {
      ...{ key, sealer: 'one', sealedAt: '2026-03-02T09:00:00Z', retentionMs: null },
    });
    head = headAfter(seal);
    return seal;
  });
}

const TEXTS = sealsOf(RECORDS).map(writeSeal);
const [first = '', second = '', third = ''] = TEXTS;

function trail(texts: readonly string[], copies: readonly string[] = texts): SealedTrail {
  return {
    records: RECORDS,
    seals: texts.map((text, n) => onTopic(`${TOPIC}.seals`, n, text)),
    copies: new Map([[2, copies.map((text, n) => ({ position: `row ${n}`, text }))]]),
  };
}

describe('seals of a trail', () => {
  it('are clean where each record is in one, in both places', () => {
    expect(isClean(judgeSeals(trail(TEXTS)))).toBe(true);
  });

  it('are lost where one is missing, with the records of its range', () => {
    expect(judgeSeals(trail([first, third]))).toMatchObject({
      lost: ['seal 2/1', 'record 2/3 is not sealed', 'record 2/4 is not sealed'],
      divergent: ['seal 2/2 begins at 5, and the one before it ends at 2'],
    });
  });

  it('are lost where nobody has sealed the end', () => {
    expect(judgeSeals(trail([first, second])).lost).toEqual([
      'record 2/6 is not sealed',
      'record 2/7 is not sealed',
    ]);
  });

  it('are doubled where one stands twice, with the records of its range', () => {
    expect(judgeSeals(trail([first, second, second, third], TEXTS)).doubled).toEqual([
      'seal 2/1',
      'record 2/3 is in 2 seals',
      'record 2/4 is in 2 seals',
    ]);
  });

  it('diverge where two sealers have gone on from one seal', () => {
    const fork = JSON.stringify({ ...(JSON.parse(second) as Seal), sealer: 'two' });
    expect(judgeSeals(trail([first, second, fork, third], TEXTS)).doubled).toContain('seal 2/1');
    expect(judgeSeals(trail([first, second, fork, third], TEXTS)).lost).toEqual([
      'seal 2/1 in the second place',
    ]);
  });

  it('are reordered where a later one stands before an earlier one', () => {
    expect(judgeSeals(trail([first, third, second])).reordered).toEqual(['seal 2/1']);
  });

  it('diverge where the places differ', () => {
    const rewritten = second.replace('"count":2', '"count":1');
    expect(judgeSeals(trail(TEXTS, [first, rewritten, third]))).toMatchObject({
      lost: ['seal 2/1 in the second place'],
      divergent: ['partition 2, row 1 of the second place is not on the topic'],
    });
    expect(judgeSeals(trail([first, second], TEXTS)).divergent).toEqual([
      'partition 2, row 2 of the second place is not on the topic',
    ]);
  });

  it('diverge where something is no seal', () => {
    expect(judgeSeals(trail([...TEXTS, '{}'], TEXTS)).divergent).toEqual(['partition 2: 1 are no seals']);
  });

  it('diverge where only the second place knows the partition', () => {
    const copies = new Map([[3, [{ position: 'row 0', text: first }]]]);
    expect(
      judgeSeals({ ...trail(TEXTS), copies: new Map([...trail(TEXTS).copies, ...copies]) }).divergent,
    ).toEqual(['partition 3, row 0 of the second place is not on the topic']);
  });
});

describe('lines of commands', () => {
  const records = [line(0, 'msg-1'), line(1, 'msg-2'), line(2)];

  it('are clean where each command has one', () => {
    expect(isClean(judgeLines(['msg-1', 'msg-2'], records))).toBe(true);
  });

  it('are lost without one, and not found in the line of a decision', () => {
    expect(judgeLines(['msg-1', 'msg-3', 'msg-decided'], records).lost).toEqual([
      'line of command msg-3',
      'line of command msg-decided',
    ]);
  });

  it('are doubled where a command has two, or a line stands twice', () => {
    expect(judgeLines(['msg-1'], [...records, line(7, 'msg-1')]).doubled).toEqual(['line of command msg-1']);
    expect(judgeLines(['msg-1'], [...records, line(2)]).doubled).toEqual(['line line-2']);
  });
});

describe('what aika audit verify has said', () => {
  const report = {
    ...{ partition: 2, seals: 3, verified: 6, unsealed: 0, expired: 0, sealedTo: 8, notCopied: 0 },
    ...{ keyIds: [key.id], findings: [] },
  };

  it('is clean where all is as it was sealed', () => {
    expect(isClean(judgeVerification({ code: 0, reports: [report] }, 6))).toBe(true);
  });

  it.each([
    ['unsealed', { unsealed: 2 }, 'lost', '2 records are unsealed'],
    ['notCopied', { notCopied: 1 }, 'lost', '1 seals are not in the second place'],
    ['verified', { verified: 5 }, 'divergent', '5 records are verified, 6 are there'],
  ] as const)('is not where its count of %s is not', (_, change, list, said) => {
    const verdict = judgeVerification({ code: 0, reports: [{ ...report, ...change }] }, 6);
    expect(verdict[list]).toEqual([said]);
  });

  it('is not where it has found something, or could not verify', () => {
    const finding = {
      kind: 'CHANGED',
      place: 'records',
      partition: 2,
      offset: 3,
      detail: 'another record',
    } as const;
    const found = judgeVerification({ code: 1, reports: [{ ...report, findings: [finding] }] }, 6);
    expect(found.divergent).toEqual(['partition 2, offset 3: CHANGED, another record']);
    expect(judgeVerification({ code: 2, reports: [report] }, 6).divergent).toEqual([
      'aika audit verify ended with 2',
    ]);
  });
});
