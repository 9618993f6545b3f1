import type { TopicPartition, TopicPartitionOffset } from '../../ports/index.js';
import { Encoder, apiKeys, type WireCall } from '../kafkajs-internals.js';
import { ByteReader } from './byte-reader.js';

const VERSION = 7;

export interface FetchedOffsets {
  readonly errorCode: number;
  /** `offset` is -1 where nothing was committed. */
  readonly partitions: readonly FetchedOffset[];
}

export interface FetchedOffset extends TopicPartitionOffset {
  readonly errorCode: number;
  /** What was kept beside the offset. */
  readonly metadata: string | null;
}

/**
 * Version 7 can require stable offsets: while a transaction may still move one, the coordinator answers
 * UNSTABLE_OFFSET_COMMIT instead of the offset before it. kafkajs ends at version 4.
 */
export function offsetFetchCall(
  groupId: string,
  wanted: readonly TopicPartition[],
  requireStable = true,
): WireCall<FetchedOffsets> {
  return {
    request: {
      apiKey: apiKeys['OffsetFetch']!,
      apiVersion: VERSION,
      apiName: 'OffsetFetch',
      encode: () => Promise.resolve(encode(groupId, wanted, requireStable)),
    },
    response: {
      decode: (raw) => Promise.resolve(decode(new ByteReader(raw))),
      parse: (decoded) => Promise.resolve(decoded as FetchedOffsets),
    },
  };
}

function encode(groupId: string, wanted: readonly TopicPartition[], requireStable: boolean) {
  const topics = Map.groupBy(wanted, ({ topic }) => topic);
  const encoder = new Encoder()
    .writeUVarInt(0)
    .writeUVarIntString(groupId)
    .writeUVarInt(topics.size + 1);
  for (const [topic, partitions] of topics) {
    encoder.writeUVarIntString(topic).writeUVarInt(partitions.length + 1);
    for (const { partition } of partitions) encoder.writeInt32(partition);
    encoder.writeUVarInt(0);
  }
  return encoder.writeBoolean(requireStable).writeUVarInt(0);
}

function decode(reader: ByteReader): FetchedOffsets {
  reader.skipTags();
  reader.int32();
  const topics = reader.compactArray((topicReader) => {
    const topic = topicReader.compactString() ?? '';
    const partitions = topicReader.compactArray((item) => {
      const partition = item.int32();
      const offset = item.int64();
      item.int32();
      const metadata = item.compactString();
      const errorCode = item.int16();
      item.skipTags();
      return { topic, partition, offset, errorCode, metadata };
    });
    topicReader.skipTags();
    return partitions;
  });
  return { partitions: topics.flat(), errorCode: reader.int16() };
}
