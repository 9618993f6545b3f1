import {
  type LogRecord,
  type RecordHeaders,
  type TopicPartition,
  UNREADABLE_HEADER,
} from '../../ports/index.js';
import { ByteReader } from './byte-reader.js';
import { decompress } from './compression.js';
import { crc32c } from './crc32c.js';

const MAGIC = 2;
const CODEC_MASK = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const ABORT_MARKER = 0;

/** An aborted transaction that a fetched range may contain, as the broker names it. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: number;
}

export interface DecodedRange {
  readonly records: LogRecord[];
  /** Where to read on: past markers, aborted records and what compaction took away. */
  readonly next: number;
}

interface BatchHeader {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly attributes: number;
  readonly firstTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: bigint;
  readonly count: number;
  /** The records' bytes, as they are in the batch. */
  readonly content: Buffer;
  /** The whole batch. */
  readonly bytes: Buffer;
}

/** How much of an answer is taken: the batch that reaches a limit is the last one. */
export interface DecodeLimit {
  readonly records: number;
  /** Of uncompressed batches: they are longer here than on the wire. */
  readonly bytes: number;
}

/**
 * What becomes of a batch that cannot be read although it is as its producer wrote it: the reading fails, or one record
 * with `UNREADABLE_HEADER` stands for it. One whose checksum is wrong always fails: another replica may have it whole.
 */
export type Unreadable = 'fail' | 'hand-out';

const NO_LIMIT: DecodeLimit = { records: Infinity, bytes: Infinity };

/**
 * Committed records at or after `from` in a fetch answer's bytes, which may end in the middle of a batch.
 * `next` comes from the batch headers and not from the last record: compaction may have removed the last
 * records of a batch, and a reader that stopped at the last record it saw would fetch the same batch for ever.
 */
export function decodeRecordBatches(
  at: TopicPartition,
  bytes: Buffer,
  from: number,
  aborted: readonly AbortedTransaction[],
  limit: DecodeLimit = NO_LIMIT,
  unreadable: Unreadable = 'fail',
): DecodedRange {
  const isAborted = abortedFilter(aborted);
  const records: LogRecord[] = [];
  let next = from;
  let taken = 0;
  for (const batch of batches(bytes)) {
    const skip = isAborted(batch);
    if (batch.lastOffset < from) continue;
    if (!skip) taken += takeRecords(at, batch, from, records, unreadable);
    next = Math.max(next, batch.lastOffset + 1);
    if (taken >= limit.bytes || records.length >= limit.records) break;
  }
  return { records, next };
}

/**
 * Decides batch by batch, in offset order, whether its records are not to be delivered. All transactions that
 * begin at or below a batch are opened before it is judged: kafkajs opens at most one per record and takes the
 * broker's list as sorted, and so delivers aborted records of interleaved producers.
 */
function abortedFilter(aborted: readonly AbortedTransaction[]): (batch: BatchHeader) => boolean {
  const coming = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const open = new Set<bigint>();
  let opened = 0;
  return (batch) => {
    for (; opened < coming.length && coming[opened]!.firstOffset <= batch.lastOffset; opened += 1) {
      open.add(coming[opened]!.producerId);
    }
    if ((batch.attributes & CONTROL) !== 0) {
      if (isAbortMarker(batch)) open.delete(batch.producerId);
      return true;
    }
    return (batch.attributes & TRANSACTIONAL) !== 0 && open.has(batch.producerId);
  };
}

function* batches(bytes: Buffer): Generator<BatchHeader> {
  for (let at = 0; at + 61 <= bytes.length;) {
    const end = at + 12 + bytes.readInt32BE(at + 8);
    if (end > bytes.length) return;
    const magic = bytes.readInt8(at + 16);
    if (magic !== MAGIC) throw new RangeError(`record batch of format ${magic}: only 2 is known`);
    const baseOffset = readInt64(bytes, at);
    yield {
      baseOffset,
      lastOffset: baseOffset + bytes.readInt32BE(at + 23),
      attributes: bytes.readInt16BE(at + 21),
      firstTimestamp: readInt64(bytes, at + 27),
      maxTimestamp: readInt64(bytes, at + 35),
      producerId: bytes.readBigInt64BE(at + 43),
      count: bytes.readInt32BE(at + 57),
      content: bytes.subarray(at + 61, end),
      bytes: bytes.subarray(at, end),
    };
    at = end;
  }
}

