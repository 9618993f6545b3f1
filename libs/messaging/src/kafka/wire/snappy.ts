const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/**
 * Snappy as Kafka clients write it: Java's in xerial's framing (blocks after their length), librdkafka's as one
 * bare block. @throws RangeError when the bytes are not Snappy
 */
export function unsnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return unsnappyBlock(bytes);
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < bytes.length;) {
    const end = at + 4 + bytes.readInt32BE(at);
    blocks.push(unsnappyBlock(bytes.subarray(at + 4, end)));
    at = end;
  }
  return Buffer.concat(blocks);
}

function unsnappyBlock(bytes: Buffer): Buffer {
  const [length, start] = readLength(bytes);
  const out = Buffer.alloc(length);
  let to = 0;
  for (let at = start; at < bytes.length;) {
    const tag = bytes[at]!;
    if ((tag & 3) === 0) {
      const [count, from] = literal(bytes, at);
      to += bytes.copy(out, to, from, from + count);
      at = from + count;
    } else {
      const [count, offset, next] = copy(bytes, at);
      if (offset === 0 || offset > to || to + count > length) throw new RangeError('broken Snappy block');
      // Byte by byte: a copy may reach into what it writes.
      for (const end = to + count; to < end; to += 1) out[to] = out[to - offset]!;
      at = next;
    }
  }
  if (to !== length) throw new RangeError('Snappy block shorter than it says');
  return out;
}

function readLength(bytes: Buffer): [length: number, next: number] {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = bytes.readUInt8(at);
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return [length, at + 1];
  }
  throw new RangeError('broken length of a Snappy block');
}

function literal(bytes: Buffer, at: number): [count: number, from: number] {
  const short = bytes[at]! >> 2;
  if (short < 60) return [short + 1, at + 1];
  const width = short - 59;
  return [bytes.readUIntLE(at + 1, width) + 1, at + 1 + width];
}

function copy(bytes: Buffer, at: number): [count: number, offset: number, next: number] {
  const tag = bytes[at]!;
  switch (tag & 3) {
    case 1:
      return [((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | bytes.readUInt8(at + 1), at + 2];
    case 2:
      return [(tag >> 2) + 1, bytes.readUInt16LE(at + 1), at + 3];
    default:
      return [(tag >> 2) + 1, bytes.readUInt32LE(at + 1), at + 5];
  }
}
