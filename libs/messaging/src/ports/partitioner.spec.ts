import { describe, expect, it } from '@jest/globals';

import { partitionFor } from './partitioner.js';

/** From org.apache.kafka.common.utils.UtilsTest: key and murmur2 as a signed number. */
const JAVA_VECTORS = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
] as const;

describe('partition of a key', () => {
  it.each(JAVA_VECTORS)('is the one that Java computes for %s', (key, murmur2) => {
    expect(partitionFor(key, 0x7fffffff)).toBe((murmur2 & 0x7fffffff) % 0x7fffffff);
    expect(partitionFor(Buffer.from(key), 24)).toBe((murmur2 & 0x7fffffff) % 24);
  });
});
