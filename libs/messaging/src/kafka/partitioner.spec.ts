import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';

import { partitionFor } from '../ports/index.js';

describe('partition of a key', () => {
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
