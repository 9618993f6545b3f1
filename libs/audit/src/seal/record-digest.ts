import { createHash, type Hash } from 'node:crypto';
import type { LogRecord } from '@aika/messaging';

/** First thing hashed: a digest of another kind, or of a later form, can never be taken for one of these. */
const DOMAIN = 'aika-audit-record-v1';
const NONE = 0xffff_ffff;

/** Bytes of a record's digest that a seal keeps, to tell which record differs. */
export const LEAF_BYTES = 16;

/**
 * SHA-256 of what a record says and when, wherever in its partition it stands: topic, partition, time, key, value, and
 * headers by name. Each part is preceded by its length, so that no two records have the same bytes.
 */
export function contentDigest(record: LogRecord): Buffer {
  const { topic, partition, timestamp, key, value, headers } = record;
  const hash = createHash('sha256').update(DOMAIN);
  addBytes(hash, Buffer.from(topic));
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(partition, 0);
  numbers.writeBigInt64BE(BigInt(timestamp), 4);
  hash.update(numbers);
  addBytes(hash, key);
  addBytes(hash, value);
  const names = Object.keys(headers).sort();
  addLength(hash, names.length);
  for (const name of names) {
    addBytes(hash, Buffer.from(name));
    addBytes(hash, headers[name] ?? null);
  }
  return hash.digest();
}

/** Over the records of a range in order: which offsets, and what stands there. */
export class RootHash {
  private readonly hash = createHash('sha256').update('aika-audit-root-v1');

  add(offset: number, digest: Buffer): void {
    const position = Buffer.alloc(8);
    position.writeBigUInt64BE(BigInt(offset));
    this.hash.update(position).update(digest);
  }

  /** Hexadecimal. To be called once. */
  end(): string {
    return this.hash.digest('hex');
  }
}

function addBytes(hash: Hash, bytes: Buffer | null): void {
  if (bytes === null) return addLength(hash, NONE);
  addLength(hash, bytes.length);
  hash.update(bytes);
}

function addLength(hash: Hash, length: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  hash.update(bytes);
}