function isAbortMarker(batch: BatchHeader): boolean {
  if (batch.count === 0) return false;
  const reader = new ByteReader(batch.content);
  reader.varint();
  reader.int8();
  reader.varlong();
  reader.varint();
  const key = reader.take(Math.max(0, reader.varint()));
  return key.length >= 4 && key.readInt16BE(2) === ABORT_MARKER;
}

/** Returns the bytes of the batch's records. */
function takeRecords(
  at: TopicPartition,
  batch: BatchHeader,
  from: number,
  out: LogRecord[],
  unreadable: Unreadable,
): number {
  const before = out.length;
  try {
    return decodeRecords(at, batch, from, out);
  } catch (error) {
    if (unreadable === 'fail' || isShortOfMemory(error) || !isAsWritten(batch)) throw error;
    out.length = before;
    const value = Buffer.from(batch.bytes.subarray(0, UNREADABLE_BYTES));
    const reason = error instanceof Error ? error.message : String(error);
    out.push({
      ...{ topic: at.topic, partition: at.partition, offset: batch.lastOffset, key: null, value },
      headers: { [UNREADABLE_HEADER]: Buffer.from(`${batch.count} records: ${reason}`) },
      timestamp: batch.maxTimestamp,
    });
    return value.length;
  }
}

/** Of an unreadable batch these are kept: a dead letter has to fit into its topic. */
const UNREADABLE_BYTES = 512 * 1024;

/** The checksum is over all that follows it. */
function isAsWritten({ bytes }: BatchHeader): boolean {
  return crc32c(bytes.subarray(21)) === bytes.readUInt32BE(17);
}

function isShortOfMemory(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && /mem/i.test(code);
}

/** Returns the bytes of the batch's records. */
function decodeRecords(at: TopicPartition, batch: BatchHeader, from: number, out: LogRecord[]): number {
  const codec = batch.attributes & CODEC_MASK;
  // A copy: a record that waits must not keep the whole answer of all partitions alive.
  const content = codec === 0 ? Buffer.from(batch.content) : decompress(codec, batch.content);
  const reader = new ByteReader(content);
  const known: KnownNames = [];
  for (let n = 0; n < batch.count; n += 1) {
    const end = reader.varint() + reader.at;
    reader.int8();
    const timestampDelta = reader.varlong();
    const offset = batch.baseOffset + reader.varint();
    if (offset < from) {
      reader.at = end;
      continue;
    }
    out.push({
      topic: at.topic,
      partition: at.partition,
      offset,
      key: nullableBytes(reader),
      value: nullableBytes(reader),
      headers: readHeaders(reader, known),
      timestamp:
        (batch.attributes & LOG_APPEND_TIME) !== 0
          ? batch.maxTimestamp
          : batch.firstTimestamp + timestampDelta,
    });
    reader.at = end;
  }
  return content.length;
}

function nullableBytes(reader: ByteReader): Buffer | null {
  const length = reader.varint();
  return length < 0 ? null : reader.take(length);
}

const NO_HEADERS: RecordHeaders = Object.freeze({});
const EMPTY = Buffer.alloc(0);

/** Names of headers as they were met, by their place: most records of a partition have the same ones in one order. */
type KnownNames = { readonly bytes: Buffer; readonly name: string }[];

function readHeaders(reader: ByteReader, known: KnownNames): RecordHeaders {
  const count = reader.varint();
  if (count <= 0) return NO_HEADERS;
  const headers: Record<string, Buffer> = {};
  for (let n = 0; n < count; n += 1) {
    const name = headerName(reader, known, n);
    const content = nullableBytes(reader) ?? EMPTY;
    // Assigned, this one would not become a header but the object's prototype.
    if (name === '__proto__') Object.defineProperty(headers, name, { value: content, enumerable: true });
    else headers[name] = content;
  }
  return headers;
}

/** Compared instead of decoded: a text and a buffer less for each header of each record. */
function headerName(reader: ByteReader, known: KnownNames, place: number): string {
  const length = reader.varint();
  const candidate = known[place];
  if (candidate?.bytes.length === length && reader.startsWith(candidate.bytes)) {
    reader.at += length;
    return candidate.name;
  }
  const bytes = reader.take(length);
  const name = bytes.toString('utf8');
  known[place] = { bytes, name };
  return name;
}

function readInt64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}
