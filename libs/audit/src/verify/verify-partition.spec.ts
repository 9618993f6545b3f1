import { describe, expect, it } from '@jest/globals';
import { readSeal, type Seal, sealBytes, writeSeal } from '../seal/seal.js';
import { trustedKeys } from '../keys/trusted-keys.js';
import type { Finding } from './finding.js';
import {
  anotherKey,
  at,
  DAY_MS,
  KEY,
  line,
  resealed,
  sealedTrail,
  type Trail,
  verify,
} from './trail.fixtures.js';

/** What is said of a trail that was changed by `tamper`; without a change the trail is clean. */
async function findingsAfter(tamper: (trail: Trail) => void): Promise<readonly Partial<Finding>[]> {
  const trail = sealedTrail();
  tamper(trail);
  const { findings } = await verify(trail);
  return findings.map(({ detail: _detail, partition, ...finding }) => {
    expect(partition).toBe(2);
    return finding;
  });
}

const without = <T>(items: readonly T[], index: number): T[] => items.filter((_, n) => n !== index);
const replaced = <T>(items: readonly T[], index: number, item: T): T[] =>
  items.map((old, n) => (n === index ? item : old));
const indexOf = ({ records }: Trail, offset: number): number =>
  records.findIndex((record) => record.offset === offset);

describe('a trail that nobody touched', () => {
  it('verifies clean, with markers between its records', async () => {
    expect(await verify(sealedTrail())).toEqual({
      ...{ partition: 2, seals: 6, verified: 54, unsealed: 0, expired: 0, sealedTo: 59, notCopied: 0 },
      keyIds: [KEY.id],
      findings: [],
    });
  });

  it('counts what came after the last seal as unsealed, and says nothing of it', async () => {
    const trail = sealedTrail();
    trail.records = [...trail.records, line(60), line(61)];
    expect(await verify(trail)).toMatchObject({ verified: 54, unsealed: 2, findings: [] });
  });

  it('may have seals that the second place does not have yet', async () => {
    const trail = sealedTrail();
    trail.copies = trail.seals.slice(0, 4);
    expect(await verify(trail)).toMatchObject({ notCopied: 2, findings: [] });
  });

  it('may have one seal twice in the second place, after a crash', async () => {
    const trail = sealedTrail();
    trail.copies = [...trail.seals.slice(0, 4), ...trail.seals.slice(3)];
    expect(await verify(trail)).toMatchObject({ verified: 54, findings: [] });
  });
});

