import {
  type Catalogue,
  type Envelope,
  type MessageDefinition,
  type PayloadOf,
  readMessage,
  type Stage,
  topicOf,
} from '@aika/contracts';
import { FORWARDED_HEADER, type LogRecord, type MessageLog, positionId } from '@aika/messaging';

/** One message as it was seen on a topic. */
export interface JournalEntry {
  readonly envelope: Envelope;
  readonly stage: Stage;
  /** Without namespace: `events`, `events.high`. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** When the broker took it, milliseconds since 1970 UTC. */
  readonly recordedAt: number;
}

export interface JournalOptions {
  readonly log: MessageLog;
  readonly namespace: string;
  /** Names the topics that are read, all lanes of them. */
  readonly catalogue: Catalogue;
  readonly from?: 'start' | 'end' | number;
  readonly onEntry?: (entry: JournalEntry) => void;
}

interface Waiter {
  readonly matches: (entry: JournalEntry) => boolean;
  readonly resolve: (entry: JournalEntry) => void;
}

/**
 * What passes on the topics, read committed and without a group. Forwarded copies and repeats count once.
 */
export class MessageJournal {
  private readonly conversations = new Map<string, JournalEntry[]>();
  private readonly seen = new Set<string>();
  private readonly waiters = new Set<Waiter>();
  private readonly stop = new AbortController();
  private reading: Promise<void> = Promise.resolve();
  private failure: unknown;

  private constructor(private readonly options: JournalOptions) {}

  /** Resolves when what is sent from now on will be seen. */
  static async open(options: JournalOptions): Promise<MessageJournal> {
    const journal = new MessageJournal(options);
    const ready = Promise.withResolvers<void>();
    journal.reading = journal.read(ready.resolve).catch((error: unknown) => {
      journal.failure = error;
      ready.reject(error);
    });
    await ready.promise;
    return journal;
  }

  /** Messages of a conversation in the order in which they were seen. */
  conversation(conversationId: string): readonly JournalEntry[] {
    return this.conversations.get(conversationId) ?? [];
  }

  /**
   * The first message of the conversation that is of this type, seen already or still to come.
   * @throws Error after `timeoutMs`, telling what was seen instead
   */
  async waitFor<D extends MessageDefinition>(
    conversationId: string,
    definition: D,
    timeoutMs: number,
    matches: (payload: PayloadOf<D>) => boolean = () => true,
  ): Promise<Envelope<PayloadOf<D>>> {
    const isIt = ({ envelope }: JournalEntry): boolean =>
      envelope.messageType === definition.type &&
      envelope.metadata.conversationId === conversationId &&
      matches(envelope.payload as PayloadOf<D>);
    const found = this.conversation(conversationId).find(isIt) ?? (await this.next(isIt, timeoutMs));
    if (found) return found.envelope as Envelope<PayloadOf<D>>;
    const seen = this.conversation(conversationId).map((entry) => entry.envelope.messageType);
    throw new Error(
      `No ${definition.type} in conversation ${conversationId} after ${timeoutMs} ms; seen: ${seen.join(', ') || 'nothing'}.`,
      { cause: this.failure },
    );
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.reading;
  }

  private async next(matches: Waiter['matches'], timeoutMs: number): Promise<JournalEntry | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(undefined), timeoutMs);
      const done = (entry: JournalEntry | undefined): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        resolve(entry);
      };
      const waiter: Waiter = { matches, resolve: done };
      this.waiters.add(waiter);
    });
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
    if (!read.ok || this.seen.has(read.envelope.messageId)) return;
    this.seen.add(read.envelope.messageId);
    this.keep({
      envelope: read.envelope,
      stage: read.definition.stage,
      topic: record.topic.slice(this.options.namespace.length + 1),
      partition: record.partition,
      offset: record.offset,
      recordedAt: record.timestamp,
    });
  }

  private keep(entry: JournalEntry): void {
    const { conversationId } = entry.envelope.metadata;
    if (conversationId !== undefined) {
      const known = this.conversations.get(conversationId);
      if (known) known.push(entry);
      else this.conversations.set(conversationId, [entry]);
    }
    this.options.onEntry?.(entry);
    for (const waiter of this.waiters) if (waiter.matches(entry)) waiter.resolve(entry);
  }
}
