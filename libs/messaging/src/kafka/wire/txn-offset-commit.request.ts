import type { Membership, TopicPartition, TopicPartitionOffset } from '../../ports/index.js';
import { Encoder, apiKeys, type WireCall } from '../kafkajs-internals.js';
import { ByteReader } from './byte-reader.js';

const VERSION = 3;
const NO_LEADER_EPOCH = -1;

export interface TxnOffsetCommitOptions {
  readonly transactionalId: string;
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly membership: Pick<Membership, 'groupId' | 'memberId' | 'generationId'>;
  readonly offsets: readonly TopicPartitionOffset[];
  /** Kept beside each of the offsets. */
  readonly metadata: string | null;
}

export interface CommittedPartition extends TopicPartition {
  readonly errorCode: number;
}

/**
 * KIP-447: version 3 names member and generation, which the coordinator checks, so that a zombie's offsets are
 * refused. kafkajs ends at version 1, where nothing is checked.
 */
export function txnOffsetCommitCall(
  options: TxnOffsetCommitOptions,
): WireCall<readonly CommittedPartition[]> {
  return {
    request: {
      apiKey: apiKeys['TxnOffsetCommit']!,
      apiVersion: VERSION,
      apiName: 'TxnOffsetCommit',
      encode: () => Promise.resolve(encode(options)),
    },
    response: {
      decode: (raw) => Promise.resolve(decode(new ByteReader(raw))),
      parse: (decoded) => Promise.resolve(decoded as readonly CommittedPartition[]),
    },
  };
}

/** A flexible version: kafkajs writes header 1, so header 2's empty tag section begins the body. */
function encode(options: TxnOffsetCommitOptions) {
  const { groupId, memberId, generationId } = options.membership;
  const encoder = new Encoder()
    .writeUVarInt(0)
    .writeUVarIntString(options.transactionalId)
    .writeUVarIntString(groupId)
    .writeInt64(options.producerId)
    .writeInt16(options.producerEpoch)
    .writeInt32(generationId)
    .writeUVarIntString(memberId)
    .writeUVarIntString(null);
  const topics = Map.groupBy(options.offsets, ({ topic }) => topic);
  encoder.writeUVarInt(topics.size + 1);
  for (const [topic, partitions] of topics) {
    encoder.writeUVarIntString(topic).writeUVarInt(partitions.length + 1);
    for (const { partition, offset } of partitions) {
      encoder.writeInt32(partition).writeInt64(offset).writeInt32(NO_LEADER_EPOCH);
      encoder.writeUVarIntString(options.metadata).writeUVarInt(0);
    }
    encoder.writeUVarInt(0);
  }
  return encoder.writeUVarInt(0);
}

function decode(reader: ByteReader): readonly CommittedPartition[] {
  reader.skipTags();
  reader.int32();
  const topics = reader.compactArray((topicReader) => {
    const topic = topicReader.compactString() ?? '';
    const partitions = topicReader.compactArray((item) => {
      const result = { topic, partition: item.int32(), errorCode: item.int16() };
      item.skipTags();
      return result;
    });
    topicReader.skipTags();
    return partitions;
  });
  return topics.flat();
}
