const CASTAGNOLI = 0x82f63b78;

/** Four tables: four bytes a step instead of one, since every produced byte passes through here. */
const TABLES = makeTables();

/** CRC-32C (Castagnoli) as Kafka puts it on record batches. Unsigned 32 bits. */
export function crc32c(bytes: Buffer): number {
  const [t0, t1, t2, t3] = TABLES as [Int32Array, Int32Array, Int32Array, Int32Array];
  const whole = bytes.length - (bytes.length % 4);
  let crc = -1;
  let at = 0;
  for (; at < whole; at += 4) {
    const word = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    crc = t3[word & 0xff]! ^ t2[(word >>> 8) & 0xff]! ^ t1[(word >>> 16) & 0xff]! ^ t0[word >>> 24]!;
  }
  for (; at < bytes.length; at += 1) crc = t0[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

function makeTables(): readonly Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI : crc >>> 1;
    return crc;
  });
  const tables = [first];
  for (let n = 1; n < 4; n += 1) {
    const before = tables[n - 1]!;
    tables.push(before.map((crc) => first[crc & 0xff]! ^ (crc >>> 8)));
  }
  return tables;
}
