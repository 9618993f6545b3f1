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

describe('record buffer', () => {
  it('gives every partition its part when one has a long backlog', () => {
    const buffer = new RecordBuffer();
    buffer.add(at(0), records(0, 5_000));
    buffer.add(at(1), records(1, 2));
    buffer.add(at(2), records(2, 3));
    const taken = buffer.take(30);
    expect(taken).toHaveLength(30);
    expect(taken.filter(({ partition }) => partition === 1)).toHaveLength(2);
    expect(taken.filter(({ partition }) => partition === 2)).toHaveLength(3);
    expect(buffer.size).toBe(5_005 - 30);
  });

  it('hands out each record once, in the order of its partition', () => {
    const buffer = new RecordBuffer();
    const seen: number[] = [];
    for (let from = 0; from < 10_000; from += 2_500) {
      buffer.add(at(0), records(0, 2_500, from));
      seen.push(...buffer.take(1_700).map(({ offset }) => offset));
    }
    for (let more = buffer.take(999); more.length > 0; more = buffer.take(999)) {
      seen.push(...more.map(({ offset }) => offset));
    }
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
    expect(buffer.size).toBe(0);
  });

  it('forgets a dropped partition and keeps the others', () => {
    const buffer = new RecordBuffer();
    buffer.add(at(0), records(0, 3));
    buffer.add(at(1), records(1, 2));
    buffer.drop(at(0));
    expect(buffer.sizeOf(at(0))).toBe(0);
    expect(buffer.take(10).map(({ partition }) => partition)).toEqual([1, 1]);
  });
});
