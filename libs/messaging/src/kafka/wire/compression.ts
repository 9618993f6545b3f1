import * as zlib from 'node:zlib';

import { unlz4 } from './lz4.js';
import { unsnappy } from './snappy.js';

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** A batch in a compression that this build cannot read. */
export class UnsupportedCompression extends Error {
  override readonly name = 'UnsupportedCompression';

  constructor(readonly codec: string) {
    super(`record batch compressed with ${codec}, which this client cannot read`);
  }
}

/** The records of a batch without compression: stock clients choose their own. The codec's number is the batch's. */
export function decompress(codec: number, bytes: Buffer): Buffer {
  switch (CODECS[codec]) {
    case 'none':
      return bytes;
    case 'gzip':
      return zlib.gunzipSync(bytes);
    case 'snappy':
      return unsnappy(bytes);
    case 'lz4':
      return unlz4(bytes);
    case 'zstd':
      // Absent before Node 22.15.
      if (typeof zlib.zstdDecompressSync === 'function') return zlib.zstdDecompressSync(bytes);
      throw new UnsupportedCompression('zstd');
    default:
      throw new UnsupportedCompression(`codec ${codec}`);
  }
}
