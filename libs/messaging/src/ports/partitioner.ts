const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/**
 * The partition of a key, as Java's default partitioner and kafkajs choose it: murmur2 of the key's UTF-8
 * bytes, its sign bit cleared, modulo the number of partitions.
 */
export function partitionFor(key: string | Buffer, partitionCount: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitionCount;
}

/** MurmurHash 2 as in org.apache.kafka.common.utils.Utils: a signed 32-bit number. */
function murmur2(data: Buffer): number {
  const whole = data.length - (data.length % 4);
  let hash = SEED ^ data.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(data.readInt32LE(at), M);
    word = Math.imul(word ^ (word >>> R), M);
    hash = Math.imul(hash, M) ^ word;
  }
  if (data.length > whole) {
    for (let at = data.length - 1; at >= whole; at -= 1) hash ^= data[at]! << (8 * (at - whole));
    hash = Math.imul(hash, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}
