import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { COMPRESSIONS } from './compression.js';
import { crc32c } from './crc32c.js';
import { decodeRecordBatches, type AbortedTransaction, type DecodeLimit } from './record-batch.decoder.js';
import { encodeRecordBatch, toEncodable } from './record-batch.encoder.js';

const load = createRequire(import.meta.url);
const at = { topic: 't', partition: 3 };
const plain = { producerId: '-1', producerEpoch: -1, baseSequence: -1, transactional: false };

interface BatchOptions {
  readonly baseOffset?: number;
  readonly producerId?: number;
  readonly transactional?: boolean;
}

/** A batch as a fetch answer holds it: the broker has set its first offset. */
function batch(
  values: readonly string[],
  { baseOffset = 0, producerId = -1, transactional = false }: BatchOptions = {},
) {
  const records = values.map((value) => toEncodable({ ...at, key: null, value, timestamp: 1_000 }, 0));
  const bytes = encodeRecordBatch(records, { ...plain, producerId: `${producerId}`, transactional });
  bytes.writeBigInt64BE(BigInt(baseOffset), 0);
  return bytes;
}

/** Type 0 aborts, 1 commits. */
function marker(type: 0 | 1, producerId: number, baseOffset: number): Buffer {
  const key = Buffer.from([0, 0, 0, type]);
  const record = toEncodable({ ...at, key, value: Buffer.alloc(6), timestamp: 1_000 }, 0);
  const bytes = encodeRecordBatch([record], { ...plain, producerId: `${producerId}`, transactional: true });
  bytes.writeBigInt64BE(BigInt(baseOffset), 0);
  bytes.writeInt16BE(0x30, 21);
  return bytes;
}

const read = (bytes: Buffer, from = 0, aborted: readonly AbortedTransaction[] = []) => {
  const { records, next } = decodeRecordBatches(at, bytes, from, aborted);
  return { values: records.map(({ value }) => value?.toString()), next };
};

