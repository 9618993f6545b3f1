import type { Envelope, MessageDefinition, PayloadOf, Stage } from '@aika/contracts';

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

export type EntryListener = (entry: JournalEntry) => void;

type Matcher = (entry: JournalEntry) => boolean;

interface Waiter {
  readonly matches: Matcher;
  readonly resolve: (entry: JournalEntry | undefined) => void;
}

/** Messages by their conversation, however they came here, and who waits for one. Repeats count once. */
export class SeenMessages {
  private readonly conversations = new Map<string, JournalEntry[]>();
  private readonly seen = new Set<string>();
  private readonly waiters = new Set<Waiter>();
  private readonly listeners = new Set<EntryListener>();
  private failure: unknown;

  /** Takes a message in, unless it was seen before. */
  take(entry: JournalEntry): void {
    const { messageId, metadata } = entry.envelope;
    if (this.seen.has(messageId)) return;
    this.seen.add(messageId);
    const { conversationId } = metadata;
    if (conversationId !== undefined) {
      const known = this.conversations.get(conversationId);
      if (known) known.push(entry);
      else this.conversations.set(conversationId, [entry]);
    }
    for (const listener of this.listeners) listener(entry);
    for (const waiter of this.waiters) if (waiter.matches(entry)) waiter.resolve(entry);
  }

  /** No more messages will come, for this reason: who waits, waits in vain. */
  failed(cause: unknown): void {
    this.failure = cause;
    for (const waiter of this.waiters) waiter.resolve(undefined);
  }

  /** Calls the listener for every message from now on. @returns what ends it */
  listen(listener: EntryListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Messages of a conversation in the order in which they were seen. */
  conversation(conversationId: string): readonly JournalEntry[] {
    return this.conversations.get(conversationId) ?? [];
  }

  /**
   * The first message of the conversation that is of this type, seen already or still to come.
   * @throws Error after `timeoutMs`, or when no more messages will come, telling what was seen instead
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
      `No ${definition.type} in conversation ${conversationId} ${this.why(timeoutMs)}; seen: ${seen.join(', ') || 'nothing'}.`,
      { cause: this.failure },
    );
  }

  private why(timeoutMs: number): string {
    if (this.failure === undefined) return `after ${timeoutMs} ms`;
    return `and none to come (${this.failure instanceof Error ? this.failure.message : String(this.failure)})`;
  }

  private async next(matches: Matcher, timeoutMs: number): Promise<JournalEntry | undefined> {
    if (this.failure !== undefined) return undefined;
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
}