describe('a record that was touched is found, with its offset', () => {
  it.each([
    ['its value', { value: Buffer.from('{}') }],
    ['its key', { key: Buffer.from('cust-8') }],
    ['its time', { timestamp: 0 }],
    ['a header', { headers: { type: Buffer.from('OTHER') } }],
    ['a tombstone for its value', { value: null }],
  ])('changed: %s', async (_what, change) => {
    const found = await findingsAfter((trail) => {
      const index = indexOf(trail, 23);
      trail.records = replaced(trail.records, index, { ...trail.records[index]!, ...change });
    });
    expect(found).toEqual([{ kind: 'CHANGED', place: 'records', offset: 23 }]);
  });

  it('dropped', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = without(trail.records, indexOf(trail, 23));
    });
    expect(found).toEqual([{ kind: 'DROPPED', place: 'records', offset: 23 }]);
  });

  it('dropped, with the log written anew so that the others move up: each is found where it now is', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = without(trail.records, indexOf(trail, 23)).map((record) =>
        record.offset > 23 ? at(record, record.offset - 1) : record,
      );
    });
    expect(found).toEqual([
      { kind: 'DROPPED', place: 'records', offset: 23 },
      { kind: 'SHIFTED', place: 'records', offset: 23, sealedAt: 24, until: 58, count: 32 },
    ]);
  });

  it('inserted where a marker stood', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = [...trail.records, line(29, 999)].sort((a, b) => a.offset - b.offset);
    });
    expect(found).toEqual([{ kind: 'INSERTED', place: 'records', offset: 29 }]);
  });

  it('inserted, with the log written anew so that the others move down', async () => {
    const found = await findingsAfter((trail) => {
      const moved = trail.records.map((record) =>
        record.offset >= 23 ? at(record, record.offset + 1) : record,
      );
      trail.records = [...moved, line(23, 999)].sort((a, b) => a.offset - b.offset);
      trail.log = { start: 0, end: 61, stableEnd: 61 };
    });
    expect(found).toEqual([
      { kind: 'INSERTED', place: 'records', offset: 23 },
      { kind: 'SHIFTED', place: 'records', offset: 24, sealedAt: 23, until: 60, count: 33 },
    ]);
  });

  it('reordered: two that changed places', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = trail.records.map((record) => {
        if (record.offset === 23) return at(line(34), 23);
        return record.offset === 34 ? at(line(23), 34) : record;
      });
    });
    expect(found).toEqual([
      { kind: 'REORDERED', place: 'records', offset: 23, sealedAt: 34 },
      { kind: 'REORDERED', place: 'records', offset: 34, sealedAt: 23 },
    ]);
  });

  it('reordered: two with others of the same seal between them, which stayed', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = trail.records.map((record) => {
        if (record.offset === 23) return at(line(26), 23);
        return record.offset === 26 ? at(line(23), 26) : record;
      });
    });
    expect(found).toEqual([
      { kind: 'REORDERED', place: 'records', offset: 23, sealedAt: 26 },
      { kind: 'REORDERED', place: 'records', offset: 26, sealedAt: 23 },
    ]);
  });

  it('reordered: two neighbours', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = trail.records.map((record) => {
        if (record.offset === 23) return at(line(24), 23);
        return record.offset === 24 ? at(line(23), 24) : record;
      });
    });
    expect(found).toEqual([
      { kind: 'REORDERED', place: 'records', offset: 23, sealedAt: 24 },
      { kind: 'REORDERED', place: 'records', offset: 24, sealedAt: 23 },
    ]);
  });

  it('reordered: one that was moved behind others', async () => {
    const found = await findingsAfter((trail) => {
      const order = [21, 22, 23, 24, 20];
      trail.records = trail.records.map((record) =>
        record.offset >= 20 && record.offset <= 24
          ? at(line(order[record.offset - 20]!), record.offset)
          : record,
      );
    });
    expect(found).toEqual([
      { kind: 'SHIFTED', place: 'records', offset: 20, sealedAt: 21, until: 24, count: 4 },
      { kind: 'REORDERED', place: 'records', offset: 24, sealedAt: 20 },
    ]);
  });

  it('cut at the end', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = trail.records.filter(({ offset }) => offset < 45);
      trail.log = { start: 0, end: 45, stableEnd: 45 };
    });
    expect(found).toEqual([{ kind: 'CUT', place: 'records', offset: 45, until: 59, count: 13 }]);
  });

  it('cut whole, with the topic made anew', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = [];
      trail.log = { start: 0, end: 0, stableEnd: 0 };
    });
    expect(found).toEqual([{ kind: 'CUT', place: 'records', offset: 0, until: 59, count: 54 }]);
  });

  it('cut at the start, where records are kept for ever', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = trail.records.filter(({ offset }) => offset >= 25);
      trail.log = { start: 25, end: 60, stableEnd: 60 };
    });
    expect(found).toEqual([{ kind: 'CUT_START', place: 'records', offset: 0, until: 25, count: 23 }]);
  });

  it('changed in the rest of a range that is partly gone', async () => {
    const found = await findingsAfter((trail) => {
      Object.assign(trail, sealedTrail({ retentionMs: 1 }));
      trail.records = trail.records.filter(({ offset }) => offset >= 25);
      trail.records = replaced(trail.records, 1, { ...trail.records[1]!, value: null });
      trail.log = { start: 25, end: 60, stableEnd: 60 };
    });
    expect(found).toEqual([{ kind: 'CHANGED', place: 'records', offset: 26 }]);
  });
});