describe('CRC-32C', () => {
  it('has the value that the standard gives for 123456789', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('is the one of kafkajs for every length', () => {
    const stock = load('kafkajs/src/protocol/recordBatch/crc32C') as (bytes: Buffer) => number;
    for (let length = 0; length < 40; length += 1) {
      const bytes = Buffer.from(Array.from({ length }, (_, n) => (n * 37 + length) % 256));
      expect(crc32c(bytes)).toBe(stock(bytes) >>> 0);
    }
  });
});

describe('record batch', () => {
  it('is read by kafkajs as it was written here', async () => {
    const decodeBatch = load('kafkajs/src/protocol/recordBatch/v0/decoder') as (decoder: unknown) => Promise<{
      producerId: string;
      inTransaction: boolean;
      records: {
        offset: string;
        timestamp: string;
        key: Buffer;
        value: Buffer;
        headers: Record<string, Buffer>;
      }[];
    }>;
    const Decoder = load('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => unknown;
    const large = 'x'.repeat(70_000);
    const bytes = encodeRecordBatch(
      [
        toEncodable(
          { ...at, key: 'k', value: large, headers: { a: '1', ü: Buffer.from([2]) }, timestamp: 5_000 },
          0,
        ),
        toEncodable({ ...at, key: null, value: null, timestamp: 4_000 }, 0),
        toEncodable({ ...at, key: 'last', value: '' }, 1_700_000_000_000),
      ],
      { producerId: '9007199254740993', producerEpoch: 7, baseSequence: 3, transactional: true },
    );
    const decoded = await decodeBatch(new Decoder(bytes));
    expect(decoded).toMatchObject({ producerId: '9007199254740993', inTransaction: true });
    expect(decoded.records.map(({ timestamp }) => timestamp)).toEqual(['5000', '4000', '1700000000000']);
    expect(decoded.records[0]?.value.toString()).toBe(large);
    expect(decoded.records[0]?.headers['ü']).toEqual(Buffer.from([2]));
    expect(decoded.records[1]).toMatchObject({ key: null, value: null });
  });

  it('keeps headers of every kind, also where records differ in what stands at a place', () => {
    const texts = [
      '',
      'x'.repeat(63),
      'x'.repeat(64),
      'x'.repeat(300),
      'ümlaut',
      `${'x'.repeat(62)}ü`,
      '€'.repeat(40),
    ];
    const headers = [
      ...texts.map((text) => ({ name: text, [text || 'empty']: text })),
      { first: '1', second: Buffer.from([0, 255]) },
      { second: '1', first: '2' },
      { seconD: '1', other: '2' },
      { secunda: '1' },
      JSON.parse('{"__proto__":"no prototype"}') as Record<string, string>,
      {},
    ];
    const records = headers.map((each) => toEncodable({ ...at, key: null, value: 'v', headers: each }, 0));
    const { records: read } = decodeRecordBatches(at, encodeRecordBatch(records, plain), 0, []);
    expect(read.map((record) => Object.entries(record.headers))).toEqual(
      headers.map((each) => Object.entries(each).map(([name, text]) => [name, Buffer.from(text)])),
    );
  });

  it('never takes more bytes than its records were said to take', () => {
    const records = [1, 200, 70_000].map((length) =>
      toEncodable({ ...at, key: 'k', value: 'v'.repeat(length) }, 0),
    );
    const bytes = encodeRecordBatch(records, plain);
    expect(bytes.length).toBeLessThanOrEqual(61 + records.reduce((sum, { size }) => sum + size, 0));
  });

  it('is read from the middle, and a batch that is cut off is left for the next fetch', () => {
    const bytes = Buffer.concat([batch(['a', 'b', 'c']), batch(['d', 'e'], { baseOffset: 3 })]);
    expect(read(bytes, 1)).toEqual({ values: ['b', 'c', 'd', 'e'], next: 5 });
    expect(read(bytes.subarray(0, bytes.length - 1), 1)).toEqual({ values: ['b', 'c'], next: 3 });
    expect(read(Buffer.alloc(0), 7)).toEqual({ values: [], next: 7 });
  });

  it('that reaches a limit is the last one taken; reading goes on behind it', () => {
    const bytes = Buffer.concat([
      batch(['a', 'b']),
      batch(['c'], { baseOffset: 2 }),
      batch(['d'], { baseOffset: 3 }),
    ]);
    const limited = (limit: DecodeLimit) => {
      const { records, next } = decodeRecordBatches(at, bytes, 0, [], limit);
      return { values: records.map(({ value }) => value?.toString()), next };
    };
    expect(limited({ records: 1, bytes: Infinity })).toEqual({ values: ['a', 'b'], next: 2 });
    expect(limited({ records: 3, bytes: Infinity })).toEqual({ values: ['a', 'b', 'c'], next: 3 });
    expect(limited({ records: Infinity, bytes: 1 })).toEqual({ values: ['a', 'b'], next: 2 });
  });

  it('does not keep the rest of the answer alive', () => {
    const answer = Buffer.alloc(10_000);
    const { length } = batch(['a']);
    batch(['a']).copy(answer);
    const [record] = decodeRecordBatches(at, answer.subarray(0, length), 0, []).records;
    expect(record?.value?.toString()).toBe('a');
    expect(record?.value?.buffer).not.toBe(answer.buffer);
  });

  it('that compaction has emptied at its end is passed over, not fetched for ever', () => {
    const bytes = batch(['a', 'b']);
    bytes.writeInt32BE(9, 23);
    expect(read(bytes, 2)).toEqual({ values: [], next: 10 });
  });

  it.each(COMPRESSIONS)('comes back as written with %s, whatever its size', (compression) => {
    for (const count of [1, 2, 10, 20, 500, 1_400]) {
      const values = Array.from(
        { length: count },
        (_, n) => `${n} `.repeat(150) + 'burst pipe in the kitchen',
      );
      const bytes = encodeRecordBatch(
        values.map((value, n) => toEncodable({ ...at, key: `k${n}`, value, timestamp: 1_000 + n }, 0)),
        { ...plain, producerId: '5', transactional: true },
        compression,
      );
      expect(bytes.readInt32BE(8)).toBe(bytes.length - 12);
      expect(bytes.readUInt32BE(17)).toBe(crc32c(bytes.subarray(21)));
      const { records, next } = decodeRecordBatches(at, bytes, 0, []);
      expect(records.map(({ value }) => value?.toString())).toEqual(values);
      expect(records.at(-1)).toMatchObject({ offset: count - 1, timestamp: 999 + count });
      expect(next).toBe(count);
    }
  });

  it.each(['gzip', 'zstd'] as const)('is made smaller by %s when that saves much', (compression) => {
    const encode = (values: readonly string[]): Buffer =>
      encodeRecordBatch(
        values.map((value) => toEncodable({ ...at, key: null, value, timestamp: 1 }, 0)),
        plain,
        compression,
      );
    const similar = Array.from(
      { length: 100 },
      (_, n) => `{"claimId":"CLM-${n}","reason":"${'water '.repeat(100)}"}`,
    );
    const codec = { gzip: 1, zstd: 4 }[compression];
    expect(encode(similar).readInt16BE(21)).toBe(codec);
    expect(encode(similar).length).toBeLessThan(similar.join('').length / 4);
    expect(encode(similar.slice(0, 1)).readInt16BE(21)).toBe(0);
    const noise = randomBytes(20_000).toString('latin1');
    const stored = encodeRecordBatch(
      [toEncodable({ ...at, key: null, value: Buffer.from(noise, 'latin1') }, 0)],
      plain,
      compression,
    );
    expect(stored.readInt16BE(21)).toBe(0);
  });

  it('is read when gzip has compressed its records', () => {
    const bytes = batch(['a', 'b']);
    const packed = Buffer.concat([bytes.subarray(0, 61), gzipSync(bytes.subarray(61))]);
    packed.writeInt32BE(packed.length - 12, 8);
    packed.writeInt16BE(1, 21);
    expect(read(packed)).toEqual({ values: ['a', 'b'], next: 2 });
  });
});

describe('read_committed', () => {
  it('skips markers and hides what was aborted, also of producers that interleave', () => {
    const bytes = Buffer.concat([
      batch(['a0'], { baseOffset: 0, producerId: 1, transactional: true }),
      batch(['b0'], { baseOffset: 1, producerId: 2, transactional: true }),
      batch(['c0'], { baseOffset: 2, producerId: 3, transactional: true }),
      batch(['a1'], { baseOffset: 3, producerId: 1, transactional: true }),
      batch(['plain'], { baseOffset: 4 }),
      marker(0, 1, 5),
      marker(0, 2, 6),
      batch(['b1'], { baseOffset: 7, producerId: 2, transactional: true }),
      marker(1, 3, 8),
      marker(1, 2, 9),
    ]);
    const aborted = [
      { producerId: 2n, firstOffset: 1 },
      { producerId: 1n, firstOffset: 0 },
    ];
    expect(read(bytes, 0, aborted)).toEqual({ values: ['c0', 'plain', 'b1'], next: 10 });
  });

  it('hides every transaction that was open before the first batch of the answer', () => {
    const bytes = Buffer.concat([
      batch(['a1'], { baseOffset: 10, producerId: 1, transactional: true }),
      batch(['b1'], { baseOffset: 11, producerId: 2, transactional: true }),
      marker(0, 2, 12),
      marker(0, 1, 13),
    ]);
    const aborted = [
      { producerId: 1n, firstOffset: 2 },
      { producerId: 2n, firstOffset: 3 },
    ];
    expect(read(bytes, 10, aborted)).toEqual({ values: [], next: 14 });
  });

  it('hides the later aborted transaction of a producer but not the committed one before it', () => {
    const bytes = Buffer.concat([
      batch(['kept'], { baseOffset: 0, producerId: 1, transactional: true }),
      marker(1, 1, 1),
      batch(['dropped'], { baseOffset: 2, producerId: 1, transactional: true }),
      marker(0, 1, 3),
    ]);
    expect(read(bytes, 0, [{ producerId: 1n, firstOffset: 2 }])).toEqual({ values: ['kept'], next: 4 });
  });
});
