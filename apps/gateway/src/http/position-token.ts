import type { TopicPartitionOffset } from '@aika/messaging';

const TOKEN = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+):(\d{1,6}):(\d{1,16})$/;

/** Where an answer stands on the log, as a text that callers hand back to read what they have written. */
export function writePositionToken({ topic, partition, offset }: TopicPartitionOffset): string {
  return Buffer.from(`${topic}:${partition}:${offset}`).toString('base64url');
}

/** @returns undefined for what is no token */
export function readPositionToken(token: string): TopicPartitionOffset | undefined {
  const [, topic, partition, offset] = TOKEN.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (topic === undefined) return undefined;
  return { topic, partition: Number(partition), offset: Number(offset) };
}
