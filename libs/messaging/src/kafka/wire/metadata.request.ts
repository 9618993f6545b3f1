import { Encoder, apiKeys, type WireCall } from '../kafkajs-internals.js';
import { ByteReader } from './byte-reader.js';

/** The first version with topic ids, since Kafka 2.8; kafkajs speaks up to version 6. */
const VERSION = 10;
const NO_ID = Buffer.alloc(16);

export interface DescribedTopic {
  readonly clusterId: string | undefined;
  /** Lower-case hexadecimal digits; undefined where the broker gives its topics none. */
  readonly topicId: string | undefined;
  readonly errorCode: number;
}

/** Asks what stands behind a topic's name. */
export function describeTopicCall(topic: string): WireCall<DescribedTopic> {
  return {
    request: {
      apiKey: apiKeys['Metadata']!,
      apiVersion: VERSION,
      apiName: 'Metadata',
      encode: () => Promise.resolve(encode(topic)),
    },
    response: {
      decode: (raw) => Promise.resolve(decode(new ByteReader(raw))),
      parse: (answer) => Promise.resolve(answer as DescribedTopic),
    },
  };
}

function encode(topic: string) {
  return new Encoder()
    .writeUVarInt(0)
    .writeUVarInt(2)
    .writeBuffer(NO_ID)
    .writeUVarIntString(topic)
    .writeUVarInt(0)
    .writeBoolean(false)
    .writeBoolean(false)
    .writeBoolean(false)
    .writeUVarInt(0);
}

function decode(reader: ByteReader): DescribedTopic {
  reader.skipTags();
  reader.int32();
  reader.compactArray(skipBroker);
  const clusterId = reader.compactString() ?? undefined;
  reader.int32();
  const [topic] = reader.compactArray((item) => {
    const errorCode = item.int16();
    item.compactString();
    const id = item.take(16);
    item.int8();
    item.compactArray(skipPartition);
    item.int32();
    item.skipTags();
    return { errorCode, topicId: id.equals(NO_ID) ? undefined : id.toString('hex') };
  });
  return { clusterId, topicId: topic?.topicId, errorCode: topic?.errorCode ?? 0 };
}

function skipBroker(reader: ByteReader): void {
  reader.int32();
  reader.compactString();
  reader.int32();
  reader.compactString();
  reader.skipTags();
}

function skipPartition(reader: ByteReader): void {
  reader.int16();
  for (let n = 0; n < 3; n += 1) reader.int32();
  for (let list = 0; list < 3; list += 1) reader.compactArray((item) => item.int32());
  reader.skipTags();
}
