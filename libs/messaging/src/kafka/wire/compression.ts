import * as zlib from 'node:zlib';

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** A batch in a compression that this build cannot read. */
export class UnsupportedCompression extends Error {
  override readonly name = 'UnsupportedCompression';

  constructor(readonly codec: string) {
    super(`record batch compressed with ${codec}, which this client cannot read`);
  }
}

/** The records of a batch without compression. The codec's number is the batch's own. */
export function decompress(codec: number, bytes: Buffer): Buffer {
  switch (CODECS[codec]) {
    case 'none':
      return bytes;
    case 'gzip':
      return zlib.gunzipSync(bytes);
    case 'zstd':
      // Absent before Node 22.15.
      if (typeof zlib.zstdDecompressSync === 'function') return zlib.zstdDecompressSync(bytes);
      throw new UnsupportedCompression('zstd');
    default:
      throw new UnsupportedCompression(CODECS[codec] ?? `codec ${codec}`);
  }
}
