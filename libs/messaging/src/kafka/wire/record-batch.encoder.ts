import type { OutgoingRecord } from '../../ports/index.js';
import { compress, type Compression } from './compression.js';
import { crc32c } from './crc32c.js';

/** Bytes of a batch before its first record. */
export const BATCH_HEADER_BYTES = 61;
const CRC_AT = 17;
const CRC_FROM = 21;
const MAGIC = 2;
const TRANSACTIONAL = 0x10;
/** Shorter lengths take one byte as a zigzag varint. */
const ONE_BYTE_LENGTH = 64;

export interface BatchProducer {
  /** Decimal: producer ids have 64 bits. */
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly transactional: boolean;
}

/** A record with its bytes at hand, so that its size is known before it is written. */
export interface EncodableRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Texts stay texts until they are written: a buffer for each of a dozen short ones costs more than writing it. */
  readonly headers: readonly (readonly [name: string, content: string | Buffer])[];
  /** Bytes of key, value and headers with their lengths: counted once, needed three times. */
  readonly contentSize: number;
  readonly timestamp: number;
  /** Bytes of the record alone in a batch, the worst case. */
  readonly size: number;
}

export function toEncodable(record: OutgoingRecord, now: number): EncodableRecord {
  const key = toBytes(record.key);
  const value = toBytes(record.value);
  const headers = Object.entries(record.headers ?? {});
  const contentSize = sizeOfContent(key, value, headers);
  const body = bodySize(contentSize, 0xffffffff, 0x7fffffff);
  const timestamp = record.timestamp ?? now;
  return { key, value, headers, contentSize, timestamp, size: body + varintSize(body) };
}

/** One record batch in message format 2, as a produce request carries it. Small ones are never compressed. */
export function encodeRecordBatch(
  records: readonly EncodableRecord[],
  producer: BatchProducer,
  compression: Compression = 'none',
): Buffer {
  const firstTimestamp = records[0]?.timestamp ?? 0;
  const sizes = records.map((record, index) =>
    bodySize(record.contentSize, record.timestamp - firstTimestamp, index),
  );
  const total = sizes.reduce((sum, size) => sum + size + varintSize(size), BATCH_HEADER_BYTES);
  const plain = Buffer.allocUnsafe(total);
  const writer = new RecordWriter(plain, BATCH_HEADER_BYTES);
  records.forEach((record, index) => writer.record(record, sizes[index]!, firstTimestamp, index));
  const { codec, content } = compress(compression, plain.subarray(BATCH_HEADER_BYTES));
  const out = codec === 0 ? plain : Buffer.concat([plain.subarray(0, BATCH_HEADER_BYTES), content]);
  writeHeader(out, records, codec, producer);
  out.writeUInt32BE(crc32c(out.subarray(CRC_FROM)), CRC_AT);
  return out;
}

function writeHeader(
  out: Buffer,
  records: readonly EncodableRecord[],
  codec: number,
  producer: BatchProducer,
): void {
  const firstTimestamp = records[0]?.timestamp ?? 0;
  const maxTimestamp = records.reduce((max, { timestamp }) => Math.max(max, timestamp), firstTimestamp);
  out.writeBigInt64BE(0n, 0);
  out.writeInt32BE(out.length - 12, 8);
  out.writeInt32BE(-1, 12);
  out.writeInt8(MAGIC, 16);
  out.writeInt16BE(codec | (producer.transactional ? TRANSACTIONAL : 0), 21);
  out.writeInt32BE(records.length - 1, 23);
  out.writeBigInt64BE(BigInt(firstTimestamp), 27);
  out.writeBigInt64BE(BigInt(maxTimestamp), 35);
  out.writeBigInt64BE(BigInt(producer.producerId), 43);
  out.writeInt16BE(producer.producerEpoch, 51);
  out.writeInt32BE(producer.baseSequence, 53);
  out.writeInt32BE(records.length, 57);
}

class RecordWriter {
  constructor(
    private readonly out: Buffer,
    private at: number,
  ) {}

  record(record: EncodableRecord, size: number, firstTimestamp: number, index: number): void {
    this.varint(size);
    this.out[this.at] = 0;
    this.at += 1;
    this.varlong(record.timestamp - firstTimestamp);
    this.varint(index);
    this.bytes(record.key);
    this.bytes(record.value);
    this.varint(record.headers.length);
    for (const [name, value] of record.headers) {
      this.text(name);
      if (typeof value === 'string') this.text(value);
      else this.bytes(value);
    }
  }

  /** Short ASCII, as nearly all names and values of headers are, is written here: a native call costs more. */
  private text(content: string): void {
    const { length } = content;
    const begin = this.at;
    if (length < ONE_BYTE_LENGTH) {
      let n = 0;
      for (; n < length; n += 1) {
        const code = content.charCodeAt(n);
        if (code > 0x7f) break;
        this.out[begin + 1 + n] = code;
      }
      if (n === length) {
        this.out[begin] = length << 1;
        this.at = begin + 1 + length;
        return;
      }
    }
    this.varint(Buffer.byteLength(content));
    this.at += this.out.write(content, this.at);
  }

  private bytes(content: Buffer | null): void {
    if (content === null) return this.varint(-1);
    this.varint(content.length);
    this.at += content.copy(this.out, this.at);
  }

  private varint(value: number): void {
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 0x7f) {
      this.out[this.at] = (rest & 0x7f) | 0x80;
      this.at += 1;
      rest >>>= 7;
    }
    this.out[this.at] = rest;
    this.at += 1;
  }

  private varlong(value: number): void {
    let rest = zigzag64(value);
    while (rest > 0x7f) {
      this.out[this.at] = (rest % 0x80) | 0x80;
      this.at += 1;
      rest = Math.floor(rest / 0x80);
    }
    this.out[this.at] = rest;
    this.at += 1;
  }
}

/** 1 byte of attributes, then what RecordWriter writes. */
function bodySize(contentSize: number, timestampDelta: number, index: number): number {
  return 1 + varlongSize(timestampDelta) + varintSize(index) + contentSize;
}

function sizeOfContent(
  key: Buffer | null,
  value: Buffer | null,
  headers: EncodableRecord['headers'],
): number {
  let size = bytesSize(key) + bytesSize(value) + varintSize(headers.length);
  for (const [name, content] of headers) size += bytesSize(name) + bytesSize(content);
  return size;
}

function bytesSize(content: string | Buffer | null): number {
  if (content === null) return 1;
  const bytes = Buffer.byteLength(content);
  return varintSize(bytes) + bytes;
}

function varintSize(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  return zigzag < 0x80 ? 1 : zigzag < 0x4000 ? 2 : zigzag < 0x200000 ? 3 : zigzag < 0x10000000 ? 4 : 5;
}

function varlongSize(value: number): number {
  let size = 1;
  for (let rest = zigzag64(value); rest > 0x7f; rest = Math.floor(rest / 0x80)) size += 1;
  return size;
}

function zigzag64(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

function toBytes(content: string | Buffer | null): Buffer | null {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
