import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';

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

  it('is the one that kafkajs chooses, for keys of every length and beyond ASCII', () => {
    const partitioner = kafkajs.Partitioners.DefaultPartitioner();
    const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({ partitionId })) as never;
    const keys = Array.from({ length: 200 }, (_, n) => `${'kündin-'.repeat(n % 7)}${n}`);
    for (const key of ['', ...keys]) {
      const message = { key, value: '' };
      if (key !== '') {
        expect(partitionFor(key, 12)).toBe(partitioner({ topic: 't', partitionMetadata, message }));
      }
      expect(partitionFor(key, 1)).toBe(0);
    }
  });
});
