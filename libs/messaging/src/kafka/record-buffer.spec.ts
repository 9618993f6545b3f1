import { describe, expect, it } from '@jest/globals';

import type { LogRecord } from '../ports/index.js';
import { RecordBuffer } from './record-buffer.js';

const at = (partition: number) => ({ topic: 't', partition });
const records = (partition: number, count: number, from = 0): LogRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    ...at(partition),
    offset: from + n,
    key: null,
    value: null,
    headers: {},
    timestamp: 0,
  }));

const unbounded = { maxRecords: Infinity, maxBytes: Infinity };
const long = (partition: number, bytes: number): LogRecord[] => [
  { ...records(partition, 1)[0]!, value: Buffer.alloc(bytes) },
];

describe('record buffer', () => {
  it('gives every partition its part when one has a long backlog', () => {
    const buffer = new RecordBuffer(unbounded);
    buffer.add(at(0), records(0, 5_000));
    buffer.add(at(1), records(1, 2));
    buffer.add(at(2), records(2, 3));
    const taken = buffer.take(30);
    expect(taken).toHaveLength(30);
    expect(taken.filter(({ partition }) => partition === 1)).toHaveLength(2);
    expect(taken.filter(({ partition }) => partition === 2)).toHaveLength(3);
    expect(buffer.size.records).toBe(5_005 - 30);
  });

  it('hands out each record once, in the order of its partition', () => {
    const buffer = new RecordBuffer(unbounded);
    const seen: number[] = [];
    for (let from = 0; from < 10_000; from += 2_500) {
      buffer.add(at(0), records(0, 2_500, from));
      seen.push(...buffer.take(1_700).map(({ offset }) => offset));
    }
    for (let more = buffer.take(999); more.length > 0; more = buffer.take(999)) {
      seen.push(...more.map(({ offset }) => offset));
    }
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
    expect(buffer.size).toEqual({ records: 0, bytes: 0 });
  });

  it('forgets a dropped partition and keeps the others', () => {
    const buffer = new RecordBuffer(unbounded);
    buffer.add(at(0), records(0, 3));
    buffer.add(at(1), records(1, 2));
    buffer.drop(at(0));
    expect(buffer.sizeOf(at(0)).records).toBe(0);
    expect(buffer.take(10).map(({ partition }) => partition)).toEqual([1, 1]);
  });
});

describe('room in the record buffer', () => {
  const limits = { maxRecords: 1_000, maxBytes: 10_000 };

  it('is a fair share for each partition, by records and by bytes', () => {
    const buffer = new RecordBuffer(limits);
    expect(buffer.room(at(0), 4)).toEqual({ records: 250, bytes: 2_500 });
    buffer.add(at(0), long(0, 1_000));
    expect(buffer.room(at(0), 4)).toEqual({ records: 249, bytes: 1_500 });
  });

  it('pauses a partition that has half of its bytes, or all its records, and no other one', () => {
    const buffer = new RecordBuffer(limits);
    buffer.add(at(0), long(0, 1_250));
    buffer.add(at(1), records(1, 250));
    expect(buffer.room(at(0), 4).bytes).toBe(0);
    expect(buffer.room(at(1), 4).records).toBe(0);
    expect(buffer.room(at(2), 4)).toEqual({ records: 250, bytes: 2_500 });
  });

  it('pauses everybody when the whole is full, and resumes when records were taken', () => {
    const buffer = new RecordBuffer(limits);
    buffer.add(at(0), long(0, 10_000));
    expect(buffer.room(at(1), 4)).toEqual({ records: 0, bytes: 0 });
    buffer.take(1);
    expect(buffer.room(at(1), 4)).toEqual({ records: 250, bytes: 2_500 });
  });

  it('is there for a batch that is longer than a share, as long as the whole has any', () => {
    const buffer = new RecordBuffer({ maxRecords: 10, maxBytes: 100 });
    for (const partition of [0, 1, 2]) buffer.add(at(partition), long(partition, 30));
    expect(buffer.room(at(3), 200)).toEqual({ records: 1, bytes: 1 });
  });

  it('counts keys, values and headers, and nothing once they are gone', () => {
    const buffer = new RecordBuffer(limits);
    const [one] = records(0, 1);
    buffer.add(at(0), [
      { ...one!, key: Buffer.from('key'), value: Buffer.alloc(10), headers: { ab: Buffer.alloc(5) } },
    ]);
    expect(buffer.size).toEqual({ records: 1, bytes: 20 });
    buffer.drop(at(0));
    expect(buffer.size).toEqual({ records: 0, bytes: 0 });
  });
});
