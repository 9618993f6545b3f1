const MAGIC = 0x184d2204;
const HAS_BLOCK_CHECKSUM = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_DICTIONARY = 0x01;
const STORED = 0x80000000;
const SHORTEST_MATCH = 4;

/** An LZ4 frame, as Kafka clients write it; checksums are not verified. @throws RangeError when it is none */
export function unlz4(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== MAGIC) throw new RangeError('not an LZ4 frame');
  const flags = bytes.readUInt8(4);
  // Magic, flags, block descriptor, then what the flags announce, then the header's checksum.
  let at = 6 + (flags & HAS_CONTENT_SIZE ? 8 : 0) + (flags & HAS_DICTIONARY ? 4 : 0) + 1;
  const out = new Output(bytes.length * 4);
  for (;;) {
    const size = bytes.readUInt32LE(at);
    at += 4;
    if (size === 0) return out.bytes();
    const stored = size >= STORED;
    const end = at + (stored ? size - STORED : size);
    if (end > bytes.length) throw new RangeError('LZ4 frame is cut off');
    if (stored) out.append(bytes, at, end);
    else unlz4Block(bytes, at, end, out);
    at = end + (flags & HAS_BLOCK_CHECKSUM ? 4 : 0);
  }
}

function unlz4Block(bytes: Buffer, from: number, end: number, out: Output): void {
  for (let at = from; at < end;) {
    const token = bytes[at]!;
    const [literals, start] = readCount(bytes, at + 1, token >> 4);
    out.append(bytes, start, start + literals);
    at = start + literals;
    // The last sequence of a block has literals only.
    if (at >= end) return;
    const offset = bytes.readUInt16LE(at);
    const [more, next] = readCount(bytes, at + 2, token & 15);
    out.repeat(offset, more + SHORTEST_MATCH);
    at = next;
  }
}

/** Four bits; when all are set, bytes follow that are added up, until one is not 255. */
function readCount(bytes: Buffer, at: number, bits: number): [count: number, next: number] {
  let count = bits;
  if (bits < 15) return [count, at];
  for (let next = at; ; next += 1) {
    const byte = bytes.readUInt8(next);
    count += byte;
    if (byte < 255) return [count, next + 1];
  }
}

/** Grows as needed; blocks of a frame may refer to what earlier ones brought. */
class Output {
  private buffer: Buffer;
  private length = 0;

  constructor(expected: number) {
    this.buffer = Buffer.alloc(expected);
  }

  append(source: Buffer, from: number, end: number): void {
    this.reserve(end - from);
    this.length += source.copy(this.buffer, this.length, from, end);
  }

  repeat(offset: number, count: number): void {
    if (offset === 0 || offset > this.length) throw new RangeError('broken LZ4 block');
    this.reserve(count);
    const end = this.length + count;
    // Byte by byte: a match may reach into what it writes.
    for (; this.length < end; this.length += 1) {
      this.buffer[this.length] = this.buffer[this.length - offset]!;
    }
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.buffer.length) return;
    const larger = Buffer.alloc((this.length + count) * 2);
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
