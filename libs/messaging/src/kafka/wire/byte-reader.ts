/** Reads Kafka's primitive types from a buffer. Reading past the end throws a RangeError. */
export class ByteReader {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
  ) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  int8(): number {
    return this.bytes.readInt8(this.skip(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.skip(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.skip(4));
  }

  /** As a number: offsets and times are exact up to 2^53. */
  int64(): number {
    const at = this.skip(8);
    return this.bytes.readInt32BE(at) * 2 ** 32 + this.bytes.readUInt32BE(at + 4);
  }

  bool(): boolean {
    return this.int8() !== 0;
  }

  string(): string | null {
    const length = this.int16();
    return length < 0 ? null : this.take(length).toString('utf8');
  }

  /** Compact string: an unsigned varint of length + 1 comes first. */
  compactString(): string | null {
    const length = this.uvarint() - 1;
    return length < 0 ? null : this.take(length).toString('utf8');
  }

  /** Tagged fields of flexible versions, of which none is known here. */
  skipTags(): void {
    for (let count = this.uvarint(); count > 0; count -= 1) {
      this.uvarint();
      this.take(this.uvarint());
    }
  }

  array<T>(item: (reader: this) => T): T[] {
    return this.times(this.int32(), item);
  }

  compactArray<T>(item: (reader: this) => T): T[] {
    return this.times(this.uvarint() - 1, item);
  }

  take(length: number): Buffer {
    const at = this.skip(length);
    return this.bytes.subarray(at, at + length);
  }

  /** Whether these bytes come next; reads nothing. */
  startsWith(expected: Buffer): boolean {
    if (expected.length > this.left) return false;
    for (let n = 0; n < expected.length; n += 1) {
      if (this.bytes[this.at + n] !== expected[n]) return false;
    }
    return true;
  }

  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes.readUInt8(this.at);
      this.at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('varint longer than five bytes');
  }

  varint(): number {
    const value = this.uvarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zigzag 64 bits as a number: exact up to 2^53. */
  varlong(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.bytes.readUInt8(this.at);
      this.at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    throw new RangeError('varlong longer than ten bytes');
  }

  private times<T>(count: number, item: (reader: this) => T): T[] {
    const items: T[] = [];
    for (let n = 0; n < count; n += 1) items.push(item(this));
    return items;
  }

  private skip(length: number): number {
    const at = this.at;
    if (length < 0 || at + length > this.bytes.length)
      throw new RangeError('read past the end of the answer');
    this.at = at + length;
    return at;
  }
}
