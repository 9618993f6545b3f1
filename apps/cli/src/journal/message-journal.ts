import {
  type Catalogue,
  type Envelope,
  type MessageDefinition,
  type PayloadOf,
  readMessage,
  topicOf,
} from '@aika/contracts';
import { FORWARDED_HEADER, type LogRecord, type MessageLog, positionId } from '@aika/messaging';
import { type EntryListener, type JournalEntry, SeenMessages } from './seen-messages.js';

export type { JournalEntry } from './seen-messages.js';

export interface JournalOptions {
  readonly log: MessageLog;
  readonly namespace: string;
  /** Names the topics that are read, all lanes of them. */
  readonly catalogue: Catalogue;
  readonly from?: 'start' | 'end' | number;
  readonly onEntry?: EntryListener;
}

/**
 * What passes on the topics, read committed and without a group. Forwarded copies and repeats count once.
 */
export class MessageJournal {
  private readonly messages = new SeenMessages();
  private readonly stop = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  private constructor(private readonly options: JournalOptions) {
    if (options.onEntry) this.messages.listen(options.onEntry);
  }

  /** Resolves when what is sent from now on will be seen. */
  static async open(options: JournalOptions): Promise<MessageJournal> {
    const journal = new MessageJournal(options);
    const ready = Promise.withResolvers<void>();
    journal.reading = journal.read(ready.resolve).catch((error: unknown) => {
      journal.messages.failed(error);
      ready.reject(error);
    });
    await ready.promise;
    return journal;
  }

  /** Messages of a conversation in the order in which they were seen. */
  conversation(conversationId: string): readonly JournalEntry[] {
    return this.messages.conversation(conversationId);
  }

  /** Calls the listener for every message from now on. @returns what ends it */
  listen(listener: EntryListener): () => void {
    return this.messages.listen(listener);
  }

  /**
   * The first message of the conversation that is of this type, seen already or still to come.
   * @throws Error after `timeoutMs`, telling what was seen instead
   */
  async waitFor<D extends MessageDefinition>(
    conversationId: string,
    definition: D,
    timeoutMs: number,
    matches?: (payload: PayloadOf<D>) => boolean,
  ): Promise<Envelope<PayloadOf<D>>> {
    return this.messages.waitFor(conversationId, definition, timeoutMs, matches);
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.messages.failed(new Error('the journal was closed'));
    await this.reading;
  }

  private async read(onReady: () => void): Promise<void> {
    const { log, namespace, catalogue, from = 'end' } = this.options;
    const names = catalogue.messageTopics().map((topic) => topicOf(namespace, topic));
    for await (const records of log.follow({ topics: names, from, signal: this.stop.signal, onReady })) {
      for (const record of records) this.take(record);
    }
  }

  private take(record: LogRecord): void {
    if (record.value === null || FORWARDED_HEADER in record.headers) return;
    const read = readMessage(record.value, {
      catalogue: this.options.catalogue,
      receivedAt: new Date(record.timestamp).toISOString(),
      fallbackMessageId: positionId(record.topic, record.partition, record.offset),
    });
    if (!read.ok) return;
    this.messages.take({
      envelope: read.envelope,
      stage: read.definition.stage,
      topic: record.topic.slice(this.options.namespace.length + 1),
      partition: record.partition,
      offset: record.offset,
      recordedAt: record.timestamp,
    });
  }
}