describe('what retention deletes', () => {
  it('is expired and no finding, as long as the seals state such a retention', async () => {
    const trail = sealedTrail({ retentionMs: 30 * DAY_MS });
    trail.records = trail.records.filter(({ offset }) => offset >= 25);
    trail.log = { start: 25, end: 60, stableEnd: 60 };
    const later = Date.parse('2026-04-02T10:00:00Z');
    expect(await verify(trail, { nowMs: later })).toMatchObject({ expired: 23, verified: 31, findings: [] });
    const tooEarly = await verify(trail);
    expect(tooEarly.findings).toMatchObject([{ kind: 'CUT_START', offset: 0, until: 25 }]);
  });
});

describe('a seal that was touched is found, with its number', () => {
  const sealAt = (trail: Trail, n: number): Seal => readSeal(trail.seals[n]!)!;
  const both = (trail: Trail, seals: readonly string[]): void => {
    Object.assign(trail, { seals, copies: seals });
  };

  it('changed in both places, with the record that it covers', async () => {
    const found = await findingsAfter((trail) => {
      const forged = { ...sealAt(trail, 2), root: '0'.repeat(64) };
      both(trail, replaced(trail.seals, 2, writeSeal(forged)));
    });
    expect(found).toEqual(
      [0, 1].flatMap((place) => [
        {
          kind: 'SEAL_SIGNATURE_INVALID',
          place: ['seals', 'second-place'][place],
          sequence: 2,
          offset: 19,
          until: 29,
        },
        {
          kind: 'SEAL_CHAIN_BROKEN',
          place: ['seals', 'second-place'][place],
          sequence: 3,
          offset: 29,
          until: 39,
        },
      ]),
    );
  });

  it('changed in the topic alone: the records are held against the second place', async () => {
    const found = await findingsAfter((trail) => {
      trail.seals = replaced(trail.seals, 5, writeSeal({ ...sealAt(trail, 5), sealer: 'nobody' }));
      trail.records = without(trail.records, indexOf(trail, 55));
    });
    expect(found).toEqual([
      { kind: 'SEAL_SIGNATURE_INVALID', place: 'seals', sequence: 5, offset: 49, until: 59 },
      { kind: 'SEAL_REPLACED', place: 'seals', sequence: 5, offset: 49, until: 59 },
      { kind: 'DROPPED', place: 'records', offset: 55 },
    ]);
  });

  it('changed in the second place alone: the records are held against the topic', async () => {
    const found = await findingsAfter((trail) => {
      const forged = { ...sealAt(trail, 5), leaves: sealAt(trail, 4).leaves };
      trail.copies = replaced(trail.seals, 5, writeSeal(forged));
    });
    expect(found).toEqual([
      { kind: 'SEAL_SIGNATURE_INVALID', place: 'second-place', sequence: 5, offset: 49, until: 59 },
      { kind: 'SEAL_REPLACED', place: 'seals', sequence: 5, offset: 49, until: 59 },
    ]);
  });

  it('with more in it than was signed', async () => {
    const found = await findingsAfter((trail) => {
      both(trail, replaced(trail.seals, 5, trail.seals[5]!.replace('{', '{"note":"looked at by jo",')));
    });
    expect(found).toMatchObject([{ kind: 'SEAL_UNREADABLE' }, { kind: 'SEAL_UNREADABLE' }]);
  });

  it.each<[string, Partial<Seal>, object]>([
    [
      'a hash over all that is not theirs',
      { root: '0'.repeat(64) },
      { kind: 'CHANGED', offset: 49, until: 59 },
    ],
    ['a range that leaves something out', { from: 50 }, { kind: 'SEAL_CHAIN_BROKEN', sequence: 5 }],
    ['counts that do not fit', { count: 4 }, { kind: 'SEAL_UNREADABLE', sequence: 5 }],
  ])('made with our key, with %s', async (_what, change, expected) => {
    const found = await findingsAfter((trail) => {
      const body = { ...sealAt(trail, 5), ...change };
      const signature = KEY.sign(sealBytes(body)).toString('base64');
      both(trail, replaced(trail.seals, 5, writeSeal({ ...body, signature })));
    });
    expect(found[0]).toMatchObject(expected);
  });

  it('signed anew with another key', async () => {
    const found = await findingsAfter((trail) => {
      const key = anotherKey();
      const body = { ...sealAt(trail, 5), keyId: key.id };
      both(
        trail,
        replaced(
          trail.seals,
          5,
          writeSeal({ ...body, signature: key.sign(sealBytes(body)).toString('base64') }),
        ),
      );
    });
    expect(found).toEqual([
      { kind: 'SEAL_KEY_UNKNOWN', place: 'seals', sequence: 5, offset: 49, until: 59 },
      { kind: 'SEAL_KEY_UNKNOWN', place: 'second-place', sequence: 5, offset: 49, until: 59 },
    ]);
  });

  it('signed with another key under the name of ours', async () => {
    const found = await findingsAfter((trail) => {
      const body = { ...sealAt(trail, 5), sealedAt: '2026-03-02T11:00:00Z' };
      const signature = anotherKey().sign(sealBytes(body)).toString('base64');
      both(trail, replaced(trail.seals, 5, writeSeal({ ...body, signature })));
    });
    expect(found[0]).toMatchObject({ kind: 'SEAL_SIGNATURE_INVALID', sequence: 5 });
  });

  it('made anew with the stolen key, for records that were changed: the second place tells', async () => {
    const found = await findingsAfter((trail) => {
      trail.records = replaced(trail.records, indexOf(trail, 23), line(23, 999));
      trail.seals = resealed(trail.records, KEY);
    });
    expect(found).toEqual([
      ...[2, 3, 4, 5].map((sequence) => expect.objectContaining({ kind: 'SEAL_REPLACED', sequence })),
      { kind: 'CHANGED', place: 'records', offset: 23 },
    ]);
  });

  it('left out', async () => {
    const found = await findingsAfter((trail) => {
      trail.seals = without(trail.seals, 2);
    });
    expect(found).toEqual([{ kind: 'SEAL_MISSING', place: 'seals', sequence: 2, count: 1 }]);
  });

  it('no seal at all', async () => {
    const found = await findingsAfter((trail) => {
      trail.seals = [...trail.seals, 'nonsense'];
    });
    expect(found).toEqual([{ kind: 'SEAL_UNREADABLE', place: 'seals' }]);
  });

  it('another one under the number of one that is there', async () => {
    const found = await findingsAfter((trail) => {
      trail.seals = [...trail.seals, resealed([line(50)], KEY)[0]!.replace('"sequence":0', '"sequence":5')];
    });
    expect(found).toMatchObject([{ kind: 'SEAL_REPLACED', place: 'seals', sequence: 5 }]);
  });

  it('cut from the end of the topic, together with the records', async () => {
    const found = await findingsAfter((trail) => {
      trail.seals = trail.seals.slice(0, 4);
      trail.records = trail.records.filter(({ offset }) => offset < 39);
      trail.log = { start: 0, end: 39, stableEnd: 39 };
    });
    expect(found).toEqual([
      { kind: 'SEALS_CUT', place: 'seals', sequence: 4, offset: 39, until: 59, count: 2 },
      { kind: 'CUT', place: 'records', offset: 40, until: 59, count: 18 },
    ]);
  });

  it('never copied to the second place', async () => {
    const trail = sealedTrail();
    trail.copies = trail.seals.slice(0, 4);
    const { findings } = await verify(trail, { nowMs: Date.parse('2026-03-02T11:00:00Z') });
    expect(findings).toMatchObject([
      { kind: 'SECOND_PLACE_BEHIND', place: 'second-place', sequence: 4, count: 2 },
    ]);
  });
});

describe('keys', () => {
  it('may change: seals of each trusted key count', async () => {
    const trail = sealedTrail();
    const next = anotherKey();
    const body = { ...readSeal(trail.seals[5]!)!, keyId: next.id };
    const signed = writeSeal({ ...body, signature: next.sign(sealBytes(body)).toString('base64') });
    trail.seals = trail.copies = replaced(trail.seals, 5, signed);
    const pem = [KEY, next].map((key) => key.publicKey.export({ type: 'spki', format: 'pem' }).toString());
    expect(await verify(trail, { keys: trustedKeys(pem.join('')) })).toMatchObject({
      keyIds: [KEY.id, next.id],
      verified: 54,
      findings: [],
    });
    expect((await verify(trail)).findings).not.toEqual([]);
  });
});
