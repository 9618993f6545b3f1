import { describe, expect, it } from '@jest/globals';

import { decompress } from './compression.js';

const SNAPPY = 2;
const LZ4 = 3;
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);

/** Frame header without options, then blocks, then the end mark. */
const frame = (...blocks: readonly Buffer[]): Buffer =>
  Buffer.concat([bytes(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0), ...blocks, bytes(0, 0, 0, 0)]);

describe('snappy', () => {
  // 'abcd' as a literal, then a copy of 8 from 4 back.
  const block = bytes(12, 3 << 2, 97, 98, 99, 100, ((8 - 4) << 2) | 1, 4);

  it('is read as one bare block', () => {
    expect(decompress(SNAPPY, block).toString()).toBe('abcdabcdabcd');
  });

  it('is read in the framing of Java clients, several blocks in one', () => {
    const header = Buffer.concat([Buffer.from('\x82SNAPPY\0', 'latin1'), bytes(0, 0, 0, 1, 0, 0, 0, 1)]);
    const framed = Buffer.concat([
      header,
      bytes(0, 0, 0, block.length),
      block,
      bytes(0, 0, 0, block.length),
      block,
    ]);
    expect(decompress(SNAPPY, framed).toString()).toBe('abcdabcdabcd'.repeat(2));
  });

  it('is refused when a copy points before the beginning', () => {
    expect(() => decompress(SNAPPY, bytes(12, 3 << 2, 97, 98, 99, 100, ((8 - 4) << 2) | 1, 5))).toThrow(
      RangeError,
    );
  });
});

describe('lz4', () => {
  it('is read with matches that reach into themselves, and across blocks', () => {
    // 2 literals, a match of 7 from 2 back; then a block that only repeats from the one before.
    const first = bytes(6, 0, 0, 0, (2 << 4) | 3, 97, 98, 2, 0, 0 << 4);
    const second = bytes(4, 0, 0, 0, (0 << 4) | 0, 3, 0, 0 << 4);
    expect(decompress(LZ4, frame(first, second)).toString()).toBe('ababababa' + 'aba' + 'a');
  });

  it('is read with stored blocks', () => {
    expect(decompress(LZ4, frame(bytes(3, 0, 0, 0x80, 120, 121, 122))).toString()).toBe('xyz');
  });

  it('is refused when it is cut off', () => {
    expect(() => decompress(LZ4, bytes(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0, 9, 0, 0, 0, 1))).toThrow(
      RangeError,
    );
  });
});
