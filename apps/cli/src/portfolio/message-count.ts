import { type Catalogue, topicOf } from '@aika/contracts';
import type { LogRecord, MessageLog, TopicPartition } from '@aika/messaging';
import { DEAD_LETTER_HEADER } from '@aika/messaging';

const DEAD_LETTERS = 'dlq';

/** What the replay put on the topics, its commands included. */
export interface MessageCount {
  readonly messages: number;
  /** Reasons of messages that were given up, one entry each. */
  readonly deadLetters: readonly string[];
}

export interface MarkOptions {
  readonly namespace: string;
  /** Names the topics. */
  readonly catalogue: Pick<Catalogue, 'messageTopics'>;
  /** Beginning of the customers' ids whose messages count. */
  readonly prefix: string;
}

interface Mark extends TopicPartition {
  readonly end: number;
}

/**
 * Counts the messages of one replay afterwards, between the ends of the topics before and after it. End offsets
 * alone would count transaction markers and other customers' messages too.
 */
export class MessageCounter {
  private constructor(
    private readonly log: MessageLog,
    private readonly prefix: string,
    private readonly marks: readonly Mark[],
  ) {}

  /** Remembers where the topics end now. */
  static async mark(log: MessageLog, { namespace, catalogue, prefix }: MarkOptions): Promise<MessageCounter> {
    const marks = await Promise.all(
      [...catalogue.messageTopics(), DEAD_LETTERS].map((name) => endsOf(log, topicOf(namespace, name))),
    );
    return new MessageCounter(log, prefix, marks.flat());
  }

  /** Reads what has been written since the mark. */
  async count(): Promise<MessageCount> {
    const deadLetters: string[] = [];
    let messages = 0;
    for (const { topic, partition, end } of this.marks) {
      const { end: until } = await this.log.offsets({ topic, partition });
      for await (const records of this.log.read({ topic, partition }, { from: end, until })) {
        const own = records.filter(({ key }) => key?.toString().startsWith(this.prefix));
        if (topic.endsWith(`.${DEAD_LETTERS}`)) deadLetters.push(...own.map(causeOf));
        else messages += own.length;
      }
    }
    return { messages, deadLetters };
  }
}

async function endsOf(log: MessageLog, topic: string): Promise<Mark[]> {
  const count = await log.partitionCount(topic);
  const partitions = Array.from({ length: count }, (_, partition) => partition);
  return Promise.all(
    partitions.map(async (partition) => ({
      topic,
      partition,
      end: (await log.offsets({ topic, partition })).end,
    })),
  );
}

function causeOf({ key, headers }: LogRecord): string {
  const [agent, code] = [headers[DEAD_LETTER_HEADER.agent], headers[DEAD_LETTER_HEADER.code]];
  return `${key?.toString()}: dead letter of ${agent?.toString()}, ${code?.toString()}`;
}
