/** An address in an answer and where it stands: from `start`, the host with its length, to `end`, after the port. */
export type BrokerAddress = {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly start: number;
  readonly end: number;
  /** The host's length is an unsigned varint of length + 1 (flexible versions) instead of two bytes. */
  readonly compact: boolean;
};

const AFTER_CORRELATION_ID = 8;
const FIRST_FLEXIBLE = { Metadata: 9, FindCoordinator: 3 } as const;
const LATEST = { Metadata: 13, FindCoordinator: 6 } as const;

/**
 * The brokers' addresses in an answer to Metadata (0 to 13) or FindCoordinator (0 to 6); none in any other.
 * @param frame the answer with its size field
 * @throws RangeError for a later version, whose layout is not known, and for a frame that is cut off
 */
export function findAddresses(api: string, version: number, frame: Buffer): readonly BrokerAddress[] {
  if (api !== 'Metadata' && api !== 'FindCoordinator') return [];
  if (version > LATEST[api]) throw new RangeError(`${api} ${version} is not known`);
  const cursor = new Cursor(frame, AFTER_CORRELATION_ID, version >= FIRST_FLEXIBLE[api]);
  cursor.skipTags();
  return api === 'Metadata' ? inMetadata(cursor, version) : inCoordinator(cursor, version);
}

function inMetadata(cursor: Cursor, version: number): BrokerAddress[] {
  if (version >= 3) cursor.int32();
  return cursor.list(() => {
    const address = cursor.address();
    if (version >= 1) cursor.text();
    cursor.skipTags();
    return address;
  });
}

function inCoordinator(cursor: Cursor, version: number): BrokerAddress[] {
  if (version >= 1) cursor.int32();
  if (version >= 4) {
    return cursor.list(() => {
      cursor.text();
      const address = cursor.address();
      cursor.int16();
      cursor.text();
      cursor.skipTags();
      return address;
    });
  }
  cursor.int16();
  if (version >= 1) cursor.text();
  return [cursor.address()];
}

/** The same answer with other addresses, in the order of `found`. */
export function replaceAddresses(
  frame: Buffer,
  found: readonly BrokerAddress[],
  others: readonly { readonly host: string; readonly port: number }[],
): Buffer {
  const parts: Buffer[] = [];
  let copied = 4;
  found.forEach(({ start, end, compact }, index) => {
    const other = others[index];
    if (other === undefined) return;
    parts.push(frame.subarray(copied, start), encode(other, compact));
    copied = end;
  });
  parts.push(frame.subarray(copied));
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

function encode({ host, port }: { readonly host: string; readonly port: number }, compact: boolean): Buffer {
  const text = Buffer.from(host);
  // One byte is enough for a loopback address: its length + 1 is below 128.
  const length = compact ? Buffer.from([text.length + 1]) : Buffer.from([0, text.length]);
  const end = Buffer.alloc(4);
  end.writeInt32BE(port);
  return Buffer.concat([length, text, end]);
}

/** Reads Kafka's types in the old encoding or in that of flexible versions. */
class Cursor {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
    private readonly compact: boolean,
  ) {}

  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  /** A nullable string; null as ''. */
  text(): string {
    const length = this.compact ? this.varint() - 1 : this.int16();
    if (length <= 0) return '';
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError('an answer that is cut off');
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  list<T>(item: () => T): T[] {
    const length = this.compact ? this.varint() - 1 : this.int32();
    return Array.from({ length: Math.max(0, length) }, item);
  }

  address(): BrokerAddress {
    const nodeId = this.int32();
    const start = this.at;
    const host = this.text();
    const port = this.int32();
    return { nodeId, host, port, start, end: this.at, compact: this.compact };
  }

  /** Nothing in versions that are not flexible. */
  skipTags(): void {
    if (!this.compact) return;
    for (let count = this.varint(); count > 0; count -= 1) {
      this.varint();
      this.at += this.varint();
    }
  }

  private varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes.readUInt8(this.at++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('a varint longer than five bytes');
  }
}
