import { Encoder, apiKeys, type WireCall } from '../kafkajs-internals.js';
import { ByteReader } from './byte-reader.js';
import type { AbortedTransaction } from './record-batch.decoder.js';

const VERSION = 11;
const CONSUMER = -1;
const READ_COMMITTED = 1;
const NO_SESSION = { id: 0, epoch: -1 };

export interface FetchPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface FetchOptions {
  readonly positions: readonly FetchPosition[];
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
  /** How long the broker may wait for something to answer, in milliseconds. */
  readonly maxWaitMs: number;
  /** Milliseconds after which an answer is overdue. */
  readonly requestTimeoutMs: number;
}

export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  readonly aborted: readonly AbortedTransaction[];
  /** Record batches, perhaps cut off at the end. */
  readonly bytes: Buffer;
}

/** kafkajs decodes records here already, and drops the batch headers that tell where to read on. */
export function fetchCall(options: FetchOptions): WireCall<readonly FetchedPartition[]> {
  return {
    request: {
      apiKey: apiKeys['Fetch']!,
      apiVersion: VERSION,
      apiName: 'Fetch',
      encode: () => Promise.resolve(encode(options)),
    },
    response: {
      decode: (raw) => Promise.resolve(decode(new ByteReader(raw))),
      parse: (decoded) => Promise.resolve(decoded as readonly FetchedPartition[]),
    },
    requestTimeout: options.maxWaitMs + options.requestTimeoutMs,
  };
}

function encode({ positions, maxBytes, maxBytesPerPartition, maxWaitMs }: FetchOptions) {
  const encoder = new Encoder()
    .writeInt32(CONSUMER)
    .writeInt32(maxWaitMs)
    .writeInt32(1)
    .writeInt32(maxBytes)
    .writeInt8(READ_COMMITTED)
    .writeInt32(NO_SESSION.id)
    .writeInt32(NO_SESSION.epoch);
  const topics = Map.groupBy(positions, ({ topic }) => topic);
  encoder.writeInt32(topics.size);
  for (const [topic, partitions] of topics) {
    encoder.writeString(topic).writeInt32(partitions.length);
    for (const { partition, offset } of partitions) {
      encoder.writeInt32(partition).writeInt32(-1).writeInt64(offset).writeInt64(-1);
      encoder.writeInt32(maxBytesPerPartition);
    }
  }
  return encoder.writeInt32(0).writeString('');
}

function decode(reader: ByteReader): readonly FetchedPartition[] {
  reader.int32();
  const errorCode = reader.int16();
  reader.int32();
  const partitions = reader.array((topicReader) => {
    const topic = topicReader.string() ?? '';
    return topicReader.array((partitionReader) => decodePartition(topic, partitionReader));
  });
  const all = partitions.flat();
  return errorCode === 0 ? all : all.map((partition) => ({ ...partition, errorCode }));
}

function decodePartition(topic: string, reader: ByteReader): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  reader.int64();
  const logStartOffset = reader.int64();
  const aborted = reader.array((item) => ({
    producerId: item.take(8).readBigInt64BE(),
    firstOffset: item.int64(),
  }));
  reader.int32();
  const bytes = reader.take(Math.max(0, reader.int32()));
  return { topic, partition, errorCode, highWatermark, logStartOffset, aborted, bytes };
}
