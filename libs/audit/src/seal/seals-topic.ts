/** Full name of the topic with a topic's seals; a seal stands in the partition of the records that it seals. */
export function sealsTopicOf(topic: string): string {
  return `${topic}.seals`;
}
