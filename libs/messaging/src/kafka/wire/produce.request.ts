import type { TopicPartition } from '../../ports/index.js';
import { Encoder, apiKeys, type WireCall } from '../kafkajs-internals.js';
import { ByteReader } from './byte-reader.js';

const VERSION = 7;
const ALL_IN_SYNC_REPLICAS = -1;

export interface ProduceOptions {
  readonly transactionalId: string | null;
  /** At most one batch of each partition: that is all the broker takes in one request. */
  readonly batches: readonly (TopicPartition & { readonly bytes: Buffer })[];
  /** How long the leader waits for its replicas, in milliseconds. */
  readonly timeoutMs: number;
}

export interface ProducedPartition extends TopicPartition {
  readonly errorCode: number;
  /** Offset of the batch's first record; -1 when unknown. */
  readonly baseOffset: number;
}

/** kafkajs throws at the first failed partition and so hides which of the others were appended. */
export function produceCall(options: ProduceOptions): WireCall<readonly ProducedPartition[]> {
  return {
    request: {
      apiKey: apiKeys['Produce']!,
      apiVersion: VERSION,
      apiName: 'Produce',
      encode: () => Promise.resolve(encode(options)),
    },
    response: {
      decode: (raw) => Promise.resolve(decode(new ByteReader(raw))),
      parse: (decoded) => Promise.resolve(decoded as readonly ProducedPartition[]),
    },
    requestTimeout: options.timeoutMs + 1_000,
  };
}

function encode({ transactionalId, batches, timeoutMs }: ProduceOptions) {
  const size = batches.reduce((sum, { topic, bytes }) => sum + bytes.length + topic.length + 16, 64);
  const encoder = new Encoder(size)
    .writeString(transactionalId)
    .writeInt16(ALL_IN_SYNC_REPLICAS)
    .writeInt32(timeoutMs);
  const topics = Map.groupBy(batches, ({ topic }) => topic);
  encoder.writeInt32(topics.size);
  for (const [topic, partitions] of topics) {
    encoder.writeString(topic).writeInt32(partitions.length);
    for (const { partition, bytes } of partitions) {
      encoder.writeInt32(partition).writeInt32(bytes.length).writeBuffer(bytes);
    }
  }
  return encoder;
}

function decode(reader: ByteReader): readonly ProducedPartition[] {
  const topics = reader.array((topicReader) => {
    const topic = topicReader.string() ?? '';
    return topicReader.array((item) => {
      const partition = item.int32();
      const errorCode = item.int16();
      const baseOffset = item.int64();
      item.int64();
      item.int64();
      return { topic, partition, errorCode, baseOffset };
    });
  });
  return topics.flat();
}
